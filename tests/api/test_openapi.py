"""The OpenAPI document describes the routes' answers, and its examples are valid."""

from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from api.activities.routes import ACTIVITIES_PATH
from api.activities.stream.routes import STREAM_PATH
from api.analytics.endpoints import ENDPOINTS
from config.periods import periods
from tests.support.clients.goals import PATH as GOALS
from tests.support.crm.activity_log import log
from tests.support.servers.api_server import ROUTES, WITHOUT_PERIOD, Api

pytest_plugins = ("tests.support.fixtures.api",)


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
        assert set(names) == {"agentId", "period", "dateRange", "from", "to", "compare"}
        assert names["period"]["enum"] == ["daily", "weekly", "monthly"]
    elif route.endswith(WITHOUT_PERIOD):
        assert set(names) == {"agentId"}
    else:
        own = {"metric", "stage", "source"} if route.endswith("records") else set()
        assert set(names) == {"agentId", "dateRange", "from", "to", "compare"} | own
        assert names["dateRange"]["enum"] == list(periods().date_ranges)
        assert {"7", "30", "90", "365", "mtd", "last_year"} <= set(names["dateRange"]["enum"])
        assert names["dateRange"]["default"] == periods().default


@pytest.mark.parametrize(("method", "status"), [("get", "200"), ("post", "201"), ("put", "200")])
def test_the_examples_of_goals_validate_and_an_answer_has_their_fields(
    api: Api, document: dict[str, Any], method: str, status: str
) -> None:
    operation = document["paths"][GOALS][method]
    assert operation["security"] == [{"HTTPBearer": []}]
    assert [parameter["name"] for parameter in operation["parameters"]] == ["agentId"]
    refused = {"401", "403", "422", "429", "503"}
    if method != "get":
        refused |= {"409", "413", "415"}
    assert set(operation["responses"]) == {status} | refused
    for answer in operation["responses"].values():
        content = answer["content"]["application/json"]
        validate(document, content["schema"], content["example"])
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    options = {"json": body["example"]} if body else {}
    body = api.send(method.upper(), GOALS, f"openapi {method}", **options).json()
    content = operation["responses"][status]["content"]["application/json"]
    validate(document, content["schema"], body)
    assert set(body) == set(content["example"])
    for goal in body["goals"]:
        assert set(goal) == set(content["example"]["goals"][0])


def test_the_body_of_goals_is_described_as_it_is_taken(document: dict[str, Any]) -> None:
    for method in ("post", "put"):
        body = document["paths"][GOALS][method]["requestBody"]
        content = body["content"]["application/json"]
        assert body["required"] is True
        validate(document, content["schema"], content["example"])
        for refused in (
            {"period": "monthly"},
            {"period": "monthly", "goals": {}},
            {"period": "weekly", "goals": {"revenue": 1}},
            {"period": "monthly", "goals": {"revenue": 0}},
            {"period": "monthly", "goals": {"revenue": 1e12}},
            {"period": "monthly", "goals": {"revenue": None}},
            {"period": "monthly", "goals": {"revenue": 1, "calls": 1}},
            {"period": "monthly", "goals": {"revenue": 1}, "agentId": None},
        ):
            with pytest.raises(jsonschema.ValidationError):
                validate(document, content["schema"], refused)


def test_lists_and_only_lists_are_offered_as_csv(document: dict[str, Any]) -> None:
    offered = {
        route
        for route in [*ROUTES, GOALS]
        if "text/csv" in document["paths"][route]["get"]["responses"]["200"]["content"]
    }
    assert offered == {endpoint.path for endpoint in ENDPOINTS if endpoint.csv_rows} | {GOALS}
    without = {"kpis", "funnel", "ranking", "response-times"}
    assert offered.isdisjoint(f"/agent/analytics/{route}" for route in without)
    assert offered >= {
        "/agent/analytics/lead-sources",
        "/agent/analytics/revenue-trends",
        "/agent/analytics/insights",
        "/agent/analytics/measures",
        "/agent/analytics/metrics",
        "/agent/analytics/records",
        "/agent/analytics/restatements",
        GOALS,
    }
    timeline = document["paths"][ACTIVITIES_PATH]["get"]["responses"]["200"]["content"]
    assert set(timeline) == {"application/json", "text/csv"}


def test_the_timeline_is_described_by_an_example_and_its_parameters(
    api: Api, document: dict[str, Any], crm: str
) -> None:
    operation = document["paths"][ACTIVITIES_PATH]["get"]
    assert operation["security"] == [{"HTTPBearer": []}]
    names = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
    assert set(names) == {"agentId", "filter", "limit", "cursor"}
    assert names["filter"]["enum"] == ["all", "calls", "emails", "meetings", "conversions"]
    assert (names["limit"]["minimum"], names["limit"]["maximum"]) == (1, 100)
    responses = operation["responses"]
    assert set(responses) == {"200", "401", "403", "422", "429", "503"}
    for response in responses.values():
        content = response["content"]["application/json"]
        validate(document, content["schema"], content["example"])
    log(crm, "one", "two")
    body = api.get(ACTIVITIES_PATH, params={"limit": 1}).json()
    content = responses["200"]["content"]["application/json"]
    validate(document, content["schema"], body)
    assert set(body) == set(content["example"])
    assert set(body["activities"][0]) == set(content["example"]["activities"][0])


def test_the_stream_is_described_by_an_example(document: dict[str, Any]) -> None:
    operation = document["paths"][STREAM_PATH]["get"]
    assert operation["security"] == [{"HTTPBearer": []}]
    names = [parameter["name"] for parameter in operation["parameters"]]
    assert names == ["agentId", "Last-Event-ID"]
    assert set(operation["responses"]) == {"200", "401", "403", "422", "429", "503"}
    content = operation["responses"]["200"]["content"]
    assert set(content) == {"text/event-stream"}
    lines = content["text/event-stream"]["example"].splitlines()
    named = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert named == ["activity", "goal", "build", "end"]


def test_the_cache_holds_as_long_as_the_contract_says() -> None:
    seconds = {endpoint.path.rsplit("/", 1)[1]: endpoint.cache_seconds for endpoint in ENDPOINTS}
    assert seconds == seconds | {
        "kpis": 300,
        "funnel": 300,
        "lead-sources": 300,
        "revenue-trends": 3600,
        "ranking": 900,
        "response-times": 300,
        "insights": 300,
        "measures": 300,
        "metrics": 300,
        "records": 300,
        "restatements": 300,
    }
