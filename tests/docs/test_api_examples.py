"""`docs/api.md` shows every route and every error, and each example matches the API's answer."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from api.http.errors import ApiError
from api.openapi import EXAMPLES
from tests.conftest import PostgresServer
from tests.support.crm.activity_log import insert, log
from tests.support.documents.api_examples import (
    DOCUMENT,
    Example,
    Known,
    answer_block,
    examples,
    openapi_examples,
    read,
    rendered,
    written,
)
from tests.support.servers.api_server import (
    Api,
    fill,
    publish_build,
    serving,
    serving_at_a_rate,
    settings,
    token,
)
from tests.support.waiting import wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

UNREACHABLE = "postgresql://nobody:none@127.0.0.1:1/none"
KPIS = "/agent/analytics/kpis"
RANKING = "/agent/analytics/ranking"
NEWS = "Sent the offer"
METRIC = """insert into serving.metrics
    (route, field, position, text, unit, better, formula, rounding) values
    ('/agent/analytics/kpis', 'kpis.conversionRate', 1, 'Converted of handled leads.',
     'percent', 'higher', '100 * converted / assigned', '1 decimal, half away from zero')"""
SHUT = """select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"""

# A row of the contract, as its status and what the answer's body says.
ERRORS = {
    (401, "Authentication required"),
    (403, "Agent access required"),
    (403, "Can only access own data"),
    (404, "Not found"),
    (404, "Goal not found"),
    (405, "Method not allowed"),
    (409, "Monthly goal already exists: conversions"),
    (413, "Request body too large"),
    (415, "Content-Type must be application/json"),
    (422, "Invalid request"),
    (429, "Too many requests"),
    (500, "Internal error"),
    (503, "Warehouse unavailable"),
    (503, "Operational database unavailable"),
    (503, "No build published yet"),
    (503, "The published build does not have this period yet"),
    (503, "Signing keys unavailable"),
}


class Servers:
    """The API in the states that the examples name, each started on first use."""

    def __init__(
        self, usual: Api, databases: Databases, server: PostgresServer, empty: str
    ) -> None:
        self._usual, self._databases, self._server, self._empty = usual, databases, server, empty
        self._running: dict[str, Api] = {"usual": usual}
        self.stack = ExitStack()

    def __getitem__(self, name: str) -> Api:
        if name not in self._running:
            self._running[name] = self.stack.enter_context(getattr(self, f"_{name}")())
        return self._running[name]

    def _over(self, warehouse: str) -> Databases:
        urls = self._server.url(warehouse), self._server.api_url(warehouse)
        return replace(self._databases, warehouse=urls[0], api_warehouse=urls[1])

    @contextmanager
    def _busy(self) -> Iterator[Api]:
        with serving_at_a_rate(0.5, self._databases) as api:
            assert api.get(KPIS).status_code == 200
            yield api

    @contextmanager
    def _unbuilt(self) -> Iterator[Api]:
        with (
            self._server.database(self._empty) as name,
            serving(settings(), self._over(name)) as api,
        ):
            yield api

    @contextmanager
    def _without_90_days(self) -> Iterator[Api]:
        with self._server.database(self._empty) as name:
            fill(self._server.url(name))
            with psycopg.connect(self._server.url(name)) as connection:
                connection.execute("update serving.builds set periods = periods - '90'")
            with serving(settings(), self._over(name)) as api:
                yield api

    @contextmanager
    def _broken(self) -> Iterator[Api]:
        with self._server.database(self._empty) as name:
            fill(self._server.url(name))
            with psycopg.connect(self._server.url(name)) as connection:
                connection.execute("alter table serving.agent_kpis rename to other")
            with serving(settings(), self._over(name)) as api:
                yield api

    @contextmanager
    def _lost(self) -> Iterator[Api]:
        """Its warehouse goes away after it has answered once."""
        with self._server.database(self._empty) as name:
            fill(self._server.url(name))
            with serving(settings(), self._over(name)) as api:
                assert api.get(RANKING).status_code == 200
                self._server.execute("alter database {} with allow_connections false", name)
                with psycopg.connect(self._server.url("postgres"), autocommit=True) as connection:
                    connection.execute(SHUT, [name])
                wait_until(lambda: api.get(RANKING).json()["meta"]["stale"])
                yield api

    @contextmanager
    def _crmless(self) -> Iterator[Api]:
        with serving(settings(), replace(self._databases, api_operational=UNREACHABLE)) as api:
            yield api

    @contextmanager
    def _keyless(self) -> Iterator[Api]:
        values = settings(
            jwt_algorithm="RS256", jwt_secret=None, jwt_jwks_url="http://127.0.0.1:1/keys"
        )
        with serving(values, self._databases) as api:
            yield api


@pytest.fixture
def servers(
    api: Api,
    module_databases: Databases,
    postgres_server: PostgresServer,
    warehouse_template: str,
    crm: str,
) -> Iterator[Servers]:
    with psycopg.connect(module_databases.warehouse) as connection:
        connection.execute(METRIC)
    publish_build(module_databases.warehouse)
    insert(
        crm,
        {"title": "Demo", "activity_type": "meeting", "timestamp": "2026-03-31 08:00+00"},
        {
            "title": "Call",
            "lead_id": "L-1207",
            "description": "Asked for an offer by Friday",
            "timestamp": "2026-03-31 08:40:02.5+00",
            "metadata": {"minutes": 12},
        },
        {
            "title": "Sale Closed",
            "lead_id": "L-1207",
            "activity_type": "conversion",
            "timestamp": "2026-03-31 09:12:44+00",
            "metadata": {"revenue": 1250.5},
        },
    )
    states = Servers(api, module_databases, postgres_server, warehouse_template)
    with states.stack:
        yield states


def known_tokens() -> Known:
    return Known(
        **{"17000_letters": "a" * 17000},
        token=token(),
        token_of_agent_2=token("agent-2"),
        token_of_a_newcomer=token("newcomer"),
        token_of_a_manager=token(role="manager"),
        expired_token=token(exp=1),
        token_with_a_key_id="eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.e30.AAAA",
    )


def answered(known: Known, example: Example, api: Api, crm: str) -> str:
    """Returns the current answer as a block like the example's."""
    headers = {name: known.filled(value) for name, value in example.request.headers.items()}
    target = known.filled(example.target)
    body = known.filled(example.request.body).encode() or None
    with api.client.stream(example.method, target, headers=headers, content=body) as got:
        if got.headers.get("Content-Type", "").startswith("text/event-stream"):
            text = news(got.iter_lines(), example, crm)
        else:
            text = got.read().decode()
        return answer_block(known, example.answer, got, text)


