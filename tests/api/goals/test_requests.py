"""Goal requests are accepted as written or rejected by field, never in part."""

import json
from typing import Any

import pytest

from api.goals.schemas import FIELDS
from tests.support.clients.goals import PATH, monthly, of_each, seen
from tests.support.servers.api_server import Api

pytest_plugins = ("tests.support.fixtures.api",)

JSON = {"Content-Type": "application/json"}
FOREIGN = {"error": "Can only access own data"}


def validation_errors(api: Api, body: str | bytes, method: str = "POST") -> list[dict[str, Any]]:
    """Returns the details of the 422; the agent has no goal afterwards."""
    answer = api.send(method, PATH, "zoe", content=body, headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"] == "Invalid request"
    assert seen(api, "zoe") == []
    details: list[dict[str, Any]] = answer.json()["details"]
    return details


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0", "must be above 0"),
        ("-0.0", "must be above 0"),
        ("-5", "must be above 0"),
        ("1e12", "must be below 1000000000000"),
        ("1000000000000", "must be below 1000000000000"),
        ("1e400", "must be below 1000000000000"),
        ("9" * 5000, "must be below 1000000000000"),
        ("1.123456789", "must have at most 2 decimals"),
        ("999999999999.999", "must have at most 2 decimals"),
        ("1e-400", "must have at most 2 decimals"),
        ("1e-999999999", "must have at most 2 decimals"),
        ("1e9999999999999999999", "must be a number"),
        ("1e-9999999999999999999", "must be a number"),
        ("NaN", "must be a number"),
        ("Infinity", "must be a number"),
        ("-Infinity", "must be a number"),
        ("true", "must be a number"),
        ("null", "must be a number"),
        ('"30"', "must be a number"),
        ("[30]", "must be a number"),
        ('{"value": 30}', "must be a number"),
    ],
)
def test_a_target_out_of_its_range_is_refused_by_its_name(
    api: Api, number: str, message: str
) -> None:
    for field in ("conversions", "revenue", "responseTimeHours"):
        for method in ("POST", "PUT"):
            body = f'{{"period": "monthly", "goals": {{"{field}": {number}}}}}'
            details = validation_errors(api, body, method)
            assert details == [{"field": f"goals.{field}", "message": message}]


def test_a_target_keeps_every_digit(api: Api) -> None:
    body = '{"period": "monthly", "goals": {"revenue": 999999999999.99, "conversions": 0.07}}'
    answer = api.send("POST", PATH, "yan", content=body, headers=JSON)
    assert answer.status_code == 201
    assert '"target":999999999999.99,' in answer.text
    assert '"target":0.07,' in api.get(PATH, agent="yan").text


def test_one_goal_that_is_refused_refuses_all(api: Api) -> None:
    details = validation_errors(api, json.dumps(monthly(conversions=5, revenue=0)))
    assert details == [{"field": "goals.revenue", "message": "must be above 0"}]


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ('{"goals": {"revenue": 1}}', "period", "Field required"),
        (
            '{"period": "weekly", "goals": {"revenue": 1}}',
            "period",
            "Input should be 'monthly', 'quarterly' or 'yearly'",
        ),
        ('{"period": "monthly"}', "goals", "Field required"),
        (
            '{"period": "monthly", "goals": {}}',
            "goals",
            f"must contain at least one of {', '.join(FIELDS.values())}",
        ),
        (
            '{"period": "monthly", "goals": {"revenue": 1, "response_time_hours": 2}}',
            "goals.response_time_hours",
            "Extra inputs are not permitted",
        ),
        (
            '{"period": "monthly", "goals": {"revenue": 1}, "target": 2}',
            "target",
            "Extra inputs are not permitted",
        ),
        (
            '{"period": "monthly", "goals": {"revenue": 1, "revenue": 2}}',
            "revenue",
            "duplicate field",
        ),
        (
            '{"period": "monthly", "goals": {"revenue": 1}, "goals": {"revenue": 1}}',
            "goals",
            "duplicate field",
        ),
        ("[1]", "body", "must be a JSON object"),
        ("null", "body", "must be a JSON object"),
        ("", "body", "must be JSON in UTF-8"),
        ('{"period": "monthly",}', "body", "must be JSON in UTF-8"),
        (b'{"period": "\xff"}', "body", "must be JSON in UTF-8"),
        ("[" * 16000, "body", "must be JSON in UTF-8"),
        ('{"a":' * 3000, "body", "must be JSON in UTF-8"),
        ('{"period": "monthly", "goals": ""}'.encode("utf-16"), "body", "must be JSON in UTF-8"),
    ],
)
def test_a_body_that_is_none_is_refused_and_says_where(
    api: Api, body: str | bytes, field: str, message: str
) -> None:
    assert {"field": field, "message": message} in validation_errors(api, body)


