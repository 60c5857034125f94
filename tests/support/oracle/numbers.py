"""Numbers of the product computed a second time, from source rows in plain Python, so that SQL
and polars can be held against it; it reads no database and shares no code with the pipeline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.support.oracle import words
from tests.support.oracle.formulas import (
    Exact,
    percent,
    percentile,
    ratio,
    served,
    trend,
    trend_detail,
)
from tests.support.oracle.leads import MICROHOURS, Lead, Rules
from tests.support.oracle.ranking import WEIGHTS, Standing, components, standings
from tests.support.oracle.source_rows import Source, read_directory, understand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Analytics", "Source", "read_directory"]
DAY = timedelta(days=1)
STAGES = ("assigned", "contacted", "interested", "converted")
# Name of the trend, field of its key figure, decimals, whether lower is better.
KPI_TRENDS = (
    ("leads", "leadsHandled", 0, False),
    ("conversion", "conversionRate", 1, False),
    ("revenue", "totalRevenue", 2, False),
    ("response", "responseTimeHours", 1, True),
    ("responseMedian", "responseTimeMedianHours", 1, True),
    ("satisfaction", "satisfactionScore", 1, False),
    ("ranking", "teamRanking", 0, False),
)
BUCKETS = (("0-1h", 0, 1), ("1-4h", 1, 4), ("4-8h", 4, 8), ("8-24h", 8, 24), ("24h+", 24, None))


class Analytics:
    def __init__(
        self,
        source: Source,
        as_of: date,
        time_zone: str = "UTC",
        converted_dispositions: Collection[str] = words.CONVERTED,
        closed_dispositions: Collection[str] = words.CLOSED,
        min_leads_to_rank: int = 1,
        weights: Mapping[str, str] = WEIGHTS,
        half_life: int | str = 4,
    ) -> None:
        self.as_of = as_of
        self.min_leads_to_rank = min_leads_to_rank
        self.weights = {name: Fraction(weight) for name, weight in weights.items()}
        self.half_life = Fraction(half_life)
        rules = Rules(as_of, ZoneInfo(time_zone), converted_dispositions, closed_dispositions)
        self.understood = understand(source, rules)
        by_id = self.understood.leads
        self.leads = list(by_id.values())
        self.credits = [
            (one, one.date, by_id[one.lead].source if one.lead in by_id else "Unknown")
            for one in self.understood.conversions
        ]
        self._days = self._daily_sums()
        self._dates = {agent: sorted(days) for agent, days in self._days.items()}
        self._leads_of: dict[str, list[Lead]] = defaultdict(list)
        for lead in sorted(self.leads, key=lambda lead: lead.date):
            self._leads_of[lead.agent].append(lead)
        self._standings: dict[tuple[date, date], dict[str, Standing]] = {}
        self.agents = sorted(set(self._days) - {""})

    def daily(self) -> dict[tuple[str, date], dict[str, Any]]:
        """agent_performance_metrics by agent and date, with '' for rows without an agent."""
        return {
            (agent, day): {
                **{f"leads_{stage}": sums[stage] for stage in STAGES},
                "revenue_generated": served(Fraction(sums["cents"], 100), 2),
                "conversions_booked": sums["booked"],
                "response_hours_total": served(Fraction(sums["microhours"], MICROHOURS), 6),
                "response_count": sums["responded"],
                "response_time_avg_hours": served(_mean_hours(sums), 6),
                "unresponded_count": sums["unresponded"],
                "satisfaction_total": sums["satisfaction"],
                "satisfaction_count": sums["rated"],
                "satisfaction_score": served(ratio(sums["satisfaction"], sums["rated"]), 6),
            }
            for agent, days in self._days.items()
            for day, sums in days.items()
        }

    def kpis(self, agent: str, window: int = 30) -> dict[str, Any]:
        first, last = self._window(window)
        current = self._measures(agent, first, last)
        previous = self._measures(agent, *self._window(window, 1))
        sums = self._sums(agent, first, last)
        week = self._sums(agent, self.as_of - self.as_of.weekday() * DAY, self.as_of)
        details = {
            name: trend_detail(
                name, current[name], previous[name], places, is_lower_better=is_lower_better
            )
            for name, _, places, is_lower_better in KPI_TRENDS
        }
        return {
            "agentId": agent,
            "dateRange": str(window),
            "kpis": {
                **{field: details[name]["current"] for name, field, _, _ in KPI_TRENDS},
                "leadsThisWeek": week["assigned"],
                "satisfactionCount": sums["rated"],
                "totalAgents": len(self._ranked(first, last)),
            },
            "trends": {name: detail["change"] for name, detail in details.items()},
            "trendDetails": details,
        }

    def funnel(self, agent: str, window: int = 30) -> dict[str, Any]:
        sums = self._sums(agent, *self._window(window))
        rates = dict(
            zip(STAGES[1:], ("contactRate", "interestRate", "conversionRate"), strict=True)
        )
        return {
            "funnel": {stage: sums[stage] for stage in STAGES},
            "conversionRates": {
                rate: percent(sums[stage], sums["assigned"]) for stage, rate in rates.items()
            },
            "ofPrevious": {
                rates[stage]: percent(sums[stage], sums[before])
                for before, stage in pairwise(STAGES)
            },
        }

    def lead_sources(self, agent: str, window: int = 30) -> dict[str, Any]:
        """Most leads, then most money, then by name; money without leads is there too."""
        first, last = self._window(window)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for lead in self._leads_within(agent, first, last):
            found[lead.source].update(count=1, converted=int(lead.converted_on is not None))
        for one, day, source in self.credits:
            if one.agent == agent and first <= day <= last:
                found[source].update(cents=one.cents)
        return {
            "sources": [
                {
                    "source": source,
                    "count": sums["count"],
                    "conversionRate": percent(sums["converted"], sums["count"]),
                    "revenue": served(Fraction(sums["cents"], 100), 2),
                }
                for source, sums in sorted(
                    found.items(), key=lambda item: (-item[1]["count"], -item[1]["cents"], item[0])
                )
            ]
        }

    def revenue_trends(self, agent: str, period: str = "daily") -> dict[str, Any]:
        starts = {
            "daily": [self.as_of - back * DAY for back in range(30)],
            "weekly": [self.as_of - (self.as_of.weekday() + 7 * back) * DAY for back in range(12)],
            "monthly": [_month(self.as_of, back) for back in range(12)],
        }[period]
        ends = [self.as_of, *(start - DAY for start in starts)]
        data = [
            {"date": start.isoformat(), "revenue": self._revenue(agent, start, end)}
            for start, end in zip(starts, ends, strict=False)
        ]
        by_day = [
            (self._revenue(agent, day, day), day)
            for day in (self.as_of - back * DAY for back in range(29, -1, -1))
        ]
        money, best = max(by_day, key=lambda day: day[0])
        month, before = _month(self.as_of), _month(self.as_of, 1)
        shared_days = min(self.as_of.day, (month - before).days)
        change, _ = trend(
            *(
                Fraction(self._sums(agent, start, start + (shared_days - 1) * DAY)["cents"], 100)
                for start in (month, before)
            )
        )
        return {
            "period": period,
            "data": data[::-1],
            "insights": {
                "bestDay": {"date": best.isoformat(), "revenue": money} if money > 0 else None,
                "monthTotal": self._revenue(agent, month, self.as_of),
                "monthChange": served(change, 1),
            },
        }

    def ranking(self, agent: str, window: int = 30) -> dict[str, Any]:
        ranked = self._ranked(*self._window(window))
        own = ranked.get(agent)
        before = self._ranked(*self._window(window, 1)).get(agent)
        return {
            "rank": own.rank if own else None,
            "totalAgents": len(ranked),
            "score": served(own.score, 6) if own else None,
            "components": {
                name: served(own.components[name], 6) if own else None for name in WEIGHTS
            },
            "change": before.rank - own.rank if own and before else None,
        }

    def response_times(self, agent: str, window: int = 30) -> dict[str, Any]:
        first, last = self._window(window)
        hours = self._microhours(agent, first, last)
        sums = self._sums(agent, first, last)
        return {
            "mean": served(_mean_hours(sums), 1),
            "median": served(_hours(percentile(hours, Fraction(1, 2))), 1),
            "p90": served(_hours(percentile(hours, Fraction(9, 10))), 1),
            "unresponded": sums["unresponded"],
            "waiting": sum(lead.is_waiting for lead in self._leads_within(agent, first, last)),
            "inherited": sums["inherited"],
            "buckets": [
                {"bucket": name, "count": sum(_is_between(hour, low, high) for hour in hours)}
                for name, low, high in BUCKETS
            ],
            "rolling": [
                {
                    "date": day.isoformat(),
                    "rolling7dHours": self._rolling(agent, day, 7),
                    "rolling30dHours": self._rolling(agent, day, 30),
                }
                for day in (first + ahead * DAY for ahead in range(window))
            ],
        }

    def quality(self) -> dict[str, int]:
        """What the data-quality checks count, over the whole source."""
        return {
            "negative_responses": sum(lead.response == "negative" for lead in self.leads),
            "rejected_ratings": sum(lead.is_rating_rejected for lead in self.leads),
            "unreadable_revenues": sum(not one.is_readable for one in self.understood.logged),
            "unreadable_leads": self.understood.unreadable_leads,
            "unreadable_activities": self.understood.unreadable_activities,
        }

    def conservation(self) -> dict[date, dict[str, Counter[str]]]:
        """Counts and cents by date: of all agents, without agent, and of the source as a whole."""
        found: dict[date, dict[str, Counter[str]]] = defaultdict(
            lambda: {"agents": Counter(), "unattributed": Counter(), "source": Counter()}
        )
        measures = (*STAGES, "booked", "cents")
        for agent, days in self._days.items():
            for day, sums in days.items():
                side = "agents" if agent else "unattributed"
                found[day][side].update({name: sums[name] for name in measures})
        for lead in self.leads:
            found[lead.date]["source"].update(_stages(lead))
        for one, day, _ in self.credits:
            found[day]["source"].update(booked=int(one.is_booked), cents=one.cents)
        return dict(found)

    def _daily_sums(self) -> dict[str, dict[date, Counter[str]]]:
        days: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for lead in self.leads:
            sums = days[lead.agent][lead.date]
            sums.update(_stages(lead))
            sums.update({lead.response: 1, "microhours": lead.microhours})
            sums.update(satisfaction=lead.rating or 0, rated=int(lead.rating is not None))
        for one, day, _ in self.credits:
            days[one.agent][day].update(booked=int(one.is_booked), cents=one.cents)
        return {agent: dict(of_agent) for agent, of_agent in days.items()}

    def _window(self, window: int, back: int = 0) -> tuple[date, date]:
        last = self.as_of - back * window * DAY
        return last - (window - 1) * DAY, last

    def _sums(self, agent: str, first: date, last: date) -> Counter[str]:
        dates = self._dates.get(agent, [])
        sums: Counter[str] = Counter()
        for day in dates[bisect_left(dates, first) : bisect_right(dates, last)]:
            sums.update(self._days[agent][day])
        return sums

    def _revenue(self, agent: str, first: date, last: date) -> Any:
        return served(Fraction(self._sums(agent, first, last)["cents"], 100), 2)

    def _leads_within(self, agent: str, first: date, last: date) -> list[Lead]:
        leads = self._leads_of.get(agent, [])
        start = bisect_left(leads, first, key=lambda lead: lead.date)
        return leads[start : bisect_right(leads, last, key=lambda lead: lead.date)]

    def _microhours(self, agent: str, first: date, last: date) -> list[int]:
        leads = self._leads_within(agent, first, last)
        return [lead.microhours for lead in leads if lead.response == "responded"]

    def _rolling(self, agent: str, day: date, length: int) -> Any:
        return served(_mean_hours(self._sums(agent, day - (length - 1) * DAY, day)), 1)

    def _measures(self, agent: str, first: date, last: date) -> dict[str, Exact]:
        sums = self._sums(agent, first, last)
        own = self._ranked(first, last).get(agent)
        return {
            "leads": sums["assigned"],
            "conversion": ratio(100 * sums["converted"], sums["assigned"]),
            "revenue": Fraction(sums["cents"], 100),
            "response": _mean_hours(sums),
            "responseMedian": _hours(
                percentile(self._microhours(agent, first, last), Fraction(1, 2))
            ),
            "satisfaction": ratio(sums["satisfaction"], sums["rated"]),
            "ranking": own.rank if own else None,
        }

    def _ranked(self, first: date, last: date) -> dict[str, Standing]:
        if (first, last) not in self._standings:
            self._standings[first, last] = standings(
                {
                    agent: (sums["assigned"], self._components(sums))
                    for agent in self.agents
                    for sums in [self._sums(agent, first, last)]
                },
                self.weights,
                self.min_leads_to_rank,
            )
        return self._standings[first, last]

    def _components(self, sums: Counter[str]) -> dict[str, Fraction | None]:
        return components(
            ratio(sums["converted"], sums["assigned"]),
            ratio(sums["satisfaction"], sums["rated"]),
            _mean_hours(sums),
            self.half_life,
        )


def _month(day: date, back: int = 0) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(years, month + 1, 1)


def _stages(lead: Lead) -> dict[str, int]:
    reached = (lead.date, lead.contacted_on, lead.interested_on, lead.converted_on)
    return {name: int(on is not None) for name, on in zip(STAGES, reached, strict=True)}


def _hours(microhours: Fraction | None) -> Fraction | None:
    return None if microhours is None else microhours / MICROHOURS


def _mean_hours(sums: Counter[str]) -> Fraction | None:
    return _hours(ratio(sums["microhours"], sums["responded"]))


def _is_between(microhours: int, low: int, high: int | None) -> bool:
    hours = Fraction(microhours, MICROHOURS)
    return low <= hours and (high is None or hours < high)
