"""The page is accessible: WCAG 2.2 AA by axe, keyboard, small screens, any locale."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from dashboard.build import MODULES
from tests.support.clients.browser_visit import NARROW, WIDE, Visits
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"
VIENNA = ZoneInfo("Europe/Vienna")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[dict[str, Any]]:
    """Returns the violations that axe finds on the current page."""
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        {"id": each["id"], "nodes": [node["html"] for node in each["nodes"]]}
        for each in found["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_axe_finds_nothing_wrong(visits: Visits, size: tuple[int, int], scheme: Any) -> None:
    visit = visits.signed_in(AGENT, size=size, scheme=scheme)
    assert violations(visit.page) == []
    visit.picture(f"overview-{scheme}", is_whole=True)
    visit.page.get_by_role("button", name="Set goals").click()
    assert violations(visit.page) == []
    if scheme == "light":
        visit.picture("set-goals")
    visit.page.keyboard.press("Escape")
    visit.card("Leads").get_by_role("button").click()
    expect(visit.page.locator("dialog tbody tr").first).to_be_visible()
    assert violations(visit.page) == []
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="What the numbers mean").click()
    expect(visit.page.locator("dialog dt").first).to_be_visible()
    assert violations(visit.page) == []
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    assert violations(visit.page) == []


def test_the_period_the_records_and_the_way_back_need_the_keyboard_alone(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    page = visit.page
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the numbers")).to_be_focused()
    page.get_by_role("radio", name="30 days").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="90 days")).to_be_checked()
    expect(page.locator(".period-dates")).to_contain_text("complete days compared with")
    visit.settled()
    number = visit.card("Leads").get_by_role("button")
    number.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(number).to_be_focused()


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
def test_no_width_makes_the_page_scroll_sideways(visits: Visits, width: int) -> None:
    visit = visits.signed_in(AGENT, size=(width, 800))
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width


def test_a_switch_of_colours_holds_over_a_reload(visits: Visits) -> None:
    visit = visits.signed_in(AGENT, scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = visit.page.evaluate(ground)
    visit.page.get_by_role("button", name="Use dark colours").click()
    dark = visit.page.evaluate(ground)
    assert dark != light
    visit.page.reload()
    visit.settled()
    assert visit.page.evaluate(ground) == dark
    expect(visit.page.get_by_role("button", name="Use light colours")).to_be_visible()


def test_numbers_and_dates_are_written_as_in_the_browsers_locale(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT, locale="de-DE")
    body = deployment.answer("analytics/kpis?dateRange=30", AGENT)
    kpis = body["kpis"]
    english = f"{kpis['totalRevenue']:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    expect(visit.card("Revenue").locator(".card-value")).to_have_text(german)
    rate = f"{kpis['conversionRate']:.1f}".replace(".", ",")
    expect(visit.card("Conversion rate").locator(".card-value")).to_have_text(f"{rate}\u00a0%")
    expect(visit.page.locator(".freshness")).to_contain_text("Europe/Vienna")
    through = datetime.fromisoformat(body["meta"]["dataThrough"]).astimezone(VIENNA)
    expect(visit.page.locator(".freshness")).to_contain_text(f"{through.day}. ")


def test_a_chart_is_a_table_too(deployment: Deployment, visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    visit.page.locator(".revenue").get_by_text("As a table").click()
    days = deployment.answer("analytics/revenue-trends?period=daily&dateRange=30", AGENT)["data"]
    table = visit.page.locator(".revenue").get_by_role("table", name="Revenue by day, 30 days")
    expect(table.locator("tbody tr")).to_have_count(len(days))