def test_names_that_no_text_can_hold_are_refused(api: Api) -> None:
    for body in (
        '{"period": "monthly", "goals": {"\\ud800": 1}}',
        '{"period": "\\ud800", "goals": {"revenue": 1}}',
        '{"\\ud800": 1, "\\ud800": 2}',
        '{"period": "\\u0000", "goals": {"\\u0000": 1}}',
    ):
        assert validation_errors(api, body)


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"]
)
def test_a_body_of_another_type_is_415(api: Api, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    content = json.dumps(monthly(revenue=1)).encode()
    answer = api.send("POST", PATH, "zoe", content=content, headers=headers)
    assert answer.status_code == 415
    assert answer.json() == {"error": "Content-Type must be application/json"}
    assert seen(api, "zoe") == []


def test_json_with_a_charset_is_json(api: Api) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    content = json.dumps(monthly(revenue=1)).encode()
    assert api.send("PUT", PATH, "xan", content=content, headers=headers).status_code == 200


def test_a_body_without_end_is_413(api: Api) -> None:
    def endless() -> Any:
        for _ in range(100):
            yield b" " * 1024

    for content in (b" " * (16 * 1024 + 1), endless()):
        answer = api.send("POST", PATH, "zoe", content=content, headers=JSON)
        assert (answer.status_code, answer.json()) == (413, {"error": "Request body too large"})


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "body",
    [
        '{"agentId": "zoe"}',
        '{"agentId": "ZED", "period": "monthly", "goals": {"revenue": 1}}',
        '{"agentId": "", "period": "monthly", "goals": {"revenue": 1}}',
        '{"agentId": null, "period": "monthly", "goals": {"revenue": 1}}',
        '{"agentId": ["zed"], "period": "monthly", "goals": {"revenue": 1}}',
        '{"agentId": "zed", "agentId": "zoe"}',
        '{"agentId": "zoe", "agentId": "zed"}',
        '{"agentId": "zoe", "unknown": {"unknown": 1, "unknown": 2}}',
    ],
)
def test_another_agents_id_in_the_body_is_403_before_validation(
    api: Api, method: str, body: str
) -> None:
    answer = api.send(method, f"{PATH}?unknown=1", "zed", content=body, headers=JSON)
    assert (answer.status_code, answer.json()) == (403, FOREIGN)
    assert seen(api, "zed") == []


def test_another_agents_id_in_the_query_is_403_before_validation(api: Api) -> None:
    for method in ("GET", "POST", "PUT"):
        answer = api.send(method, f"{PATH}?agentId=zoe&unknown=1", "zed", content=b"{")
        assert (answer.status_code, answer.json()) == (403, FOREIGN)


def test_ones_own_id_is_accepted_in_body_and_query(api: Api) -> None:
    request = {"agentId": "wim", **monthly(conversions=2)}
    answer = api.send("POST", f"{PATH}?agentId=wim", "wim", json=request)
    assert answer.status_code == 201
    assert of_each(answer.json()["goals"], "target") == {"conversions": 2.0}


def test_an_unknown_parameter_is_422_and_nothing_is_written(api: Api) -> None:
    for method in ("GET", "POST", "PUT"):
        answer = api.send(method, f"{PATH}?period=monthly", "zoe", json=monthly(revenue=1))
        assert answer.status_code == 422
        assert answer.json()["details"][0]["field"] == "period"
    assert seen(api, "zoe") == []


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        (
            '"periodStart": "2026-03-02"',
            "periodStart",
            "must be the first day of a period that can be set:"
            " 2026-03-01, 2026-04-01, 2026-05-01, 2026-06-01, 2026-07-01",
        ),
        ('"periodStart": "2026-02-01"', "periodStart", None),
        ('"periodStart": "2026-08-01"', "periodStart", None),
        ('"periodStart": "2026-04-31"', "periodStart", "must be a date like 2026-04-01"),
        ('"periodStart": "20260401"', "periodStart", "must be a date like 2026-04-01"),
        ('"periodStart": 1', "periodStart", "must be a date like 2026-04-01"),
        ('"periodStart": null', "periodStart", "must be a date like 2026-04-01"),
        ('"repeats": "yes"', "repeats", "must be true or false"),
        ('"repeats": 1', "repeats", "must be true or false"),
        ('"repeats": null', "repeats", "must be true or false"),
    ],
)
def test_a_period_that_cannot_be_set_is_refused_with_those_that_can(
    api: Api, sent: str, field: str, message: str | None
) -> None:
    body = f'{{"period": "monthly", "goals": {{"revenue": 1}}, {sent}}}'
    for method in ("POST", "PUT"):
        [detail] = validation_errors(api, body, method)
        assert detail["field"] == field
        assert message in (None, detail["message"])


def test_a_goal_to_delete_is_named_by_its_number(api: Api) -> None:
    answer = api.send("DELETE", f"{PATH}/first", "zoe")
    assert (answer.status_code, answer.json()["details"][0]["field"]) == (422, "id")
    answer = api.send("DELETE", f"{PATH}/1?agentId=zed&unknown=1", "zoe")
    assert (answer.status_code, answer.json()) == (403, FOREIGN)


def test_goals_cannot_be_deleted_together(api: Api) -> None:
    answer = api.send("DELETE", PATH)
    assert (answer.status_code, answer.json()) == (405, {"error": "Method not allowed"})
    assert answer.headers["Allow"] == "GET, POST, PUT"
