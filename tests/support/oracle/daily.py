"""Sums of days: rolling response times, and both sides of conservation.

They hold every date and what is known by now, stages and answers after the as-of date included.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from tests.support.oracle.formulas import ratio
from tests.support.oracle.leads import MICROHOURS
from tests.support.oracle.measures import Sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.support.oracle.activities import Conversion
    from tests.support.oracle.leads import Lead


class RollingHours:
    """Mean response hours of the leads of the last dates of one agent."""

    def __init__(self, days: Mapping[date, Sums]) -> None:
        self._dates = list(days)
        self._microhours = [0, *accumulate(sum(sums.microhours) for sums in days.values())]
        self._responded = [0, *accumulate(len(sums.microhours) for sums in days.values())]

    def mean(self, first: date, last: date) -> Fraction | None:
        start, end = bisect_left(self._dates, first), bisect_right(self._dates, last)
        hours = Fraction(self._microhours[end] - self._microhours[start], MICROHOURS)
        return ratio(hours, self._responded[end] - self._responded[start])


def conservation(
    days: Mapping[str, Mapping[date, Sums]],
    leads: Iterable[Lead],
    conversions: Iterable[Conversion],
) -> dict[date, dict[str, Counter[str]]]:
    """Counts and cents by date: of all agents, without agent, and of the source as a whole."""
    source: dict[date, Sums] = defaultdict(Sums)
    for lead in leads:
        source[lead.date].add_lead(lead, date.max)
    for one in conversions:
        source[one.date].add_conversion(one)
    found = {
        day: {"agents": Counter[str](), "unattributed": Counter[str](), "source": counts(sums)}
        for day, sums in source.items()
    }
    for agent, of_agent in days.items():
        for day, sums in of_agent.items():
            found[day]["agents" if agent else "unattributed"].update(counts(sums))
    return found


def counts(sums: Sums) -> Counter[str]:
    return Counter({name: n for name, n in vars(sums).items() if isinstance(n, int)})