def news(lines: Iterator[str], example: Example, crm: str) -> str:
    """Returns as many lines of the stream as the example shows; logs news for a new one."""
    wanted = example.answer.body.count("\n") + 1
    text = [next(lines) for _ in range(4)]
    if "Last-Event-ID" not in example.request.headers:
        log(crm, NEWS)
    while len(text) < wanted:
        text.append(next(lines))
    return "\n".join(text[:wanted])


def test_every_example_is_answered_as_it_stands(servers: Servers, crm: str) -> None:
    known = known_tokens()

    def answer(example: Example) -> str:
        try:
            return answered(known, example, servers[example.server], crm)
        except (AssertionError, KeyError) as error:
            error.add_note(f"in {example.request.start} on {example.server}")
            raise

    text = rendered(DOCUMENT.read_text(), answer)
    assert_generated(DOCUMENT, text)


def test_openapi_shows_the_examples_of_the_page() -> None:
    assert_generated(EXAMPLES, f"{written(openapi_examples())}\n")


def assert_generated(file: Path, text: str) -> None:
    if os.environ.get("API_DOCS") == "write":
        file.write_text(text)
    assert file.read_text() == text, "run `make generate`"


def test_every_operation_of_the_api_has_an_example_that_succeeds(api: Api) -> None:
    paths = api.anonymous("/openapi.json").json()["paths"]
    offered = {(method.upper(), path) for path, of_path in paths.items() for method in of_path}
    shown = {
        (one.method, re.sub(r"/\d+$", "/{id}", one.path))
        for one in examples()
        if one.status in {200, 201, 204}
    }
    assert offered <= shown


def test_every_list_has_an_example_as_csv(api: Api) -> None:
    paths = api.anonymous("/openapi.json").json()["paths"]
    shown = {one.path for one in examples() if one.request.headers.get("Accept") == "text/csv"}
    lists = {
        path
        for path, of_path in paths.items()
        if "get" in of_path and "text/csv" in of_path["get"]["responses"]["200"].get("content", {})
    }
    assert shown == lists


def test_every_status_that_the_api_describes_has_an_example(api: Api) -> None:
    paths = api.anonymous("/openapi.json").json()["paths"].values()
    described = {
        int(status)
        for of_path in paths
        for operation in of_path.values()
        for status in operation["responses"]
    }
    assert described <= {one.status for one in examples()}


def test_every_error_of_the_contract_has_an_example() -> None:
    shown = {
        (one.status, json.loads(one.answer.body)["error"])
        for one in examples()
        if one.status >= 400
    }
    assert shown == ERRORS


def test_every_class_of_error_in_the_code_is_shown() -> None:
    def concrete(kind: type[ApiError]) -> set[str]:
        own = {kind.error} if isinstance(getattr(kind, "error", None), str) else set()
        return own.union(*map(concrete, kind.__subclasses__()))

    assert concrete(ApiError) <= {error for _, error in ERRORS}


@pytest.mark.parametrize(
    ("shown", "got"),
    [
        ('{"a": 1}', '{"a": 2}'),
        ('{"a": 1}', '{"a": 1.0}'),
        ('{"a": 1.00}', '{"a": 1.0}'),
        ('{"a": 1}', '{"a": 1, "b": 2}'),
        ('{"a": "<instant>"}', '{"a": "today"}'),
        ('{"a": "<build>"}', '{"a": null}'),
        ('[{"a": 1}, "..."]', '[{"a": 1}, {"b": 2}]'),
        ('[{"a": 1}, "..."]', '[{"a": 1}]'),
    ],
)
def test_an_answer_that_differs_is_noticed(shown: str, got: str) -> None:
    assert written(Known().json(read(shown), read(got))) != written(read(shown))


def test_a_request_without_an_answer_is_noticed() -> None:
    with pytest.raises(AssertionError, match="without an answer"):
        examples("```http\nGET /x HTTP/1.1\n```\n")
