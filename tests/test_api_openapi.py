"""The OpenAPI document says what the routes answer, and its examples are true to it."""

from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from api.endpoints import ENDPOINTS
from tests.api_service import ROUTES, WITHOUT_WINDOW, Api

pytest_plugins = ("tests.api_fixtures",)


@pytest.fixture(scope="module")
def document(api: Api) -> dict[str, Any]:
    return dict(api.anonymous("/openapi.json").json())


def validate(document: dict[str, Any], schema: dict[str, Any], value: object) -> None:
    jsonschema.validate(value, {**schema, "components": document["components"]})


@pytest.mark.parametrize("route", ROUTES)
def test_every_example_validates_against_its_schema(document: dict[str, Any], route: str) -> None:
    responses = document["paths"][route]["get"]["responses"]
    assert set(responses) == {"200", "304", "401", "403", "422", "429", "503"}
    for status in set(responses) - {"304"}:
        content = responses[status]["content"]["application/json"]
        validate(document, content["schema"], content["example"])


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_validates_and_has_the_fields_of_its_example(
    api: Api, document: dict[str, Any], route: str
) -> None:
    content = document["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]
    for agent in ("agent-1", "nobody"):
        body = api.get(route, agent=agent).json()
        validate(document, content["schema"], body)
        assert set(body) == set(content["example"])


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_takes_a_bearer_token_and_names_its_parameters(
    document: dict[str, Any], route: str
) -> None:
    operation = document["paths"][route]["get"]
    assert operation["security"] == [{"HTTPBearer": []}]
    names = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
    if route.endswith("revenue-trends"):
        assert set(names) == {"agentId", "period"}
        assert names["period"]["enum"] == ["daily", "weekly", "monthly"]
    elif route.endswith(WITHOUT_WINDOW):
        assert set(names) == {"agentId"}
    else:
        own = {"metric", "stage", "source"} if route.endswith("records") else set()
        assert set(names) == {"agentId", "dateRange"} | own
        assert names["dateRange"]["enum"] == ["7", "30", "90", "365"]
        assert names["dateRange"]["default"] == "30"


def test_lists_and_only_lists_are_offered_as_csv(document: dict[str, Any]) -> None:
    offered = {
        route
        for route in ROUTES
        if "text/csv" in document["paths"][route]["get"]["responses"]["200"]["content"]
    }
    assert offered == {
        "/agent/analytics/lead-sources",
        "/agent/analytics/revenue-trends",
        "/agent/analytics/insights",
        "/agent/analytics/records",
        "/agent/analytics/restatements",
    }


def test_the_cache_holds_as_long_as_the_contract_says() -> None:
    assert {endpoint.path.rsplit("/", 1)[1]: endpoint.cache_seconds for endpoint in ENDPOINTS} == {
        "kpis": 300,
        "funnel": 300,
        "lead-sources": 300,
        "revenue-trends": 3600,
        "ranking": 900,
        "response-times": 300,
        "insights": 300,
        "records": 300,
        "restatements": 300,
    }
