"""Every number on the page is the API's, in the browser's locale, for every period and bucket."""

from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

import pytest
from playwright.sync_api import expect

from config.periods import periods
from tests.support.clients.browser_visit import Visit, Visits
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"
PERIODS = periods().periods
STAGES = ("assigned", "contacted", "interested", "converted")
DASH = "–"  # noqa: RUF001


def written(value: float | None, decimals: int, unit: str = "", *, signed: bool = False) -> str:
    """As en-US writes it."""
    if value is None:
        return DASH
    sign = "+" if signed and value > 0 else ""
    return f"{sign}{value:,.{decimals}f}{unit}"


def count(value: float | None) -> str:
    return written(value, 0)


def money(value: float | None) -> str:
    return written(value, 2)


def percent(value: float | None) -> str:
    return written(value, 1, "%")


def hours(value: float | None) -> str:
    return written(value, 1, "h")


def assert_cards(visit: Visit, kpis: dict[str, Any]) -> None:
    values, trends = kpis["kpis"], kpis["trendDetails"]
    for name, value, note, trend, form in (
        ("Revenue", money(values["totalRevenue"]), "", trends["revenue"], money),
        (
            "Leads",
            count(values["leadsHandled"]),
            f"{count(values['leadsThisWeek'])} this week",
            trends["leads"],
            count,
        ),
        (
            "Conversion rate",
            percent(values["conversionRate"]),
            "of the leads",
            trends["conversion"],
            percent,
        ),
        (
            "Response time",
            hours(values["responseTimeHours"]),
            f"mean; median {hours(values['responseTimeMedianHours'])}",
            trends["response"],
            hours,
        ),
        (
            "Satisfaction",
            written(values["satisfactionScore"], 1),
            f"of 5, {count(values['satisfactionCount'])} rating",
            trends["satisfaction"],
            lambda value: written(value, 1),
        ),
        (
            "Team rank",
            count(values["teamRanking"]),
            "named periods only"
            if values["totalAgents"] is None
            else f"of {count(values['totalAgents'])}",
            trends["ranking"],
            count,
        ),
    ):
        card = visit.card(name)
        expect(card.locator(".card-value")).to_have_text(value)
        expect(card.locator(".card-note")).to_contain_text(note)
        expect(card.locator(".trend")).to_have_text(trend_text(trend))
        if trend["change"] is not None:
            expect(card.locator(".before")).to_contain_text(f"before: {form(trend['previous'])}")


NO_MONTH_CHANGE = {
    "no_complete_day": "No complete day of this month yet",
    "partial_history": "so there is nothing fair to compare with",
    "previous_zero": "Nothing earned in as many days",
}
MISSING = {
    "no_complete_day": "No complete day to compare yet",
    "partial_history": (
        "You started after the earlier days began, so there is nothing fair to compare with"
    ),
    "undated": "Too many conversions without a date",
    "named_periods_only": "Not compared",
    "previous_zero": "0 in the earlier days",
}


def trend_text(trend: dict[str, Any]) -> str:
    change = trend["change"]
    if change is None:
        which = "these" if trend["current"] is None else "the earlier"
        return MISSING.get(trend["reason"], f"No data in {which} days")
    if trend["unit"] == "places":
        places = "place" if abs(change) == 1 else "places"
        words = {True: "up", False: "down", None: "no change"}
        return f"{written(change, 0, signed=True)} {places} {words[trend['better']]}"
    words = {True: "better", False: "worse", None: "no change"}
    word = words[trend["better"]] if trend["isNotable"] or change == 0 else "within chance"
    return f"{written(change, 1, '%', signed=True)} {word}"


