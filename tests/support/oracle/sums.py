"""Sums of one agent over the dates of a span, from lead rows and conversions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.support.oracle.formulas import percentile, ratio
from tests.support.oracle.leads import MICROHOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tests.support.oracle.activities import Conversion
    from tests.support.oracle.leads import Lead
    from tests.support.oracle.periods import Span

    Credit = tuple[Conversion, str]


@dataclass
class Sums:
    assigned: int = 0
    contacted: int = 0
    interested: int = 0
    converted: int = 0
    undated: int = 0
    rated: int = 0
    ratings: int = 0
    booked: int = 0
    cents: int = 0
    microhours: list[int] = field(default_factory=list)

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
    def mean_hours(self) -> Fraction | None:
        return ratio(Fraction(sum(self.microhours), MICROHOURS), len(self.microhours))

    @property
    def is_mostly_dated(self) -> bool:
        """Whether at most a tenth of the converted leads are without the date of their win."""
        return 10 * self.undated <= self.converted

    def percentile_hours(self, fraction: Fraction) -> Fraction | None:
        found = percentile(self.microhours, fraction)
        return None if found is None else found / MICROHOURS


class Rows:
    """Lead rows and credits of each agent in the order of their dates."""

    def __init__(self, leads: Iterable[Lead], credited: Iterable[Credit]) -> None:
        self._leads: dict[str, list[Lead]] = defaultdict(list)
        for lead in sorted(leads, key=lambda lead: lead.date):
            self._leads[lead.agent].append(lead)
        self._credits: dict[str, list[Credit]] = defaultdict(list)
        for credit in sorted(credited, key=lambda credit: credit[0].date):
            self._credits[credit[0].agent].append(credit)
        self._sums: dict[tuple[str, Span], Sums] = {}

    def leads(self, agent: str, first: date, last: date) -> Sequence[Lead]:
        rows = self._leads.get(agent, [])
        start = bisect_left(rows, first, key=lambda lead: lead.date)
        return rows[start : bisect_right(rows, last, key=lambda lead: lead.date)]

    def credits(self, agent: str, first: date, last: date) -> Sequence[Credit]:
        rows = self._credits.get(agent, [])
        start = bisect_left(rows, first, key=lambda credit: credit[0].date)
        return rows[start : bisect_right(rows, last, key=lambda credit: credit[0].date)]

    def cents(self, agent: str, first: date, last: date) -> int:
        return sum(one.cents for one, _ in self.credits(agent, first, last))

    def sums(self, agent: str, span: Span) -> Sums:
        """Leads of the span with the stages and answers known on its date, and its conversions."""
        if (agent, span) not in self._sums:
            self._sums[agent, span] = self._sum(agent, span)
        return self._sums[agent, span]

    def _sum(self, agent: str, span: Span) -> Sums:
        found = Sums()

        def is_known(on: date | None) -> bool:
            return on is not None and on <= span.known_on

        for lead in self.leads(agent, span.first, span.last):
            found.assigned += 1
            found.contacted += is_known(lead.contacted_on)
            found.interested += is_known(lead.interested_on)
            found.converted += is_known(lead.converted_on)
            found.undated += lead.is_undated and is_known(lead.converted_on)
            if is_known(lead.answered_on):
                found.microhours.append(lead.microhours)
            if lead.rating is not None:
                found.rated += 1
                found.ratings += lead.rating
        for one, _ in self.credits(agent, span.first, span.last):
            found.booked += one.is_booked
            found.cents += one.cents
        return found
