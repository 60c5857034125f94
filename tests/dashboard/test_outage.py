"""The page explains missing data, outages of warehouse and network, and the rate limit."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate

import psycopg
import pytest
from playwright.sync_api import Route, expect
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.support.clients.browser_visit import NARROW, WIDE, Visits
from tests.support.servers.api_server import serving, settings, token
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-003"
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW])


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """The database at `url` ends all its sessions and takes no new ones."""
    name = str(conninfo_to_dict(url)["dbname"])
    allow = sql.SQL("alter database {} with allow_connections {}").format
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        connection.execute(allow(sql.Identifier(name), sql.SQL("false")))
        try:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
            )
            yield
        finally:
            connection.execute(allow(sql.Identifier(name), sql.SQL("true")))


@pytest.mark.parametrize(("agent", "size"), [("agent-006", WIDE), ("agent-007", NARROW)])
def test_with_the_warehouse_stopped_the_numbers_stay_and_are_called_stale(
    deployment: Deployment, visits: Visits, agent: str, size: tuple[int, int]
) -> None:
    visit = visits.signed_in(agent, size=size)
    revenue = visit.card("Revenue").locator(".card-value").inner_text()
    refresh = visit.page.get_by_role("button", name="Refresh")
    banner = visit.page.locator(".notices")
    with stopped(deployment.databases.warehouse):
        refresh.click()
        expect(banner).to_contain_text("These numbers are stale.")
        expect(visit.page.locator(".freshness")).to_contain_text("stale")
        expect(visit.card("Revenue").locator(".card-value")).to_have_text(revenue)
        visit.picture("stale")
        visit.page.get_by_label("7 days").check(force=True)
        expect(visit.page.locator(".funnel")).to_contain_text("Warehouse unavailable.")
        visit.picture("unavailable")
    expect(banner).not_to_contain_text("stale", timeout=60_000)
    visit.settled()


@BOTH
def test_without_a_network_the_page_says_so_and_recovers(
    visits: Visits, size: tuple[int, int]
) -> None:
    visit = visits.signed_in(AGENT, size=size)
    visit.context.set_offline(True)
    visit.page.get_by_role("button", name="Refresh").click()
    expect(visit.page.locator(".notices")).to_contain_text("No connection.")
    expect(visit.card("Leads").locator(".card-value")).to_be_visible()
    visit.picture("offline")
    visit.context.set_offline(False)
    expect(visit.page.locator(".notices")).not_to_contain_text("No connection.")


@BOTH
def test_too_many_requests_are_waited_out(
    deployment: Deployment, visits: Visits, size: tuple[int, int]
) -> None:
    with serving(settings(api_rate_limit=1), deployment.databases) as patient:
        visit = visits.window(size, api=patient)
        visit.sign_in(token(AGENT))
        expect(visit.page.get_by_text("Too many requests at once.").first).to_be_visible()
        visit.picture("too-many-requests")
        expect(visit.page.get_by_text("Too many requests at once.")).to_have_count(
            0, timeout=60_000
        )
        visit.page.close()  # the server waits for the page's connections when it ends


def test_a_time_to_come_back_may_be_a_date(visits: Visits) -> None:
    visit = visits.window()
    refused: list[Route] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.fallback()
            return
        refused.append(route)
        later = formatdate(time.time() + 2, usegmt=True)
        route.fulfill(status=503, headers={"Retry-After": later}, json={"error": "Busy elsewhere"})

    visit.page.route("**/agent/analytics/insights", refuse_once)
    with visit.page.expect_response(
        lambda answer: answer.url.endswith("/insights") and answer.status == 200
    ):
        visit.sign_in(token(AGENT))
    visit.settled()
    assert len(visit.requests_to("analytics/insights")) == 2


@BOTH
def test_an_agent_without_data_sees_an_explanation(visits: Visits, size: tuple[int, int]) -> None:
    visit = visits.signed_in("agent-of-tomorrow", size=size)
    for panel, text in (
        (".funnel", "No leads in this period."),
        (".sources", "No leads and no revenue in this period."),
        (".rank", "Not ranked: too few leads in this period."),
        (".response", "No leads to answer in this period."),
        (".goals", "No goal is set"),
        (".timeline", "Nothing of this kind yet."),
        (".next", "No change of your numbers"),
    ):
        expect(visit.page.locator(panel)).to_contain_text(text)
    expect(visit.card("Conversion rate")).to_contain_text("No data in these days")
    visit.picture("empty", is_whole=True)


@BOTH
def test_what_has_not_arrived_yet_is_outlined(
    deployment: Deployment, visits: Visits, size: tuple[int, int]
) -> None:
    visit = visits.window(size)
    held: list[Route] = []
    visit.page.route("**/agent/**", lambda route: held.append(route))
    visit.sign_in(token(AGENT))
    expect(visit.page.locator(".skeleton").first).to_be_visible()
    visit.picture("loading")
    visit.page.unroute("**/agent/**")
    visit.settled()
