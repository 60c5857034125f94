"""During a warehouse outage the API serves cached answers as stale, and recovers by itself."""

from pathlib import Path

from tests.support.servers.api_server import ROUTES, Api, bearer, fill, serving, settings, token
from tests.support.servers.own_postgres import frozen, own_server
from tests.support.waiting import wait_until
from warehouse.databases import Databases
from warehouse.embedded.shared_server import Server
from warehouse.migrate import migrate_warehouse

pytest_plugins = ("tests.support.fixtures.own_postgres",)

KPIS = "/agent/analytics/kpis"


def own_databases(server: Server) -> Databases:
    api_url = server.api_url("warehouse")
    return Databases(server.url("warehouse"), server.url("warehouse"), api_url, api_url, None)


def assert_last_answers_stand(api: Api) -> None:
    answer = api.get(KPIS)
    assert answer.status_code == 200
    assert answer.json()["kpis"]["leadsHandled"] == 47
    assert answer.json()["meta"]["stale"] is True
    unread = api.get(KPIS, params={"dateRange": "7"})
    assert (unread.status_code, unread.json()) == (503, {"error": "Warehouse unavailable"})
    assert int(unread.headers["Retry-After"]) >= 1
    other = api.get(KPIS, agent="agent-2")
    assert other.status_code == 503
    assert api.anonymous("/health/live").status_code == 200
    assert api.anonymous("/health/ready").status_code == 503
    assert api.anonymous(KPIS).status_code == 401


def test_a_stopped_warehouse_leaves_cached_answers_and_its_return_recovers(
    directory: Path,
) -> None:
    with own_server(directory) as server:
        databases = own_databases(server)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
        fill(databases.warehouse)
        running = serving(settings(), databases)
        api = running.__enter__()
        fresh = api.get(KPIS)
        assert fresh.json()["meta"]["stale"] is False
    try:
        wait_until(lambda: api.get(KPIS).json()["meta"]["stale"])
        assert_last_answers_stand(api)
        assert api.get(KPIS).headers["ETag"] != fresh.headers["ETag"]
        with own_server(directory) as server:
            assert server.api_url("warehouse") == databases.api_warehouse
            wait_until(lambda: not api.get(KPIS).json()["meta"]["stale"])
            for route in ROUTES:
                answer = api.get(route, params={"agentId": "agent-1"})
                assert answer.status_code == 200
            assert api.get(KPIS, agent="agent-2").status_code == 200
    finally:
        running.__exit__(None, None, None)


def test_a_restart_between_two_requests_is_not_noticed(directory: Path) -> None:
    with own_server(directory) as server:
        databases = own_databases(server)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
        fill(databases.warehouse)
        running = serving(settings(), databases)
        api = running.__enter__()
        assert api.get(KPIS).status_code == 200
    try:
        with own_server(directory):
            answers = [api.get(route) for route in ROUTES]
            assert [answer.status_code for answer in answers] == [200] * len(ROUTES)
            # The first may be cached, until the API notices that the warehouse is back.
            assert [answer.json()["meta"]["stale"] for answer in answers[1:]] == [False] * (
                len(ROUTES) - 1
            )
    finally:
        running.__exit__(None, None, None)


def test_a_warehouse_that_hangs_is_away(directory: Path) -> None:
    with own_server(directory) as server:
        databases = own_databases(server)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
        fill(databases.warehouse)
        with serving(settings(), databases) as api:
            assert api.get(KPIS).status_code == 200
            with frozen(server):
                answer = api.client.get(KPIS, params={"dateRange": "7"}, headers=bearer(token()))
                assert answer.status_code == 503
            wait_until(lambda: api.get(KPIS, params={"dateRange": "7"}).status_code == 200)
