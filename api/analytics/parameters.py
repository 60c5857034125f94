"""Query parameters of the analytics endpoints."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

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
Compare = Literal["previous", "year"]

if TYPE_CHECKING:
    DateRange = str
else:
    DateRange = Literal[periods().date_ranges]


def _comparable(compare: Compare, info: ValidationInfo) -> Compare:
    date_range = info.data.get("date_range")
    if compare == "year" and date_range and not periods()[date_range].has_year_before:
        raise PydanticCustomError(
            "compare_of_long_period", "must be 'previous' for periods of over 366 dates"
        )
    return compare


Comparable = Annotated[
    Compare,
    AfterValidator(_comparable),
    Field(description="With the period before, or the one that begins a year earlier."),
]


class OfPeriod(QueryParameters):
    """A period, and the one that it is compared with."""

    dates_member: ClassVar = "period"

    date_range: DateRange = periods().default
    compare: Comparable = "previous"


class RevenueBuckets(QueryParameters):
    """Size of a bucket, and the period; without one 30 days, 12 weeks or 12 calendar months."""

    dates_member: ClassVar = "dates"

    period: Literal["daily", "weekly", "monthly"] = "daily"
    date_range: DateRange | None = None
    compare: Comparable = "previous"


def _of_leads(stage: Stage | None, info: ValidationInfo) -> Stage | None:
    if stage is not None and info.data.get("metric") == "revenue":
        raise PydanticCustomError("stage_of_revenue", "must not be set for metric 'revenue'")
    return stage


def _storable(text: str | None) -> str | None:
    if text is not None and "\0" in text:
        raise PydanticCustomError("nul_character", "must not contain NUL characters")
    return text


class RecordsOfPeriod(OfPeriod):
    """A number, whose leads are listed; stage and source narrow them down."""

    metric: RecordMetric = "leads"
    stage: Annotated[Stage | None, AfterValidator(_of_leads)] = None
    source: Annotated[str | None, AfterValidator(_storable)] = Field(None, max_length=500)
