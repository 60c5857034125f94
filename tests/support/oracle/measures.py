"""Measures: counts and sums of the rows of a day or a period, and the key figures made of them.

A new key figure, with its column of a day and its trend, is declared here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.oracle.formulas import percentile, ratio, served
from tests.support.oracle.leads import MICROHOURS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.support.oracle.activities import Conversion
    from tests.support.oracle.formulas import Exact
    from tests.support.oracle.leads import Lead

STAGES = ("assigned", "contacted", "interested", "converted")


@dataclass
class Sums:
    assigned: int = 0
    contacted: int = 0
    interested: int = 0
    converted: int = 0
    undated: int = 0
    unresponded: int = 0
    inherited: int = 0
    waiting: int = 0
    rated: int = 0
    ratings: int = 0
    booked: int = 0
    cents: int = 0
    microhours: list[int] = field(default_factory=list)
    business_microhours: list[int] = field(default_factory=list)

    def add_lead(self, lead: Lead, known_on: date) -> None:
        """Counts the stages and answers that are known on the date."""

        def is_known(on: date | None) -> bool:
            return on is not None and on <= known_on

        response = lead.response_on(known_on)
        self.assigned += 1
        self.contacted += is_known(lead.contacted_on)
        self.interested += is_known(lead.interested_on)
        self.converted += is_known(lead.converted_on)
        self.undated += lead.is_undated and is_known(lead.converted_on)
        self.unresponded += response == "unresponded"
        self.inherited += response == "inherited"
        self.waiting += lead.is_waiting_on(known_on)
        if is_known(lead.answered_on):
            self.microhours.append(lead.microhours)
            if lead.business_microhours is not None:
                self.business_microhours.append(lead.business_microhours)
        if lead.rating is not None:
            self.rated += 1
            self.ratings += lead.rating

    def add_conversion(self, one: Conversion) -> None:
        self.booked += one.is_booked
        self.cents += one.cents

    @property
    def conversion_rate(self) -> Fraction | None:
        return ratio(self.converted, self.assigned)

    @property
    def satisfaction(self) -> Fraction | None:
        return ratio(self.ratings, self.rated)

    @property
    def revenue(self) -> Fraction:
        return Fraction(self.cents, 100)

    @property
    def hours(self) -> Fraction:
        return Fraction(sum(self.microhours), MICROHOURS)

    @property
    def mean_hours(self) -> Fraction | None:
        return ratio(self.hours, len(self.microhours))

    @property
    def mean_business_hours(self) -> Fraction | None:
        hours = Fraction(sum(self.business_microhours), MICROHOURS)
        return ratio(hours, len(self.business_microhours))

    @property
    def is_mostly_dated(self) -> bool:
        """Whether at most a tenth of the converted leads are without the date of their win."""
        return 10 * self.undated <= self.converted

    def percentile_hours(self, fraction: Fraction) -> Fraction | None:
        return percentile_hours(self.microhours, fraction)


def percentile_hours(microhours: list[int], fraction: Fraction) -> Fraction | None:
    found = percentile(microhours, fraction)
    return None if found is None else found / MICROHOURS


class KeyFigure(NamedTuple):
    """A number of `kpis` with its decimals, and its trend if it has one."""

    field: str
    value: Callable[[Sums], Exact]
    decimals: int
    trend: str | None = None
    is_lower_better: bool = False


KEY_FIGURES = (
    KeyFigure("leadsHandled", lambda sums: sums.assigned, 0, "leads"),
    KeyFigure(
        "conversionRate",
        lambda sums: ratio(100 * sums.converted, sums.assigned),
        1,
        "conversion",
    ),
    KeyFigure("totalRevenue", lambda sums: sums.revenue, 2, "revenue"),
    KeyFigure("conversionsBooked", lambda sums: sums.booked, 0),
    KeyFigure(
        "responseTimeHours", lambda sums: sums.mean_hours, 1, "response", is_lower_better=True
    ),
    KeyFigure(
        "responseTimeMedianHours",
        lambda sums: sums.percentile_hours(Fraction(1, 2)),
        1,
        "responseMedian",
        is_lower_better=True,
    ),
    KeyFigure(
        "responseTimeBusinessHours",
        lambda sums: sums.mean_business_hours,
        1,
        "responseBusiness",
        is_lower_better=True,
    ),
    KeyFigure("satisfactionScore", lambda sums: sums.satisfaction, 1, "satisfaction"),
    KeyFigure("satisfactionCount", lambda sums: sums.rated, 0),
)


def daily_row(sums: Sums) -> dict[str, Any]:
    """Row of agent_performance_metrics, without its key."""
    return {
        **{f"leads_{stage}": getattr(sums, stage) for stage in STAGES},
        "revenue_generated": served(sums.revenue, 2),
        "conversions_booked": sums.booked,
        "response_hours_total": served(sums.hours, 6),
        "response_count": len(sums.microhours),
        "response_time_avg_hours": served(sums.mean_hours, 6),
        "unresponded_count": sums.unresponded,
        "satisfaction_total": sums.ratings,
        "satisfaction_count": sums.rated,
        "satisfaction_score": served(sums.satisfaction, 6),
    }