def test_the_cards_and_panels_show_the_numbers_of_each_period(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    for period in (*PERIODS[::-1], *PERIODS):
        visit.page.get_by_label(period.label, exact=True).check(force=True)
        query = f"?dateRange={period.name}"
        assert_cards(visit, deployment.answer(f"analytics/kpis{query}", AGENT))
        assert_funnel(visit, deployment.answer(f"analytics/funnel{query}", AGENT))
        assert_sources(visit, deployment.answer(f"analytics/lead-sources{query}", AGENT))
        assert_rank(visit, deployment.answer(f"analytics/ranking{query}", AGENT))
        assert_responses(visit, deployment.answer(f"analytics/response-times{query}", AGENT))


def assert_funnel(visit: Visit, body: dict[str, Any]) -> None:
    stages, of_all, of_previous = body["funnel"], body["conversionRates"], body["ofPrevious"]
    if stages["assigned"] == 0:  # on the first day of a month, of its `mtd`
        expect(visit.page.locator(".funnel")).to_contain_text("No leads in this period.")
        return
    rates = ("contactRate", "interestRate", "conversionRate")
    cells = [
        count(stages["assigned"]),
        "",
        "",
        *(
            text
            for stage, rate in zip(STAGES[1:], rates, strict=True)
            for text in (count(stages[stage]), percent(of_all[rate]), percent(of_previous[rate]))
        ),
    ]
    expect(visit.page.locator(".funnel tbody td")).to_have_text(cells)


def assert_sources(visit: Visit, body: dict[str, Any]) -> None:
    if not body["sources"]:
        expect(visit.page.locator(".sources")).to_contain_text("No leads and no revenue")
        return
    names = [source["source"] for source in body["sources"]]
    expect(visit.page.locator(".sources .bar-name")).to_have_text(names)
    cells = [
        text
        for source in body["sources"]
        for text in (
            count(source["count"]),
            percent(source["conversionRate"]),
            money(source["revenue"]),
        )
    ]
    expect(visit.page.locator(".sources tbody td")).to_have_text(cells)


def assert_rank(visit: Visit, body: dict[str, Any]) -> None:
    if body["rank"] is None:
        expect(visit.page.locator(".rank")).to_contain_text("Not ranked: too few")
        return
    place = visit.page.locator(".place")
    expect(place).to_contain_text(f"{count(body['rank'])} of {count(body['totalAgents'])}")
    shares = []
    for name, part in body["components"].items():
        shares.append(percent(100 * body["weights"][name]))
        shares.append(DASH if part is None else percent(100 * part))
    shares += ["", percent(100 * body["score"])]
    expect(visit.page.locator(".rank tbody td")).to_have_text(shares)
    changes = [change for change in body["oneMore"].values() if change is not None]
    expect(visit.page.locator(".rank .one-more li")).to_have_count(len(changes))


def assert_responses(visit: Visit, body: dict[str, Any]) -> None:
    if body["mean"] is None and body["unresponded"] == 0:
        expect(visit.page.locator(".response")).to_contain_text("No leads to answer")
        return
    figures = [hours(body["mean"]), hours(body["median"]), hours(body["p90"])]
    expect(visit.page.locator(".response .figures dd")).to_have_text(figures)
    counts = [count(bucket["count"]) for bucket in body["buckets"]]
    cells = visit.page.locator(".response .bars tbody td")
    expect(cells).to_have_text([*counts, count(body["unresponded"])])
    series = [
        hours(point[name])
        for point in body["rolling"]
        for name in ("rolling7dHours", "rolling30dHours")
    ]
    expect(visit.page.locator(".response .as-table td")).to_have_text(series)


def assert_revenue(visit: Visit, body: dict[str, Any]) -> None:
    """Each bucket stands next to the earlier one of its position."""
    pairs = zip_longest(body["data"], body["previous"][: len(body["data"])])
    cells = [money(bucket and bucket["revenue"]) for pair in pairs for bucket in pair]
    expect(visit.page.locator(".revenue .as-table td")).to_have_text(cells)


def test_the_revenue_shows_each_bucket_and_the_best_day(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    for period, label in (("monthly", "Months"), ("weekly", "Weeks"), ("daily", "Days")):
        visit.page.get_by_label(label, exact=True).check(force=True)
        query = f"period={period}&dateRange=30"
        body = deployment.answer(f"analytics/revenue-trends?{query}", AGENT)
        assert_revenue(visit, body)
        insights = body["insights"]
        expect(visit.page.locator(".hero-number")).to_have_text(money(insights["monthTotal"]))
        change = written(insights["monthChange"], 1, "%", signed=True)
        if insights["monthChange"] is None:
            change = NO_MONTH_CHANGE[insights["monthChangeReason"]]
        expect(visit.page.locator(".hero-change")).to_contain_text(change)
        best = insights["bestDay"]["revenue"]
        expect(visit.page.locator(".best-day")).to_contain_text(money(best))


def test_dates_of_ones_choice_are_shown_and_compared_with_either_earlier_period(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    as_of = date.fromisoformat(deployment.answer("analytics/kpis", AGENT)["meta"]["asOf"])
    first, last = (as_of - timedelta(days=days) for days in (24, 5))
    visit.page.get_by_label("From", exact=True).fill(str(first))
    visit.page.get_by_label("to", exact=True).fill(str(last))
    visit.page.get_by_role("button", name="Show", exact=True).click()
    dates = f"from={first}&to={last}"
    for label, compare in (("A year earlier", "&compare=year"), ("Earlier period", "")):
        visit.page.get_by_label(label, exact=True).check(force=True)
        query = f"?{dates}{compare}"
        kpis = deployment.answer(f"analytics/kpis{query}", AGENT)
        assert_cards(visit, kpis)
        assert_funnel(visit, deployment.answer(f"analytics/funnel{query}", AGENT))
        assert_sources(visit, deployment.answer(f"analytics/lead-sources{query}", AGENT))
        assert_responses(visit, deployment.answer(f"analytics/response-times{query}", AGENT))
        revenue = f"analytics/revenue-trends{query}&period=daily"
        assert_revenue(visit, deployment.answer(revenue, AGENT))
        compared = kpis["period"]["compareFrom"]
        expect(visit.page.locator(".period-dates")).to_contain_text(str(int(compared[-2:])))
    expect(visit.page.locator(".rank")).to_contain_text("Ranks exist for the named periods")
    visit.picture("free-dates")

    visit.card("Leads").get_by_role("button").click()
    records = deployment.answer(f"analytics/records?metric=leads&{dates}", AGENT)
    expect(visit.page.get_by_role("dialog")).to_contain_text(f"{count(records['count'])} in all")
    visit.page.keyboard.press("Escape")

    visit.page.reload()
    visit.settled()
    expect(visit.page.get_by_label("From", exact=True)).to_have_value(str(first))
    visit.page.get_by_label("30 days", exact=True).check(force=True)
    assert_cards(visit, deployment.answer("analytics/kpis?dateRange=30", AGENT))


def test_dates_in_the_wrong_order_are_not_requested(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    last = visit.page.get_by_label("to", exact=True)
    visit.page.get_by_label("From", exact=True).fill(last.input_value())
    last.fill(str(date.fromisoformat(last.input_value()) - timedelta(days=1)))
    visit.requests.clear()
    visit.page.get_by_role("button", name="Show", exact=True).click()
    expect(visit.page.locator(".free-dates")).to_contain_text("before the first")
    assert not visit.requests_to("analytics/kpis")
