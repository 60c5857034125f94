"""The oracle gives the numbers that were worked out on paper: leads, periods, hours and money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.oracle import worked_hours, worked_leads, worked_money, worked_periods
from tests.support.oracle.numbers import Analytics, Source


def text(value: date | Decimal | None) -> str | None:
    return None if value is None else str(value)


@pytest.fixture(scope="module")
def leads() -> Analytics:
    return Analytics(worked_leads.SOURCE, worked_leads.AS_OF)


@pytest.mark.parametrize("case", worked_leads.CASES, ids=lambda case: case.name)
def test_a_lead_has_the_stages_worked_out(leads: Analytics, case: worked_leads.Case) -> None:
    lead = leads.understood.leads[case.name]
    assert text(lead.contacted_on) == case.contacted_on
    assert text(lead.interested_on) == case.interested_on
    assert text(lead.converted_on) == case.converted_on
    assert lead.is_undated == case.is_undated
    assert text(lead.answered_on) == case.answered_on
    assert lead.response_on(worked_leads.AS_OF) == case.response
    assert lead.is_waiting_on(worked_leads.AS_OF) == case.is_waiting


@pytest.mark.parametrize("case", worked_leads.CASES, ids=lambda case: case.name)
def test_a_lead_gives_the_numbers_worked_out(leads: Analytics, case: worked_leads.Case) -> None:
    kpis = leads.kpis(case.name)["kpis"]
    assert tuple(leads.funnel(case.name)["funnel"].values()) == (1, *case.funnel)
    assert str(kpis["totalRevenue"]) == case.revenue
    assert kpis["conversionsBooked"] == case.booked
    assert text(kpis["responseTimeHours"]) == case.hours
    assert text(kpis["satisfactionScore"]) == case.satisfaction
    times = leads.response_times(case.name)
    assert times["unresponded"] == (case.response == "unresponded")
    assert times["inherited"] == (case.response == "inherited")
    assert times["waiting"] == case.is_waiting


@pytest.mark.parametrize(("disposition", "is_won"), worked_leads.WORDS)
def test_dispositions_are_compared_by_their_letters(disposition: str, is_won: bool) -> None:
    lead: dict[str, str | None] = {
        "id": "L",
        "created_at": "2024-03-10T09:00:00Z",
        "assigned_agent_id": "ana",
        "disposition": disposition,
    }
    source = Source([lead], [])
    assert Analytics(source, date(2024, 3, 31)).funnel("ana")["funnel"]["converted"] == is_won


@pytest.mark.parametrize("case", worked_periods.CASES, ids=str)
def test_a_period_is_compared_as_worked_out(case: worked_periods.Case) -> None:
    analytics = Analytics(worked_periods.SOURCE, case.as_of, through=case.through)
    which: dict[str, Any] = {"date_range": case.which}
    if isinstance(case.which, tuple):
        which = dict(zip(("start", "end"), case.which, strict=True))
    found = analytics.kpis("kim", **which, compare=case.compare)
    names = ("from", "to", "compareFrom", "compareTo")
    dates = dict(zip(names, case.period, strict=True))
    assert found["period"] == dates | {"through": case.through.isoformat()}
    assert found["kpis"] == found["kpis"] | case.kpis
    for name, trend in case.trends.items():
        detail = found["trendDetails"][name]
        change = text(detail["change"])
        assert (detail["current"], detail["previous"], change, detail["reason"]) == trend, name


def ranked(*wins: int, leads: int = 5, day: str = "2024-03-10") -> list[dict[str, str | None]]:
    """Leads of the agents a, b, ...: so many of each, and so many of these won."""
    return [
        {
            "id": f"{agent}{place}-{day}",
            "created_at": f"{day}T09:00:00Z",
            "assigned_agent_id": agent,
            "disposition": "won" if place < won else "open",
        }
        for agent, won in zip("abcdef", wins, strict=False)
        for place in range(leads)
    ]


def standing(rows: list[dict[str, str | None]], agent: str) -> tuple[Any, ...]:
    found = Analytics(Source(rows, []), date(2024, 3, 31)).ranking(agent)
    return found["rank"], found["totalAgents"], found["change"], found["reason"]


def test_ranks_need_five_leads_and_two_agents() -> None:
    rows = ranked(1, 2, 2, 0)
    assert [standing(rows, agent) for agent in "abcd"] == [
        (3, 4, None, None),
        (1, 4, None, None),
        (1, 4, None, None),
        (4, 4, None, None),
    ]
    assert standing(rows[:-1], "d") == (None, 3, None, "too_few_leads")
    assert standing(rows[:5], "a") == (None, 0, None, "too_few_agents")
    assert standing(rows[:9], "a") == (None, 0, None, "too_few_agents")
    assert standing(rows[:9], "b") == (None, 0, None, "too_few_leads")


def test_the_change_of_a_rank_needs_one_on_both_sides() -> None:
    # In the 30 days before, a was ahead of b, and c had four leads.
    before = ranked(2, 1, 4, day="2024-02-10")
    rows = [*ranked(1, 2, 3), *before[:-1]]
    assert standing(rows, "a") == (3, 3, -2, None)
    assert standing(rows, "c") == (1, 3, None, None)


@pytest.mark.parametrize("case", worked_hours.CASES, ids=lambda case: case.name)
def test_open_hours_are_those_worked_out(case: worked_hours.Case) -> None:
    lead: dict[str, str | None] = {
        "id": "L",
        "created_at": case.created,
        "assigned_agent_id": case.agent,
        "contacted_at": case.contacted,
    }
    as_of = date.fromisoformat(case.contacted[:10])
    analytics = Analytics(Source([lead], []), as_of, business_hours=worked_hours.HOURS)
    (found,) = analytics.leads
    assert Decimal(found.microhours) / 10**6 == case.elapsed
    assert found.business_microhours is not None
    assert Decimal(found.business_microhours) / 10**6 == case.open


def test_a_clock_of_over_400_days_has_no_open_hours() -> None:
    lead = {"id": "L", "created_at": "2023-01-01T00:00:00Z", "assigned_agent_id": "alma"}
    for hours, is_defined in (("9600", True), ("9600.000001", False)):
        source = Source([{**lead, "response_time_hours": hours}], [])
        (found,) = Analytics(source, date(2024, 3, 31), business_hours=worked_hours.HOURS).leads
        assert (found.business_microhours is not None) == is_defined
        assert found.response == "responded"


def test_money_is_that_worked_out_in_the_currency_served() -> None:
    log: list[dict[str, str | None]] = []
    for place, (day, revenue, currency, _, _) in enumerate(worked_money.CASES):
        code = "" if currency is None else f', "currency": "{currency}"'
        log.append(
            {
                "agent_id": f"agent {place}",
                "lead_id": f"L{place}",
                "activity_type": "conversion",
                "timestamp": f"{day}T12:00:00Z",
                "metadata": f'{{"revenue": {revenue}{code}}}',
            }
        )
    settings: dict[str, Any] = {"currency": worked_money.CURRENCY, "rates": worked_money.RATES}
    each = Analytics(Source([], log), worked_money.AS_OF, **settings)
    for place, (day, _, _, amount, is_booked) in enumerate(worked_money.CASES):
        row = each.daily()[f"agent {place}", date.fromisoformat(day)]
        assert (str(row["revenue_generated"]), row["conversions_booked"]) == (amount, is_booked)
    together = [{**row, "agent_id": "mia"} for row in log]
    analytics = Analytics(Source([], together), worked_money.AS_OF, **settings)
    kpis = analytics.kpis("mia")["kpis"]
    assert str(kpis["totalRevenue"]) == worked_money.TOTAL_REVENUE
    assert kpis["conversionsBooked"] == worked_money.CONVERSIONS_BOOKED
    assert analytics.quality()["revenues_without_rate"] == worked_money.WITHOUT_RATE


def test_without_a_currency_amounts_stay_as_they_are_logged() -> None:
    sale = '{"revenue": 100, "currency": "USD"}'
    log: list[dict[str, str | None]] = [
        {
            "agent_id": "mia",
            "lead_id": None,
            "activity_type": "conversion",
            "timestamp": (date(2024, 3, 20) + timedelta(days=place)).isoformat(),
            "metadata": metadata,
        }
        for place, metadata in enumerate((sale, sale.replace("USD", "eur")))
    ]
    analytics = Analytics(Source([], log), worked_money.AS_OF)
    assert str(analytics.kpis("mia")["kpis"]["totalRevenue"]) == "200.00"
    assert analytics.quality()["currencies"] == 2
