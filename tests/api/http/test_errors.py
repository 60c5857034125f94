"""Errors have one shape and reveal nothing internal."""

import psycopg
import pytest

from config.periods import periods
from tests.support.servers.api_server import (
    ROUTES,
    WITHOUT_PERIOD,
    Api,
    publish_build,
    serving_at_a_rate,
)
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

DATE_RANGES = list(periods().date_ranges)
ALL_DATE_RANGES = " or ".join(", ".join(map(repr, DATE_RANGES)).rsplit(", ", 1))
WINDOW_ROUTES = [route for route in ROUTES if not route.endswith(WITHOUT_PERIOD)]


@pytest.mark.parametrize("route", WINDOW_ROUTES)
@pytest.mark.parametrize(
    "value", ["", "0", "8", "-7", "07", "7.0", " 7", "7 ", "+30", "1e1", "abc", "\u0667", "7%00"]
)
def test_a_date_range_that_no_period_has_is_422(api: Api, route: str, value: str) -> None:
    answer = api.get(f"{route}?dateRange={value}")
    assert answer.status_code == 422
    assert answer.json() == {
        "error": "Invalid request",
        "details": [{"field": "dateRange", "message": f"Input should be {ALL_DATE_RANGES}"}],
    }


@pytest.mark.parametrize("value", ["", "hourly", "Daily", "daily'--"])
def test_a_period_other_than_the_three_is_422(api: Api, value: str) -> None:
    answer = api.get("/agent/analytics/revenue-trends", params={"period": value})
    assert answer.status_code == 422
    assert answer.json()["details"] == [
        {"field": "period", "message": "Input should be 'daily', 'weekly' or 'monthly'"}
    ]


@pytest.mark.parametrize("route", ROUTES)
def test_an_unknown_parameter_is_422_and_named(api: Api, route: str) -> None:
    answer = api.get(route, params={"daterange": "7", "agent_id": "agent-2"})
    assert answer.status_code == 422
    assert [detail["field"] for detail in answer.json()["details"]] == ["daterange", "agent_id"]
    assert "agent-2" not in answer.text


def test_the_date_ranges_and_their_default(api: Api) -> None:
    for value in DATE_RANGES:
        answer = api.get("/agent/analytics/kpis", params={"dateRange": value})
        assert answer.json()["dateRange"] == value
    assert api.get("/agent/analytics/kpis").json()["dateRange"] == "30"


def test_a_period_is_compared_with_the_one_before_or_a_year_before(api: Api) -> None:
    for value in ("previous", "year"):
        assert api.get("/agent/analytics/kpis", params={"compare": value}).status_code == 200
    answer = api.get("/agent/analytics/kpis", params={"compare": "month"})
    assert answer.status_code == 422
    assert answer.json()["details"] == [
        {"field": "compare", "message": "Input should be 'previous' or 'year'"}
    ]


def test_an_unknown_path_is_404_and_another_method_405(api: Api) -> None:
    for path in ("/agent", "/agent/analytics/kpis/", "/agent/analytics/kpi"):
        answer = api.get(path)
        assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
    answer = api.client.post(ROUTES[0])
    assert (answer.status_code, answer.json()) == (405, {"error": "Method not allowed"})
    assert answer.headers["Allow"] == "GET"


def test_more_than_the_rate_is_429_for_that_agent_alone(
    module_databases: Databases, filled_warehouse: str
) -> None:
    with serving_at_a_rate(3.0, module_databases) as api:
        statuses = [api.get(ROUTES[0]).status_code for _ in range(6)]
        refused = api.get(ROUTES[1], params={"dateRange": "8"})
        foreign = api.get(ROUTES[1], params={"agentId": "agent-2"})
        other = api.get(ROUTES[0], agent="agent-2")
        anonymous = api.anonymous(ROUTES[0])
    assert statuses == [200] * 6
    assert refused.status_code == 429
    assert refused.json() == {"error": "Too many requests"}
    assert refused.headers["Retry-After"] == "1"
    assert (foreign.status_code, other.status_code, anonymous.status_code) == (403, 200, 401)


def test_an_internal_error_reveals_no_details(databases: Databases) -> None:
    publish_build(databases.warehouse)
    kpis, sources = "/agent/analytics/kpis", "/agent/analytics/lead-sources"
    with serving_at_a_rate(1.5, databases, api_cache_bytes=0) as api:
        # Three questions are within the rate. The first is known from here on, and fails ahead of
        # routing; the other fails in its route.
        assert api.get(kpis).status_code == 200
        with psycopg.connect(databases.warehouse) as connection:
            connection.execute("alter table serving.agent_kpis rename to secret_name")
            connection.execute("alter table serving.agent_lead_sources rename to secret_too")
        for answer in (api.get(kpis), api.get(sources)):
            assert (answer.status_code, answer.json()) == (500, {"error": "Internal error"})
            assert answer.headers["Connection"] == "close"
