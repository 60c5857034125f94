"""Query parameters of the analytics endpoints."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from api.http.query_parameters import QueryParameters
from config.periods import periods

RecordMetric = Literal[
    "leads",
    "conversion",
    "revenue",
    "response",
    "satisfaction",
    "unresponded",
    "waiting",
    "funnel",
]
Stage = Literal["assigned", "contacted", "interested", "converted"]

if TYPE_CHECKING:
    DateRange = str
else:
    DateRange = Literal[tuple(map(str, periods().date_ranges))]


class Window(QueryParameters):
    """A number of dates up to the as-of date."""

    date_range: DateRange = str(periods().default)

    def bound(self) -> dict[str, object]:
        return {"date_range": int(self.date_range)}


class Period(QueryParameters):
    """The size of a bucket: 30 days, 12 ISO weeks or 12 calendar months are answered."""

    period: Literal["daily", "weekly", "monthly"] = "daily"


def _of_leads(stage: Stage | None, info: ValidationInfo) -> Stage | None:
    if stage is not None and info.data.get("metric") == "revenue":
        raise PydanticCustomError("stage_of_revenue", "must not be set for metric 'revenue'")
    return stage


def _storable(text: str | None) -> str | None:
    if text is not None and "\0" in text:
        raise PydanticCustomError("nul_character", "must not contain NUL characters")
    return text


class RecordsOfWindow(Window):
    """A number, whose leads are listed; stage and source narrow them down."""

    metric: RecordMetric = "leads"
    stage: Annotated[Stage | None, AfterValidator(_of_leads)] = None
    source: Annotated[str | None, AfterValidator(_storable)] = Field(None, max_length=500)

    def bound(self) -> dict[str, object]:
        return {
            **super().bound(),
            "metric": self.metric,
            "stage": self.stage,
            "source": self.source,
        }
