"""Query parameters of the analytics endpoints."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from api.analytics.free_range import YEAR_OF_LONG_PERIOD, Compare, FreeRange
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
    DateRange = Literal[periods().date_ranges]


DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _as_written(value: object) -> object:
    if isinstance(value, str) and not DATE.fullmatch(value):
        raise PydanticCustomError("date_format", "must be a date like 2026-01-31")
    return value


def _last_date(last: date | None, info: ValidationInfo) -> date | None:
    if "from_" not in info.data:
        return last
    first = info.data["from_"]
    if first and not last:
        raise PydanticCustomError("no_last_date", "must be given with 'from'")
    if last and not first:
        raise PydanticCustomError("no_first_date", "must not be given without 'from'")
    if first and last and last < first:
        raise PydanticCustomError("reversed_range", "must not be before 'from'")
    return last


def _one_period(date_range: str, info: ValidationInfo) -> str:
    if info.data.get("from_"):
        raise PydanticCustomError("two_periods", "must not be given with 'from' and 'to'")
    return date_range


def _comparable(compare: Compare, info: ValidationInfo) -> Compare:
    date_range = info.data.get("date_range")
    is_named = not info.data.get("from_")
    if compare == "year" and is_named and date_range and not periods()[date_range].has_year_before:
        raise PydanticCustomError("compare_of_long_period", YEAR_OF_LONG_PERIOD)
    return compare


QueryDate = Annotated[date | None, BeforeValidator(_as_written)]
Comparable = Annotated[
    Compare,
    AfterValidator(_comparable),
    Field(description="With the period before, or the one that begins a year earlier."),
]


class WithDates(QueryParameters):
    """Dates of a free range, both included, in place of a named period."""

    from_: QueryDate = Field(
        None, alias="from", description="First date of a free range, in place of `dateRange`."
    )
    to: Annotated[QueryDate, AfterValidator(_last_date)] = Field(
        None, validate_default=True, description="Last date of a free range."
    )

    @property
    def free_range(self) -> FreeRange | None:
        if self.from_ is None or self.to is None:
            return None
        compare: Compare = getattr(self, "compare", "previous")
        return FreeRange(self.from_, self.to, compare)

    def bound(self) -> dict[str, object]:
        bound = self.model_dump(exclude={"agent_id", "from_", "to"})
        if self.free_range:
            bound["date_range"] = self.free_range.name
        return bound | {"from_date": self.from_, "to_date": self.to}

    def repeated(self) -> dict[str, object]:
        """Without what the dates of the answer say."""
        return self.model_dump(by_alias=True, exclude={"agent_id", "from_", "to", "compare"})


class OfPeriod(WithDates):
    """A period, and the one that it is compared with."""

    dates_member: ClassVar = "period"

    date_range: Annotated[DateRange, AfterValidator(_one_period)] = periods().default
    compare: Comparable = "previous"


class RevenueBuckets(WithDates):
    """Size of a bucket, and the period; without one 30 days, 12 weeks or 12 calendar months."""

    dates_member: ClassVar = "dates"

    period: Literal["daily", "weekly", "monthly"] = "daily"
    date_range: Annotated[DateRange, AfterValidator(_one_period)] | None = None
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
