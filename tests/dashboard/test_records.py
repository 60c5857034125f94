"""A number opens as many records as it counts, and every list can be saved as CSV."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.clients.browser_visit import NARROW, WIDE, Visit, Visits
from tests.support.servers.api_server import token
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"


def opened(visit: Visit) -> tuple[int, int]:
    """Returns the dialog's text and number of rows; closes it."""
    dialog = visit.page.get_by_role("dialog")
    rows = dialog.locator("tbody tr")
    expect(rows.first).to_be_visible()
    said = int(dialog.get_by_text("in all, newest first").inner_text().split()[0])
    count = rows.count()
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    return said, count


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_numbers_open_as_many_records_as_they_say(visits: Visits, size: tuple[int, int]) -> None:
    visit = visits.signed_in(AGENT, size=size)
    buttons = [
        visit.card("Leads").get_by_role("button"),
        *visit.page.locator(".funnel tbody").get_by_role("button").all(),
        *visit.page.locator(".sources tbody tr td:nth-of-type(1)").get_by_role("button").all(),
        visit.page.locator(".response .bars tbody tr").last.get_by_role("button"),
    ]
    for button in buttons:
        number = int(button.inner_text())
        button.click()
        assert opened(visit) == (number, number)
    visit.card("Revenue").get_by_role("button").click()
    expect(visit.page.get_by_role("dialog").locator("tbody tr").first).to_be_visible()
    visit.picture("records")


def test_the_revenue_is_the_sum_of_its_records(deployment: Deployment, visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    visit.card("Revenue").get_by_role("button").click()
    cells = visit.page.get_by_role("dialog").locator("tbody td:nth-of-type(2)")
    expect(cells.first).to_be_visible()
    cents = [round(float(text.replace(",", "")) * 100) for text in cells.all_inner_texts()]
    kpis = deployment.answer("analytics/kpis?dateRange=30", AGENT)["kpis"]
    assert sum(cents) == round(kpis["totalRevenue"] * 100)


def test_the_records_of_one_agent_close_when_another_signs_in(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    visit.card("Leads").get_by_role("button").click()
    expect(visit.page.get_by_role("dialog").locator("tbody tr").first).to_be_visible()
    visit.sign_in(token("agent-005"))
    visit.settled()
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("panel", "route"),
    [
        (".sources", "analytics/lead-sources?dateRange=30"),
        (".revenue", "analytics/revenue-trends?period=daily&dateRange=30"),
        (".timeline", "analytics/activities?filter=all&limit=100"),
    ],
)
def test_a_list_is_saved_as_the_csv_of_the_api(
    deployment: Deployment, visits: Visits, tmp_path: Path, panel: str, route: str
) -> None:
    visit = visits.signed_in(AGENT)
    with visit.page.expect_download() as download:
        visit.page.locator(panel).get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    saved = tmp_path / "saved.csv"
    download.value.save_as(saved)
    answer = deployment.api.get(f"/agent/{route}", AGENT, headers={"Accept": "text/csv"})
    assert saved.read_bytes() == answer.content
