"""Health routes need no token and report only whether the API can answer."""

from importlib.metadata import version

from tests.support.servers.api_server import ROUTES, Api, serving, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)


def test_a_live_process_with_a_build_is_ready(api: Api) -> None:
    live = api.anonymous("/health/live")
    assert live.status_code == 200
    assert live.json() == {"status": "live", "version": version("agent-analytics")}
    assert api.anonymous("/openapi.json").json()["info"]["version"] == live.json()["version"]
    ready = api.anonymous("/health/ready")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "buildId": 1, "asOf": "2026-03-31"}


def test_an_unreachable_warehouse_is_live_but_not_ready() -> None:
    nowhere = "postgresql://somebody:hidden@127.0.0.1:1/warehouse"
    with serving(settings(), Databases(nowhere, nowhere, nowhere, nowhere, None)) as api:
        assert api.anonymous("/health/live").status_code == 200
        ready = api.anonymous("/health/ready")
        assert (ready.status_code, ready.json()) == (503, {"error": "Warehouse unavailable"})
        answer = api.get("/agent/analytics/kpis")
        assert (answer.status_code, answer.json()) == (503, {"error": "Warehouse unavailable"})


def test_an_unreachable_operational_database_is_not_ready_and_analytics_answer_on(
    module_databases: Databases, filled_warehouse: str
) -> None:
    nowhere = "postgresql://somebody:hidden@127.0.0.1:1/operational"
    warehouse, api_warehouse = module_databases.warehouse, module_databases.api_warehouse
    with serving(settings(), Databases(nowhere, warehouse, nowhere, api_warehouse, None)) as api:
        ready = api.anonymous("/health/ready")
        assert ready.status_code == 503
        assert ready.json() == {"error": "Operational database unavailable"}
        for route in ROUTES:
            assert api.get(route).status_code == 200
