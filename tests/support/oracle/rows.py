"""Lead rows and conversions of each agent by date, and their sums over a span or a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tests.support.oracle.measures import Sums
from tests.support.oracle.periods import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.support.oracle.activities import Conversion
    from tests.support.oracle.leads import Lead

    Credit = tuple[Conversion, str]


class Rows:
    """Lead rows and credits of each agent in the order of their dates.

    A credit is a conversion or refund with the source of its lead. Agent '' has what belongs to no
    agent.
    """

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

    def days(self) -> dict[str, dict[date, Sums]]:
        """Sums by agent and date with a row, of everything that is known by now."""
        found: dict[str, dict[date, Sums]] = {}
        for agent in {*self._leads, *self._credits}:
            dates = {lead.date for lead in self._leads.get(agent, [])}
            dates |= {one.date for one, _ in self._credits.get(agent, [])}
            found[agent] = {
                day: self._sum(agent, Span(day, day, date.max)) for day in sorted(dates)
            }
        return found

    def _sum(self, agent: str, span: Span) -> Sums:
        found = Sums()
        for lead in self.leads(agent, span.first, span.last):
            found.add_lead(lead, span.known_on)
        for one, _ in self.credits(agent, span.first, span.last):
            found.add_conversion(one)
        return found
