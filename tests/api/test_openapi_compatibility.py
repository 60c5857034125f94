"""The current API is compatible with clients of the last release."""

import copy
import json
from typing import Any

import pytest

from api.dump_openapi import openapi_document
from tests.support.documents.openapi_compatibility import breaking_changes
from tests.support.paths import DOCS

FOLDER = DOCS / "openapi"
KPIS = "/agent/analytics/kpis"
GOALS = "/agent/goals"
OK = f"GET {KPIS}: 200 application/json"
PUT = f"PUT {GOALS}: body application/json"

# Breaks that the changelog announces as such; none after `make openapi RELEASE=1`.
INTENDED = [
    "GET /agent/analytics/activities: 200 application/json.activities[].id: string where there was"
    " integer",
    *(
        f"{method} {GOALS}: {status} application/json.goals[].status: upcoming not taken"
        for method, status in (("GET", 200), ("POST", 201), ("PUT", 200))
    ),
    *(
        "GET /agent/analytics/restatements: 200 application/json.restatements[]."
        f"{name}: null where there was {kind}"
        for name, kind in (
            ("date", "string"),
            ("measure", "string"),
            ("new", "number"),
            ("old", "number"),
        )
    ),
    *(
        f"GET /agent/analytics/{field}: null where there was integer"
        for field in (
            "kpis: 200 application/json.kpis.totalAgents",
            "ranking: 200 application/json.totalAgents",
        )
    ),
]

Document = dict[str, Any]


@pytest.fixture
def released() -> Document:
    document: Document = json.loads((FOLDER / "released.json").read_text())
    return document


def schema(document: Document, name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def operation(document: Document, path: str = KPIS, method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path][method]
    return found


def parameter(document: Document, name: str) -> Any:
    [found] = [one for one in operation(document)["parameters"] if one["name"] == name]
    return found


def without_route(now: Document) -> None:
    del now["paths"][KPIS]


def without_method(now: Document) -> None:
    del now["paths"][GOALS]["put"]


def without_parameter(now: Document) -> None:
    operation(now)["parameters"].remove(parameter(now, "agentId"))


def with_required_parameter(now: Document) -> None:
    new = {"name": "team", "in": "query", "required": True, "schema": {"type": "string"}}
    operation(now)["parameters"].append(new)


def with_parameter_required_now(now: Document) -> None:
    parameter(now, "dateRange")["required"] = True


def with_fewer_words(now: Document) -> None:
    parameter(now, "dateRange")["schema"]["enum"].remove("365")


def without_field_of_answer(now: Document) -> None:
    del schema(now, "Meta")["properties"]["stale"]
    schema(now, "Meta")["required"].remove("stale")


def with_optional_field_of_answer(now: Document) -> None:
    schema(now, "Meta")["required"].remove("stale")


def with_other_type(now: Document) -> None:
    schema(now, "Meta")["properties"]["buildId"]["type"] = "string"


def with_null(now: Document) -> None:
    count = schema(now, "Meta")["properties"]
    count["buildId"] = {"anyOf": [{"type": "integer"}, {"type": "null"}]}


def with_other_format(now: Document) -> None:
    schema(now, "Meta")["properties"]["asOf"]["format"] = "date-time"


def with_required_field_of_request(now: Document) -> None:
    content = operation(now, GOALS, "put")["requestBody"]["content"]["application/json"]
    body = schema(now, content["schema"]["$ref"].rpartition("/")[2])
    body["properties"]["note"] = {"type": "string"}
    body["required"].append("note")


def without_field_of_request(now: Document) -> None:
    del schema(now, "Targets")["properties"]["revenue"]


def with_lower_limit(now: Document) -> None:
    schema(now, "Targets")["properties"]["revenue"]["exclusiveMaximum"] = 1000


def without_csv(now: Document) -> None:
    content = operation(now, "/agent/analytics/insights")["responses"]["200"]["content"]
    del content["text/csv"]


def with_other_success(now: Document) -> None:
    responses = operation(now, GOALS, "post")["responses"]
    responses["202"] = responses.pop("201")


def with_token_for_health(now: Document) -> None:
    operation(now, "/health/live")["security"] = [{"HTTPBearer": []}]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_route, f"GET {KPIS}: removed"),
        (without_method, f"PUT {GOALS}: removed"),
        (without_parameter, f"GET {KPIS}: query agentId: removed"),
        (with_required_parameter, f"GET {KPIS}: query team: new and required"),
        (with_parameter_required_now, f"GET {KPIS}: query dateRange: required"),
        (with_fewer_words, f"GET {KPIS}: query dateRange: 365 not taken"),
        (without_field_of_answer, f"{OK}.meta.stale: no longer always there"),
        (with_optional_field_of_answer, f"{OK}.meta.stale: no longer always there"),
        (with_other_type, f"{OK}.meta.buildId: string where there was integer"),
        (with_null, f"{OK}.meta.buildId: null where there was integer"),
        (with_other_format, f"{OK}.meta.asOf: date-time where there was date"),
        (with_required_field_of_request, f"{PUT}.note: required"),
        (without_field_of_request, f"{PUT}.goals.revenue: not taken"),
        (with_lower_limit, f"{PUT}.goals.revenue: exclusiveMaximum 1000000000000 against 1000"),
        (without_csv, "GET /agent/analytics/insights: 200 text/csv: removed"),
        (with_other_success, f"POST {GOALS}: 201: removed"),
        (with_token_for_health, "GET /health/live: asks for a token"),
    ],
)
def test_a_change_that_breaks_clients_is_named(released: Document, change: Any, said: str) -> None:
    now = copy.deepcopy(released)
    change(now)
    assert said in breaking_changes(released, now)


