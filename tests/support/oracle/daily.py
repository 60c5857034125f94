"""Daily rows: agent_performance_metrics, rolling response times, and both sides of conservation.

They hold every date and whatever is known now, stages and answers after the as-of date included.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from tests.support.oracle.formulas import ratio, served
from tests.support.oracle.leads import MICROHOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tests.support.oracle.activities import Conversion
    from tests.support.oracle.leads import Lead

    Days = Mapping[str, Mapping[date, Counter[str]]]

STAGES = ("assigned", "contacted", "interested", "converted")


def stages(lead: Lead) -> dict[str, int]:
    reached = (lead.date, lead.contacted_on, lead.interested_on, lead.converted_on)
    return {name: int(on is not None) for name, on in zip(STAGES, reached, strict=True)}


def daily_sums(leads: Iterable[Lead], conversions: Iterable[Conversion]) -> Days:
    """By agent and date, with '' for rows without an agent."""
    days: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for lead in leads:
        sums = days[lead.agent][lead.date]
        sums.update(stages(lead))
        sums.update({lead.response: 1, "microhours": lead.microhours})
        sums.update(satisfaction=lead.rating or 0, rated=int(lead.rating is not None))
    for one in conversions:
        days[one.agent][one.date].update(booked=int(one.is_booked), cents=one.cents)
    return {agent: dict(sorted(of_agent.items())) for agent, of_agent in days.items()}


def served_day(sums: Counter[str]) -> dict[str, Any]:
    hours = Fraction(sums["microhours"], MICROHOURS)
    return {
        **{f"leads_{stage}": sums[stage] for stage in STAGES},
        "revenue_generated": served(Fraction(sums["cents"], 100), 2),
        "conversions_booked": sums["booked"],
        "response_hours_total": served(hours, 6),
        "response_count": sums["responded"],
        "response_time_avg_hours": served(ratio(hours, sums["responded"]), 6),
        "unresponded_count": sums["unresponded"],
        "satisfaction_total": sums["satisfaction"],
        "satisfaction_count": sums["rated"],
        "satisfaction_score": served(ratio(sums["satisfaction"], sums["rated"]), 6),
    }


class RollingHours:
    """Mean response hours of the leads of the last dates of one agent."""

    def __init__(self, days: Mapping[date, Counter[str]]) -> None:
        self._dates = list(days)
        self._microhours = [0, *accumulate(sums["microhours"] for sums in days.values())]
        self._responded = [0, *accumulate(sums["responded"] for sums in days.values())]

    def mean(self, first: date, last: date) -> Fraction | None:
        start, end = bisect_left(self._dates, first), bisect_right(self._dates, last)
        hours = Fraction(self._microhours[end] - self._microhours[start], MICROHOURS)
        return ratio(hours, self._responded[end] - self._responded[start])


def conservation(
    days: Days, leads: Iterable[Lead], conversions: Iterable[Conversion]
) -> dict[date, dict[str, Counter[str]]]:
    """Counts and cents by date: of all agents, without agent, and of the source as a whole."""
    found: dict[date, dict[str, Counter[str]]] = defaultdict(
        lambda: {"agents": Counter(), "unattributed": Counter(), "source": Counter()}
    )
    measures = (*STAGES, "booked", "cents")
    for agent, of_agent in days.items():
        for day, sums in of_agent.items():
            side = "agents" if agent else "unattributed"
            found[day][side].update({name: sums[name] for name in measures})
    for lead in leads:
        found[lead.date]["source"].update(stages(lead))
    for one in conversions:
        found[one.date]["source"].update(booked=int(one.is_booked), cents=one.cents)
    return dict(found)
