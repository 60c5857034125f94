"""`/docs` shows the API's routes and tries them, without requests to other origins."""

import pytest
from playwright.sync_api import expect

from tests.support.clients.browser_visit import Visits
from tests.support.servers.api_server import token
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"


def test_a_route_is_tried_with_a_token_without_foreign_requests(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.window()
    visit.page.goto(f"{visit.api.url}/docs")
    page = visit.page
    page.get_by_role("button", name="Authorize").click()
    page.get_by_label("auth-bearer-value").fill(token(AGENT))
    page.locator(".auth-btn-wrapper").get_by_role("button", name="Apply").click()
    page.get_by_role("button", name="Close", exact=True).click()
    ranking = page.locator(".opblock", has_text="/agent/analytics/ranking")
    ranking.locator(".opblock-summary-control").click()
    ranking.get_by_role("button", name="Try it out").click()
    ranking.get_by_role("button", name="Execute").click()
    answer = deployment.answer("analytics/ranking", AGENT)
    expect(ranking.locator(".live-responses-table")).to_contain_text(f'"score": {answer["score"]}')
    own = f"{visit.api.url}/"
    assert [
        request.url for request in visit.requests if not request.url.startswith((own, "data:"))
    ] == []