def with_new_route(now: Document) -> None:
    now["paths"]["/agent/analytics/new"] = copy.deepcopy(now["paths"][KPIS])


def with_optional_parameter(now: Document) -> None:
    operation(now)["parameters"].append({"name": "x", "in": "query", "schema": {}})


def with_more_words(now: Document) -> None:
    parameter(now, "dateRange")["schema"]["enum"].append("14")
    schema(now, "Kpis")["properties"]["dateRange"]["enum"].append("14")  # repeats the parameter


def with_new_field_of_answer(now: Document) -> None:
    schema(now, "Meta")["properties"]["region"] = {"type": "string"}
    schema(now, "Meta")["required"].append("region")


def with_optional_field_of_request(now: Document) -> None:
    schema(now, "Targets")["properties"]["calls"] = {"type": "number"}


def with_higher_limit(now: Document) -> None:
    schema(now, "Targets")["properties"]["revenue"]["exclusiveMaximum"] *= 10


def with_new_error(now: Document) -> None:
    operation(now)["responses"]["418"] = {"description": "new"}


def with_narrower_answer(now: Document) -> None:
    schema(now, "KpiValues")["properties"]["conversionRate"] = {"type": "number"}


def with_other_words_of_ours(now: Document) -> None:
    operation(now)["summary"] = "Other"
    schema(now, "Meta")["description"] = "Other"


@pytest.mark.parametrize(
    "change",
    [
        with_new_route,
        with_optional_parameter,
        with_more_words,
        with_new_field_of_answer,
        with_optional_field_of_request,
        with_higher_limit,
        with_new_error,
        with_narrower_answer,
        with_other_words_of_ours,
    ],
)
def test_a_compatible_change_is_none(released: Document, change: Any) -> None:
    now = copy.deepcopy(released)
    change(now)
    assert now != released
    assert breaking_changes(released, now) == []


def test_the_api_breaks_clients_of_the_last_release_only_as_intended(released: Document) -> None:
    now = json.loads(openapi_document())
    assert sorted(breaking_changes(released, now)) == sorted(INTENDED)


def test_the_committed_document_is_that_of_the_api() -> None:
    assert (FOLDER / "current.json").read_text() == openapi_document(), "make openapi"
