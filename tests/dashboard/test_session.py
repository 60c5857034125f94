"""The token comes by fragment or by hand, is sent only in the header, and expires on time."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.support.clients.browser_visit import NARROW, WIDE, Visits
from tests.support.servers.api_server import token
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"
SIGN_IN = "Access token"


def kept_by_the_browser(page: Page) -> str:
    return str(page.evaluate("JSON.stringify({...localStorage}) + document.cookie + location.href"))


def test_the_links_token_is_removed_from_the_address_immediately(
    visits: Visits,
) -> None:
    visit = visits.window()
    bearer = token(AGENT)
    visit.sign_in(bearer)
    visit.settled()
    assert visit.page.url == f"{visit.api.url}/"
    assert bearer not in kept_by_the_browser(visit.page)
    assert [request.url for request in visit.requests if bearer in request.url] == []
    assert {request.url.split("/")[2] for request in visit.requests} == {
        visit.api.url.removeprefix("http://")
    }
    visit.page.reload()
    visit.settled()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_pasted_token_signs_in_and_signing_out_forgets_it(
    visits: Visits, size: tuple[int, int]
) -> None:
    visit = visits.window(size)
    visit.page.goto(visit.api.url)
    expect(visit.page.get_by_label(SIGN_IN)).to_be_focused()
    visit.picture("sign-in")
    visit.page.get_by_label(SIGN_IN).fill(f"Bearer {token(AGENT)}\n")
    visit.page.keyboard.press("Enter")
    visit.settled()
    expect(visit.page.get_by_text(AGENT)).to_be_visible()
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_role("alert")).to_contain_text("You are signed out.")
    assert visit.page.evaluate("sessionStorage.length") == 0
    visit.page.reload()
    expect(visit.page.get_by_label(SIGN_IN)).to_be_visible()


@pytest.mark.parametrize(
    ("bearer", "reason"),
    [
        ("no token at all", "That token is not accepted here"),
        ("eyJhbGciOiJIUzI1NiJ9.e30.Ł", "That token is not accepted here"),
        (token(AGENT, exp=int(time.time()) - 60), "Your token has expired"),
        (token(AGENT, role="manager"), "but not an agent's"),
    ],
)
def test_a_rejected_token_gets_a_reason(visits: Visits, bearer: str, reason: str) -> None:
    visit = visits.window()
    visit.page.goto(visit.api.url)
    visit.page.get_by_label(SIGN_IN).fill(bearer)
    visit.page.get_by_role("button", name="Show my numbers").click()
    expect(visit.page.get_by_role("alert")).to_contain_text(reason)
    assert visit.page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_an_expiring_token_is_announced_and_then_requested_again(
    visits: Visits, size: tuple[int, int]
) -> None:
    visit = visits.window(size)
    visit.sign_in(token(AGENT, exp=int(time.time()) + 20))
    expect(visit.page.locator(".notices")).to_contain_text("expires within five minutes")
    expect(visit.page.get_by_role("alert")).to_contain_text("Your token has expired")
    expect(visit.page.locator("[data-kpi]")).to_have_count(0)
    visit.picture("expired")
    visit.sign_in(token(AGENT))
    visit.settled()


def test_another_agents_link_in_the_same_tab_shows_that_agents_numbers(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    visit.sign_in(token("agent-005"))
    expect(visit.page.get_by_text("agent-005")).to_be_visible()
    leads = deployment.answer("analytics/kpis?dateRange=30", "agent-005")["kpis"]["leadsHandled"]
    expect(visit.card("Leads").locator(".card-value")).to_have_text(f"{leads:,}")
