"""Laws that the oracle obeys for any source: identity, equal periods, sums, wins taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.support.oracle.business_hours import BusinessHours, Calendar
from tests.support.oracle.numbers import Analytics, Source
from tests.support.oracle.periods import NAMED, compared
from tests.support.oracle.random_sources import (
    UNREADABLE,
    ZONES,
    DailyLead,
    constant_history,
    daily_leads,
    sources,
)

if TYPE_CHECKING:
    from tests.support.oracle.periods import Compare

AS_OF = date(2024, 3, 31)
DAY = timedelta(days=1)
COMPARES: tuple[Compare, ...] = ("previous", "year")
# Both years of `last_year` on 31 December, and the longest delay before them.
HISTORY_DAYS = 3 * 366 + 45

SAME_HOUR = DailyLead("ana", 0, 0, 0, "1.25", "4")
SLOW = DailyLead("ben", 3, 17, 40, "30", None)


# Without shrinking, which would take minutes: an example builds three years.
@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    zone=st.sampled_from(ZONES),
    as_of=st.dates(date(2005, 1, 1), date(2025, 12, 31)),
    is_over=st.booleans(),
    hour=st.integers(0, 23),
    each=st.lists(daily_leads(), min_size=1, max_size=2),
    start=st.integers(0, 365),
    length=st.integers(1, 366),
)
@example("Europe/Berlin", date(2024, 4, 4), False, 1, [SAME_HOUR, SLOW], 9, 10)
@example("America/New_York", date(2024, 2, 29), True, 19, [SLOW], 366, 366)
@example("UTC", date(2024, 3, 31), True, 12, [SLOW], 0, 31)
@example("UTC", date(2024, 3, 1), False, 12, [SLOW], 0, 1)
@example("UTC", date(2025, 1, 1), False, 12, [SLOW], 30, 31)
def test_every_trend_of_a_constant_history_is_exactly_zero(
    zone: str,
    as_of: date,
    is_over: bool,
    hour: int,
    each: list[DailyLead],
    start: int,
    length: int,
) -> None:
    source = constant_history(zone, as_of, HISTORY_DAYS, hour, each)
    analytics = Analytics(source, as_of, zone, through=as_of if is_over else as_of - DAY)
    first = as_of - start * DAY
    last = min(first + (length - 1) * DAY, as_of)
    which: list[dict[str, Any]] = [{"start": first, "end": last}]
    which += [{"date_range": name} for name in NAMED]
    for compare in COMPARES:
        for chosen in which:
            period = analytics.period(**chosen, compare=compare)
            for agent in analytics.agents:
                details = analytics.trend_details(agent, period)
                details.pop("ranking")
                assert_nothing_changed(details, is_compared=first_day_is_over(analytics, period))


def first_day_is_over(analytics: Analytics, period: Any) -> bool:
    return compared(period, analytics.calendar.through) is not None


def assert_nothing_changed(details: dict[str, dict[str, Any]], *, is_compared: bool) -> None:
    for name, detail in details.items():
        if not is_compared:
            assert detail["reason"] == "no_complete_day"
        elif detail["reason"] is None:
            assert str(detail["change"]) == "0.0", (name, details)
        else:
            nothing = detail["current"], detail["previous"], detail["reason"]
            assert nothing == (None, None, "no_data"), (name, details)


def test_the_rank_of_a_constant_history_does_not_move() -> None:
    each = [SAME_HOUR, replace(SAME_HOUR, conversion_days=20), SLOW]
    source = constant_history("UTC", AS_OF, HISTORY_DAYS, 12, each)
    for through in (AS_OF, AS_OF - DAY):
        analytics = Analytics(source, AS_OF, through=through)
        for agent in analytics.agents:
            for name in ("7", "30", "90", "365", "qtd", "ytd", "last_quarter", "last_year"):
                assert analytics.ranking(agent, name)["change"] == 0, (agent, name)


@given(
    source=sources(AS_OF),
    name=st.sampled_from(NAMED),
    is_over=st.booleans(),
    compare=st.sampled_from(COMPARES),
)
@settings(deadline=None, max_examples=30)
def test_a_range_is_equal_to_the_named_period_of_its_dates(
    source: Source, name: str, is_over: bool, compare: Compare
) -> None:
    through = AS_OF if is_over else AS_OF - DAY
    analytics = Analytics(source, AS_OF, through=through, min_leads_to_rank=1)
    named = analytics.period(name, compare=compare)
    dates: dict[str, Any] = {"start": named.first, "end": named.last, "compare": compare}
    ranged = analytics.period(**dates)
    is_compared_alike = (named.earlier_first, named.earlier_last) == (
        ranged.earlier_first,
        ranged.earlier_last,
    )
    assert is_compared_alike or not name.isdigit()
    for agent in analytics.agents:
        by_name, by_dates = analytics.kpis(agent, name), analytics.kpis(agent, **dates)
        ranks = {"teamRanking": None, "totalAgents": None}
        assert by_dates["kpis"] == by_name["kpis"] | ranks
        for route in (analytics.funnel, analytics.lead_sources, analytics.response_times):
            assert route(agent, **dates) == route(agent, name)
        if is_compared_alike:
            details = analytics.trend_details(agent, named)
            of_range = analytics.trend_details(agent, ranged)
            assert of_range.pop("ranking")["reason"] == "named_periods_only"
            details.pop("ranking")
            assert of_range == details


@given(source=sources(AS_OF), name=st.sampled_from(NAMED), zone=st.sampled_from(ZONES))
@settings(deadline=None, max_examples=30)
def test_sources_and_days_add_up_to_a_period(source: Source, name: str, zone: str) -> None:
    analytics = Analytics(source, AS_OF, zone)
    period = analytics.period(name)
    later = {
        (lead.agent, lead.date)
        for lead in analytics.leads
        for on in (lead.contacted_on, lead.interested_on, lead.converted_on, lead.answered_on)
        if on is not None and on > AS_OF
    }
    for agent in analytics.agents:
        kpis, funnel = analytics.kpis(agent, name)["kpis"], analytics.funnel(agent, name)["funnel"]
        by_source = analytics.lead_sources(agent, name)["sources"]
        days = [
            (day, row)
            for (of, day), row in analytics.daily().items()
            if of == agent and period.first <= day <= period.last
        ]
        for rows, field in ((by_source, "revenue"), (days, "revenue_generated")):
            earned = [row[1][field] if isinstance(row, tuple) else row[field] for row in rows]
            assert sum(earned) == kpis["totalRevenue"]
        assert sum(row["count"] for row in by_source) == kpis["leadsHandled"]
        assert sum(row["conversionsBooked"] for row in by_source) == kpis["conversionsBooked"]
        assert sum(row["conversions_booked"] for _, row in days) == kpis["conversionsBooked"]
        assert sum(row["leads_assigned"] for _, row in days) == kpis["leadsHandled"]
        if not any((agent, day) in later for day, _ in days):
            for stage, count in funnel.items():
                assert sum(row[f"leads_{stage}"] for _, row in days) == count
            answers = analytics.response_times(agent, name)["buckets"]
            answered = sum(bucket["count"] for bucket in answers)
            assert sum(row["response_count"] for _, row in days) == answered


@given(source=sources(AS_OF), zone=st.sampled_from(ZONES))
@settings(deadline=None, max_examples=30)
def test_agents_and_leads_without_agent_add_up_to_the_source(source: Source, zone: str) -> None:
    for sides in Analytics(source, AS_OF, zone).conservation().values():
        for measure, total in sides["source"].items():
            assert sides["agents"][measure] + sides["unattributed"][measure] == total


@given(source=sources(AS_OF, days=300), zone=st.sampled_from(ZONES))
@settings(deadline=None, max_examples=30)
def test_a_calendar_that_is_always_open_gives_the_elapsed_hours(source: Source, zone: str) -> None:
    always = Calendar(zone, {day: [("00:00", "24:00")] for day in range(1, 8)})
    open_hours = BusinessHours({"always": always}, default="always")
    for lead in Analytics(source, AS_OF, zone, business_hours=open_hours).leads:
        if lead.response == "responded":
            assert lead.business_microhours == lead.microhours


@given(source=sources(AS_OF))
@settings(deadline=None, max_examples=30)
def test_every_lead_is_responded_inherited_unresponded_or_negative(source: Source) -> None:
    for lead in Analytics(source, AS_OF).leads:
        assert (lead.answered_on is not None) == (lead.response == "responded")
        is_unresponded = lead.response_on(AS_OF) == "unresponded"
        assert is_unresponded or not lead.is_waiting_on(AS_OF)
        if lead.converted_on is not None:
            assert lead.interested_on is not None
            assert lead.interested_on <= lead.converted_on
        if lead.interested_on is not None:
            assert lead.contacted_on is not None
            assert lead.contacted_on <= lead.interested_on


def everything(analytics: Analytics) -> dict[str, Any]:
    return {
        agent: [
            route(agent, name)
            for name in ("30", "mtd", "last_quarter")
            for route in (
                analytics.kpis,
                analytics.funnel,
                analytics.lead_sources,
                analytics.ranking,
                analytics.response_times,
            )
        ]
        for agent in analytics.agents
    } | {"days": analytics.daily()}


@given(source=sources(AS_OF), added=sources(AS_OF), text=st.sampled_from(UNREADABLE))
@settings(deadline=None, max_examples=30)
def test_an_unreadable_instant_changes_a_check_and_nothing_else(
    source: Source, added: Source, text: str | None
) -> None:
    extra = Source(
        [
            *source.leads,
            *({**row, "id": f"X{row['id']}", "created_at": text} for row in added.leads),
        ],
        [*source.activities, *({**row, "timestamp": text} for row in added.activities)],
    )
    before, after = Analytics(source, AS_OF), Analytics(extra, AS_OF)
    assert everything(after) == everything(before)
    counts = {
        "unreadable_leads": len(added.leads),
        "unreadable_activities": len(added.activities),
    }
    assert after.quality() == before.quality() | counts


@pytest.mark.parametrize("column", ["contacted_at", "interested_at"])
@given(source=sources(AS_OF), text=st.sampled_from(UNREADABLE[:-1]))
@settings(deadline=None, max_examples=20)
def test_an_unreadable_stage_is_a_missing_one(column: str, source: Source, text: str) -> None:
    unreadable, missing = (
        Source([{**row, column: value} for row in source.leads], source.activities)
        for value in (text, None)
    )
    assert everything(Analytics(unreadable, AS_OF)) == everything(Analytics(missing, AS_OF))


@given(source=sources(AS_OF))
@settings(deadline=None, max_examples=30)
def test_a_win_taken_back_is_as_if_it_had_never_been(source: Source) -> None:
    reopened = [{**row, "disposition": "open"} for row in source.leads]
    won_by_mistake = [
        {
            "agent_id": "ana",
            "lead_id": row["id"],
            "activity_type": "conversion",
            "timestamp": row["created_at"],
            "metadata": '{"origin": "trigger", "revenue": 500}',
        }
        for row in source.leads
    ]
    never = Analytics(Source(reopened, source.activities), AS_OF)
    taken_back = Analytics(Source(reopened, [*source.activities, *won_by_mistake]), AS_OF)
    found = everything(taken_back)
    assert {agent: found[agent] for agent in never.agents} == {
        agent: numbers for agent, numbers in everything(never).items() if agent != "days"
    }
    assert found["days"] == never.daily()
