"""Only pages of configured origins can read answers."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from config.settings import SettingsError
from tests.support.clients.event_stream import STREAM
from tests.support.servers.api_server import Api, serving, serving_at_a_rate, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"
GOALS = "/agent/goals"
OURS = "https://crm.example.com"
FOREIGN = "https://crm.example.com.evil.example"
ALLOWED = "Access-Control-Allow-Origin"


@pytest.fixture(scope="module")
def open_api(module_databases: Databases, filled_warehouse: str) -> Iterator[Api]:
    origins = f"{OURS}, http://localhost:5173"
    with serving_at_a_rate(10.0, module_databases, api_cors_origins=origins) as running:
        yield running


def origin(name: str) -> dict[str, str]:
    return {"Origin": name}


def preflight(method: str, *headers: str) -> dict[str, str]:
    return {
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": ",".join(headers),
    }


def vary(answer: httpx.Response) -> list[str]:
    return [name.strip() for name in answer.headers["Vary"].split(",")]


@pytest.mark.parametrize("name", [OURS, "http://localhost:5173"])
def test_an_answer_is_readable_with_its_headers_by_a_configured_origin(
    open_api: Api, name: str
) -> None:
    answer = open_api.get(KPIS, agent="reader", headers=origin(name))
    assert (answer.status_code, answer.headers[ALLOWED]) == (200, name)
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {"ETag", "Retry-After", "Analytics-Meta", "X-Request-ID"} <= exposed
    assert "Access-Control-Allow-Credentials" not in answer.headers
    held = {**origin(name), "If-None-Match": answer.headers["ETag"]}
    again = open_api.get(KPIS, agent="reader", headers=held)
    assert (again.status_code, again.headers[ALLOWED]) == (304, name)


@pytest.mark.parametrize("name", [FOREIGN, "null", "http://crm.example.com", f"{OURS}:8443"])
def test_a_foreign_origin_gets_no_header(open_api: Api, name: str) -> None:
    answer = open_api.get(KPIS, agent="foreign", headers=origin(name))
    assert ALLOWED not in answer.headers
    before = open_api.client.options(KPIS, headers={**origin(name), **preflight("GET")})
    assert (before.status_code, ALLOWED in before.headers) == (400, False)


def test_every_answer_says_once_that_it_varies_by_origin(open_api: Api) -> None:
    for sent in ({}, origin(OURS), origin(FOREIGN)):
        answer = open_api.get(KPIS, agent="varied", headers=sent)
        assert sorted(vary(answer)) == ["Accept", "Authorization", "Origin"]
        refused = open_api.anonymous(KPIS, headers=sent)
        assert sorted(vary(refused)) == ["Accept", "Authorization", "Origin"]
    before = open_api.client.options(KPIS, headers={**origin(OURS), **preflight("GET")})
    assert vary(before).count("Origin") == 1


def test_what_the_dashboard_sends_is_admitted_before_it_is_sent(open_api: Api) -> None:
    sent = ("authorization", "if-none-match", "content-type", "accept", "last-event-id")
    for path, method in (
        (KPIS, "GET"),
        (GOALS, "POST"),
        (GOALS, "PUT"),
        (f"{GOALS}/1", "DELETE"),
        (STREAM, "GET"),
    ):
        answer = open_api.client.options(path, headers={**origin(OURS), **preflight(method, *sent)})
        assert (answer.status_code, answer.headers[ALLOWED]) == (200, OURS)
        assert method in answer.headers["Access-Control-Allow-Methods"]
        allowed = answer.headers["Access-Control-Allow-Headers"].lower()
        assert all(name in allowed for name in sent)


@pytest.mark.parametrize(("method", "header"), [("PATCH", "accept"), ("GET", "x-other")])
def test_no_other_method_or_header_is_admitted(open_api: Api, method: str, header: str) -> None:
    answer = open_api.client.options(KPIS, headers={**origin(OURS), **preflight(method, header)})
    assert answer.status_code == 400


def test_errors_are_readable_too(open_api: Api) -> None:
    sent = origin(OURS)
    for answer, status in (
        (open_api.anonymous(KPIS, headers=sent), 401),
        (open_api.get(KPIS, "errs", headers=sent, params={"agentId": "other"}), 403),
        (open_api.get("/agent/none", "errs", headers=sent), 404),
        (open_api.get(KPIS, "errs", headers=sent, params={"dateRange": "8"}), 422),
    ):
        assert (answer.status_code, answer.headers.get(ALLOWED)) == (status, OURS)
    busy = [open_api.get(KPIS, "busy", headers=origin(OURS)) for _ in range(21)]
    refused = [answer for answer in busy if answer.status_code == 429]
    assert refused
    assert {answer.headers[ALLOWED] for answer in refused} == {OURS}


def test_a_failure_inside_is_readable_too(databases: Databases) -> None:
    with psycopg.connect(databases.warehouse) as connection:
        connection.execute("alter table serving.agent_kpis rename to another")
    with serving(settings(api_cors_origins=OURS), databases) as api:
        early = api.get("/agent/analytics/funnel", headers=origin(OURS))
        failed = api.get(KPIS, headers=origin(OURS))
    assert (early.status_code, early.headers[ALLOWED]) == (503, OURS)
    assert (failed.status_code, failed.headers[ALLOWED]) == (500, OURS)


def test_without_the_setting_no_origin_is_admitted(api: Api) -> None:
    answer = api.get(KPIS, headers=origin(OURS))
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert vary(answer) == ["Authorization", "Accept"]
    assert api.client.options(KPIS, headers={**origin(OURS), **preflight("GET")}).status_code == 405


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "null",
        "crm.example.com",
        "https://crm.example.com/",
        "https://CRM.example.com",
        "https://crm.example.com:443",
        "https://*.example.com",
        "https://user@crm.example.com",
        "ftp://crm.example.com",
        "https://",
        "https://crm.example.com:port",
        f"{OURS},*",
    ],
)
def test_an_invalid_origin_is_rejected_by_name(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^API_CORS_ORIGINS: .* is not a valid origin"):
        settings(api_cors_origins=value)


def test_origins_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_CORS_ORIGINS", f" {OURS} ,http://[::1]:3000,")
    assert settings().api_cors_origins == (OURS, "http://[::1]:3000")
