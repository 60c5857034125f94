"""Numbers of the product computed a second time, from source rows in plain Python, so that SQL
and polars can be held against it; it reads no database and shares no code with the pipeline."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.support.oracle import buckets, words
from tests.support.oracle.comparisons import details, rank_detail
from tests.support.oracle.daily import RollingHours, conservation
from tests.support.oracle.formulas import percent, served
from tests.support.oracle.leads import MICROHOURS, Rules
from tests.support.oracle.measures import KEY_FIGURES, STAGES, daily_row, percentile_hours
from tests.support.oracle.money import Exchange
from tests.support.oracle.periods import (
    DAY,
    SERVED_HISTORY_DAYS,
    Calendar,
    Span,
    compared,
    free_range,
    named_period,
)
from tests.support.oracle.ranking import WEIGHTS, Standing, components, score, standings
from tests.support.oracle.rows import Rows
from tests.support.oracle.source_rows import Source, read_directory, understand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from typing import Literal

    from tests.support.oracle.business_hours import BusinessHours
    from tests.support.oracle.measures import Sums
    from tests.support.oracle.money import Rate
    from tests.support.oracle.periods import Compare, Period

__all__ = ["Analytics", "Source", "read_directory"]

RESPONSE_BUCKETS = (
    ("0-1h", 0, 1),
    ("1-4h", 1, 4),
    ("4-8h", 4, 8),
    ("8-24h", 8, 24),
    ("24h+", 24, None),
)


class Analytics:
    """Answers by agent and period: a named one, or the dates from `start` to `end`."""

    def __init__(
        self,
        source: Source,
        as_of: date,
        time_zone: str = "UTC",
        converted_dispositions: Collection[str] = words.CONVERTED,
        closed_dispositions: Collection[str] = words.CLOSED,
        min_leads_to_rank: int = 5,
        min_ranked_agents: int = 2,
        weights: Mapping[str, str] = WEIGHTS,
        half_life: int | str = 4,
        through: date | None = None,
        fiscal_year_starts_in: int = 1,
        week_starts_on: Literal["monday", "sunday"] = "monday",
        served_history_days: int = SERVED_HISTORY_DAYS,
        currency: str = "",
        rates: Collection[Rate] = (),
        business_hours: BusinessHours | None = None,
        ranking_response_clock: Literal["elapsed", "business"] = "elapsed",
    ) -> None:
        """`through` is the last complete day, by default the as-of date. Business hours
        are null where none are given."""
        self.calendar = Calendar(
            as_of, through or as_of, fiscal_year_starts_in, week_starts_on, served_history_days
        )
        self.min_leads_to_rank = min_leads_to_rank
        self.min_ranked_agents = min_ranked_agents
        self.weights = {name: Fraction(weight) for name, weight in weights.items()}
        self.half_life = Fraction(half_life)
        self.business_hours = business_hours
        self.ranking_response_clock = ranking_response_clock
        rules = Rules(
            ZoneInfo(time_zone),
            converted_dispositions,
            closed_dispositions,
            Exchange(currency, tuple(rates)),
            business_hours,
        )
        self.understood = understand(source, rules)
        by_id = self.understood.leads
        self.leads = list(by_id.values())
        self.conversions = self.understood.conversions
        self.rows = Rows(
            self.leads,
            [
                (one, by_id[one.lead].source if one.lead in by_id else "Unknown")
                for one in self.conversions
            ],
        )
        self._days = self.rows.days()
        self._rolling = {agent: RollingHours(days) for agent, days in self._days.items()}
        self._standings: dict[Span, dict[str, Standing]] = {}
        self.agents = sorted(set(self._days) - {""})

    def period(
        self,
        date_range: str | int = "30",
        start: date | None = None,
        end: date | None = None,
        compare: Compare = "previous",
    ) -> Period:
        if start and end:
            return free_range(start, end, self.calendar, compare)
        return named_period(str(date_range), self.calendar, compare)

    def daily(self) -> dict[tuple[str, date], dict[str, Any]]:
        """agent_performance_metrics by agent and date, with '' for rows without an agent."""
        return {
            (agent, day): daily_row(sums)
            for agent, days in self._days.items()
            for day, sums in days.items()
        }

    def kpis(self, agent: str, *which: Any, **period_of: Any) -> dict[str, Any]:
        period = self.period(*which, **period_of)
        sums = self._shown(agent, period)
        standings = self._standings_shown(period)
        found = self.trend_details(agent, period)
        comparison = compared(period, self.calendar.through)
        return {
            "agentId": agent,
            "dateRange": period.name,
            "period": {
                "from": period.first.isoformat(),
                "to": period.last.isoformat(),
                "compareFrom": comparison and comparison.previous.first.isoformat(),
                "compareTo": comparison and comparison.previous.last.isoformat(),
                "through": self.calendar.through.isoformat(),
            },
            "kpis": {
                **{
                    figure.field: served(figure.value(sums), figure.decimals)
                    for figure in KEY_FIGURES
                },
                "leadsThisWeek": self._leads_this_week(agent),
                "teamRanking": found["ranking"]["current"],
                "totalAgents": None if standings is None else len(standings),
            },
            "trends": {name: detail["change"] for name, detail in found.items()},
            "trendDetails": found,
        }

    def trend_details(self, agent: str, period: Period) -> dict[str, dict[str, Any]]:
        """Every entry of trendDetails without `isNotable`."""
        comparison = compared(period, self.calendar.through)
        first_day = self.understood.first_days.get(agent)
        is_partial = period.is_beyond_served_history or (
            first_day is not None and period.earlier_first < first_day
        )
        sides = None
        if comparison is not None:
            sides = (
                self.rows.sums(agent, comparison.current),
                self.rows.sums(agent, comparison.previous),
            )
        found = details(KEY_FIGURES, sides, is_partial=is_partial)
        standings = self._standings_shown(period)
        own = standings.get(agent) if standings else None
        reason, before = None, None
        if not period.is_named or period.compare == "year":
            reason = "named_periods_only"
        elif comparison is None:
            reason = "no_complete_day"
        else:
            before = self._ranked(comparison.ranked).get(agent)
        found["ranking"] = rank_detail(
            own.rank if own else None, before.rank if before else None, reason
        )
        return found

    def funnel(self, agent: str, *which: Any, **period_of: Any) -> dict[str, Any]:
        sums = self._shown(agent, self.period(*which, **period_of))
        counts = {stage: getattr(sums, stage) for stage in STAGES}
        rates = dict(
            zip(STAGES[1:], ("contactRate", "interestRate", "conversionRate"), strict=True)
        )
        return {
            "funnel": counts,
            "conversionRates": {
                rate: percent(counts[stage], sums.assigned) for stage, rate in rates.items()
            },
            "ofPrevious": {
                rates[stage]: percent(counts[stage], counts[before])
                for before, stage in pairwise(STAGES)
            },
        }

    def lead_sources(self, agent: str, *which: Any, **period_of: Any) -> dict[str, Any]:
        """Most leads, then most money, then by name; money without leads is there too."""
        period = self.period(*which, **period_of)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for lead in self.rows.leads(agent, period.first, period.last):
            is_converted = lead.converted_on and lead.converted_on <= self.calendar.as_of
            found[lead.source].update(count=1, converted=int(bool(is_converted)))
        for one, source in self.rows.credits(agent, period.first, period.last):
            found[source].update(cents=one.cents, booked=int(one.is_booked))
        return {
            "sources": [
                {
                    "source": source,
                    "count": sums["count"],
                    "conversionRate": percent(sums["converted"], sums["count"]),
                    "revenue": served(Fraction(sums["cents"], 100), 2),
                    "conversionsBooked": sums["booked"],
                }
                for source, sums in sorted(
                    found.items(), key=lambda item: (-item[1]["count"], -item[1]["cents"], item[0])
                )
            ]
        }

    def revenue_trends(
        self, agent: str, period: buckets.BucketLength = "daily", **period_of: Any
    ) -> dict[str, Any]:
        """The latest buckets, or those of a period with those of the earlier one."""
        calendar = self.calendar
        first, last = buckets.latest(period, calendar), calendar.as_of
        days = buckets.latest("daily", calendar), last
        previous: dict[str, Any] = {}
        if period_of:
            shown = self.period(**period_of)
            first, last = days = shown.first, shown.last
            earlier_last = min(shown.earlier_first + (last - first), shown.earlier_last)
            previous["previous"] = self._earned(agent, period, shown.earlier_first, earlier_last)
        by_day = self._earned(agent, "daily", *days)
        best = max(by_day, key=lambda day: day["revenue"])
        month = self.period("mtd")
        change = self.trend_details(agent, month)["revenue"]
        return {
            "period": period,
            "data": self._earned(agent, period, first, last),
            **previous,
            "insights": {
                "bestDay": best if best["revenue"] > 0 else None,
                "monthTotal": self._revenue(agent, month.first, month.last),
                "monthChange": change["change"],
                "monthChangeReason": change["reason"],
            },
        }

    def ranking(self, agent: str, *which: Any, **period_of: Any) -> dict[str, Any]:
        """Without rankRange."""
        period = self.period(*which, **period_of)
        standings = self._standings_shown(period)
        own = standings.get(agent) if standings else None
        reason = None
        if standings is None:
            reason = "named_periods_only"
        elif self._shown(agent, period).assigned < self.min_leads_to_rank:
            reason = "too_few_leads"
        elif own is None:
            reason = "too_few_agents"
        return {
            "rank": own.rank if own else None,
            "totalAgents": None if standings is None else len(standings),
            "score": served(own.score, 6) if own else None,
            "components": {
                name: served(own.components[name], 6) if own else None for name in WEIGHTS
            },
            "weights": None
            if standings is None or agent not in self.agents
            else {
                name: served(weight / sum(self.weights.values()), 6)
                for name, weight in self.weights.items()
            },
            "oneMore": self._one_more(agent, period, own),
            "change": self.trend_details(agent, period)["ranking"]["change"],
            "reason": reason,
        }

    def _one_more(self, agent: str, period: Period, own: Standing | None) -> dict[str, Any]:
        """Change of the score by one more conversion, immediate answer, and rating of 5."""
        if own is None:
            return {"conversion": None, "answer": None, "rating": None}
        sums = self._shown(agent, period)
        is_elapsed = self.ranking_response_clock == "elapsed"
        answered = sums.microhours if is_elapsed else sums.business_microhours
        hours = Fraction(sum(answered), MICROHOURS) / (len(answered) + 1)
        rate = Fraction(sums.converted + 1, sums.assigned)
        rating = Fraction(sums.ratings + 5, sums.rated + 1)
        changed = {
            "conversion": components(rate, None, None, self.half_life),
            "answer": components(None, None, hours, self.half_life),
            "rating": components(None, rating, None, self.half_life),
        }
        found: dict[str, Any] = {}
        for name, parts in changed.items():
            present = {part: value for part, value in parts.items() if value is not None}
            new = score({**own.components, **present}, self.weights)
            found[name] = served(new - own.score, 6) if new is not None else None
        reached = {
            "conversion": sums.converted,
            "answer": len(sums.microhours),
            "rating": sums.rated,
        }
        return {
            name: None if reached[name] == sums.assigned else change
            for name, change in found.items()
        }

    def response_times(self, agent: str, *which: Any, **period_of: Any) -> dict[str, Any]:
        period = self.period(*which, **period_of)
        sums = self._shown(agent, period)
        return {
            "mean": served(sums.mean_hours, 1),
            "median": served(sums.percentile_hours(Fraction(1, 2)), 1),
            "p90": served(sums.percentile_hours(Fraction(9, 10)), 1),
            "unresponded": sums.unresponded,
            "waiting": sums.waiting,
            "inherited": sums.inherited,
            "buckets": _counts(sums.microhours),
            **_business_response_times(sums),
            "rolling": [
                {
                    "date": day.isoformat(),
                    "rolling7dHours": self._rolling_hours(agent, day, 7),
                    "rolling30dHours": self._rolling_hours(agent, day, 30),
                }
                for day in (
                    period.first + ahead * DAY
                    for ahead in range((period.last - period.first).days + 1)
                )
            ],
        }

    def quality(self) -> dict[str, int]:
        """What the data-quality checks count, over the whole source."""
        return {
            "negative_responses": sum(lead.response == "negative" for lead in self.leads),
            "rejected_ratings": sum(lead.is_rating_rejected for lead in self.leads),
            "unreadable_revenues": sum(
                not one.amount.is_readable for one in self.understood.logged
            ),
            "revenues_without_rate": sum(not one.amount.has_rate for one in self.understood.logged),
            "currencies": len({one.currency for one in self.understood.logged} - {""}),
            "unreadable_leads": self.understood.unreadable_leads,
            "unreadable_activities": self.understood.unreadable_activities,
        }

    def conservation(self) -> dict[date, dict[str, Counter[str]]]:
        return conservation(self._days, self.leads, self.conversions)

    def _shown(self, agent: str, period: Period) -> Sums:
        return self.rows.sums(agent, Span(period.first, period.last, self.calendar.as_of))

    def _leads_this_week(self, agent: str) -> int:
        as_of = self.calendar.as_of
        return len(self.rows.leads(agent, self.calendar.week_of(as_of), as_of))

    def _revenue(self, agent: str, first: date, last: date) -> Any:
        return served(Fraction(self.rows.cents(agent, first, last), 100), 2)

    def _earned(
        self, agent: str, length: buckets.BucketLength, first: date, last: date
    ) -> list[dict[str, Any]]:
        return [
            {
                "date": bucket.date.isoformat(),
                "revenue": self._revenue(agent, bucket.first, bucket.last),
            }
            for bucket in buckets.between(length, first, last, self.calendar)
        ]

    def _rolling_hours(self, agent: str, day: date, length: int) -> Any:
        rolling = self._rolling.get(agent)
        return served(rolling.mean(day - (length - 1) * DAY, day), 1) if rolling else None

    def _standings_shown(self, period: Period) -> dict[str, Standing] | None:
        """None for a period that has no ranks."""
        if not period.is_named:
            return None
        return self._ranked(Span(period.first, period.last, self.calendar.as_of))

    def _ranked(self, span: Span) -> dict[str, Standing]:
        if span not in self._standings:
            self._standings[span] = standings(
                {
                    agent: (sums.assigned, self._components(sums))
                    for agent in self.agents
                    for sums in [self.rows.sums(agent, span)]
                },
                self.weights,
                self.min_leads_to_rank,
                self.min_ranked_agents,
            )
        return self._standings[span]

    def _components(self, sums: Sums) -> dict[str, Fraction | None]:
        is_elapsed = self.ranking_response_clock == "elapsed"
        hours = sums.mean_hours if is_elapsed else sums.mean_business_hours
        return components(sums.conversion_rate, sums.satisfaction, hours, self.half_life)


def _business_response_times(sums: Sums) -> dict[str, Any]:
    hours = sums.business_microhours
    if not hours:
        return {"business": None}
    return {
        "business": {
            "mean": served(sums.mean_business_hours, 1),
            "median": served(percentile_hours(hours, Fraction(1, 2)), 1),
            "buckets": _counts(hours),
        }
    }


def _counts(microhours: list[int]) -> list[dict[str, Any]]:
    return [
        {"bucket": name, "count": sum(_is_in(one, low, high) for one in microhours)}
        for name, low, high in RESPONSE_BUCKETS
    ]


def _is_in(microhours: int, low: int, high: int | None) -> bool:
    return low * MICROHOURS <= microhours and (high is None or microhours < high * MICROHOURS)
