"""The page sends few requests: one per panel, and conditional ones after that."""

import pytest
from playwright.sync_api import Request, expect

from tests.support.clients.browser_visit import Visits
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"
PANELS = {
    "analytics/kpis?dateRange=30",
    "analytics/funnel?dateRange=30",
    "analytics/lead-sources?dateRange=30",
    "analytics/ranking?dateRange=30",
    "analytics/response-times?dateRange=30",
    "analytics/revenue-trends?period=daily&dateRange=30",
    "analytics/insights",
    "analytics/activities?filter=all&limit=25",
    "analytics/activities/stream",
    "goals",
}
NOT_BUILT = ("activities",)


def routes(requests: list[Request]) -> list[str]:
    return [request.url.split("/agent/")[1] for request in requests if "/agent/" in request.url]


def test_opening_asks_once_for_each_panel(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    expect(visit.page.locator("[data-activity]").first).to_be_visible()
    first = [route for route in routes(visit.requests) if "cursor=" not in route]
    assert sorted(first) == sorted(PANELS)


def test_asking_again_is_answered_by_not_modified(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    visit.requests.clear()
    visit.page.get_by_role("button", name="Refresh").click()
    visit.settled()
    again = [
        request for request in visit.requests_to("analytics") if "activities" not in request.url
    ]
    assert len(again) == 7
    for request in again:
        assert request.headers["if-none-match"].startswith('"')
        answer = request.response()
        assert answer is not None
        assert answer.status == 304


def test_panels_of_an_older_build_follow_the_newest(deployment: Deployment, visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    build = visit.page.locator(".build").inner_text()
    visit.requests.clear()
    deployment.log("agent-009", "conversion", "A sale of somebody else", '{"revenue": 1}')
    deployment.refresh()
    expect(visit.page.locator(".build")).not_to_have_text(build)
    visit.settled()
    followed = {route for route in PANELS if not any(name in route for name in NOT_BUILT)}
    assert set(routes(visit.requests)) >= followed
    assert len([route for route in routes(visit.requests) if "funnel" in route]) == 1
