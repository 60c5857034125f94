"""Answers are reused by entity tag and by the cache of one build, until the next build."""

import threading

import psycopg
import pytest

from tests.support.servers.api_server import ROUTES, Api, fill, publish_build, serving, settings
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"
SOURCES = "/agent/analytics/lead-sources"


@pytest.mark.parametrize("route", ROUTES)
def test_an_answer_is_private_and_tagged(api: Api, route: str) -> None:
    answer = api.get(route)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Authorization, Accept"
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Content-Type"] == "application/json"


def test_a_held_answer_is_304_without_a_body(api: Api) -> None:
    tag = api.get(KPIS).headers["ETag"]
    for held in (tag, f"W/{tag}", f'"other", W/{tag}', "*", f'"a,b",{tag}'):
        answer = api.get(KPIS, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Authorization, Accept"
    for other in ('"other"', tag.strip('"'), "", "**"):
        assert api.get(KPIS, headers={"If-None-Match": other}).status_code == 200


def test_a_tag_is_compared_after_authentication(api: Api) -> None:
    assert api.anonymous(KPIS, headers={"If-None-Match": "*"}).status_code == 401
    foreign = api.get(f"{KPIS}?agentId=agent-2", headers={"If-None-Match": "*"})
    assert foreign.status_code == 403
    invalid = api.get(f"{KPIS}?dateRange=8", headers={"If-None-Match": "*"})
    assert invalid.status_code == 422


def test_a_tag_differs_by_agent_route_parameters_and_media_type(api: Api) -> None:
    answers = [
        api.get(KPIS),
        api.get(KPIS, params={"dateRange": "7"}),
        api.get(KPIS, agent="agent-2"),
        api.get(SOURCES),
        api.get(SOURCES, headers={"Accept": "text/csv"}),
    ]
    assert len({answer.headers["ETag"] for answer in answers}) == 5
    assert (
        api.get(KPIS, params={"dateRange": "30", "agentId": "agent-1"}).headers["ETag"]
        == api.get(KPIS).headers["ETag"]
    )


def leads_handled(api: Api) -> int:
    return int(api.get(KPIS).json()["kpis"]["leadsHandled"])


def set_leads_handled(url: str, leads: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "update serving.agent_kpis set leads_handled = %s where agent_id = 'agent-1'", [leads]
        )


def test_an_answer_is_cached_until_a_new_build_is_published(
    databases: Databases, watching: threading.Event
) -> None:
    fill(databases.warehouse)
    with serving(settings(), databases) as api:
        assert watching.wait(PATIENCE)
        first = api.get(KPIS)
        assert leads_handled(api) == 47
        set_leads_handled(databases.warehouse, 48)
        assert leads_handled(api) == 47
        build_id = publish_build(databases.warehouse)
        wait_until(lambda: leads_handled(api) == 48)
        second = api.get(KPIS, headers={"If-None-Match": first.headers["ETag"]})
        assert second.status_code == 200
        assert second.json()["meta"]["buildId"] == build_id


def refreshed(url: str, ago: str) -> None:
    """A refresh that long ago, which has confirmed the served build."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "update serving.refreshes set refreshed_at = now() - %s::interval", [ago]
        )
        connection.execute("notify serving_build")


def test_a_refresh_without_a_new_build_renews_stale_in_cached_answers(
    databases: Databases, watching: threading.Event
) -> None:
    fill(databases.warehouse)
    with serving(settings(analytics_stale_after="2h"), databases) as api:
        assert watching.wait(PATIENCE)
        fresh = api.get(KPIS)
        assert fresh.json()["meta"]["stale"] is False
        refreshed(databases.warehouse, "3 hours")
        wait_until(lambda: api.get(KPIS).json()["meta"]["stale"])
        stale = api.get(KPIS, headers={"If-None-Match": fresh.headers["ETag"]})
        assert stale.json()["meta"]["stale"] is True
        refreshed(databases.warehouse, "1 minute")
        wait_until(lambda: api.get(KPIS).json()["meta"]["stale"] is False)
        assert api.get(KPIS).headers["ETag"] == fresh.headers["ETag"]


def test_before_the_first_build_every_route_is_503(databases: Databases) -> None:
    with serving(settings(), databases) as api:
        for path in [*ROUTES, "/health/ready"]:
            answer = api.get(path)
            assert (answer.status_code, answer.json()) == (
                503,
                {"error": "No build published yet"},
            )
            assert int(answer.headers["Retry-After"]) >= 1
        assert api.anonymous("/health/live").status_code == 200
        fill(databases.warehouse)
        assert api.anonymous("/health/ready").status_code == 200
        assert leads_handled(api) == 47
