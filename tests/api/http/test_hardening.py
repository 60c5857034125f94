"""Hostile tokens, key servers and bodies are rejected, and every route is documented."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from api.app import create_app
from api.openapi import DocumentedAPI
from tests.support.servers.api_server import SECRET, Api, bearer, claims, fill, serving, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"
KEY = rsa.generate_private_key(65537, 2048)
KEYS = {"keys": [jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "k"}]}
NOT_DESCRIBED = {"/openapi.json", "/docs"}


class KeyServer:
    """Server with configurable answers; records the requested paths."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.requested_paths: list[str] = []


@pytest.fixture
def key_server() -> Iterator[KeyServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            running.requested_paths.append(self.path)
            status, headers, body = running.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = KeyServer(server.server_port)
    running.answers["/keys"] = (200, {}, json.dumps(KEYS).encode())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield running
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def verifying(databases: Databases, url: str) -> Iterator[Api]:
    with serving(settings(jwt_algorithm="RS256", jwt_jwks_url=url), databases) as api:
        yield api


def signed(**header: Any) -> str:
    return jwt.encode(claims(), KEY, algorithm="RS256", headers={"kid": "k", **header})


def test_a_token_cannot_name_where_its_key_is_fetched(
    api: Api,
    module_databases: Databases,
    filled_warehouse: str,
    key_server: KeyServer,
) -> None:
    elsewhere = f"{key_server.url}/elsewhere"
    key_server.answers["/elsewhere"] = key_server.answers["/keys"]
    named = {"jku": elsewhere, "x5u": elsewhere, "jwk": KEYS["keys"][0]}
    forged = jwt.encode(claims(), "x" * 32, algorithm="HS256", headers=named)
    assert api.anonymous(KPIS, headers=bearer(forged)).status_code == 401
    with verifying(module_databases, f"{key_server.url}/keys") as other:
        good = other.anonymous(KPIS, headers=bearer(signed(jku=elsewhere, x5u=elsewhere)))
    assert good.status_code == 200
    assert set(key_server.requested_paths) == {"/keys"}


def test_redirects_of_the_key_server_are_not_followed(
    module_databases: Databases, filled_warehouse: str, key_server: KeyServer
) -> None:
    target = {"Location": f"{key_server.url}/keys"}
    key_server.answers["/moved"] = (302, target, b"")
    with verifying(module_databases, f"{key_server.url}/moved") as api:
        assert api.anonymous(KPIS, headers=bearer(signed())).status_code == 503
    assert set(key_server.requested_paths) == {"/moved"}


def test_unknown_key_ids_do_not_query_the_key_server_each_time(
    module_databases: Databases, filled_warehouse: str, key_server: KeyServer
) -> None:
    with verifying(module_databases, f"{key_server.url}/keys") as api:
        assert api.anonymous(KPIS, headers=bearer(signed())).status_code == 200
        for number in range(20):
            refused = api.anonymous(KPIS, headers=bearer(signed(kid=f"made up {number}")))
            assert refused.status_code == 401
    assert len(key_server.requested_paths) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{}", b'{"keys": []}', b'{"keys": 7}', b"<html>", b"\xff", b"[" * 9999],
)
def test_a_response_without_keys_is_503_and_invalidates_no_token(
    module_databases: Databases, filled_warehouse: str, key_server: KeyServer, body: bytes
) -> None:
    key_server.answers["/keys"] = (200, {}, body)
    with verifying(module_databases, f"{key_server.url}/keys") as api:
        answer = api.anonymous(KPIS, headers=bearer(signed()))
    assert (answer.status_code, answer.json()) == (503, {"error": "Signing keys unavailable"})


@pytest.mark.parametrize("name", ["current", "status", "isAchieved", "id", "achievedAt", "role"])
def test_a_body_cannot_set_what_only_the_system_sets(api: Api, name: str) -> None:
    body = {"period": "yearly", "goals": {"revenue": 1}}
    for sent in ({**body, name: 1}, {**body, "goals": {"revenue": 1, name: 1}}):
        answer = api.send("PUT", "/agent/goals", "assigner", json=sent)
        assert answer.status_code == 422
        assert [detail["field"].split(".")[-1] for detail in answer.json()["details"]] == [name]
    assert api.get("/agent/goals", "assigner").json()["goals"] == []


def test_every_route_is_described_or_is_the_description() -> None:
    app = create_app(settings(api_dashboard="off", jwt_secret=SECRET))
    assert isinstance(app, DocumentedAPI)
    described = set(app.openapi()["paths"])
    # An included router stands as one route that holds the others.
    paths = {
        getattr(inner, "path", "unknown")
        for route in app.routes
        for inner in getattr(getattr(route, "original_router", None), "routes", [route])
    }
    assert described <= paths
    undescribed = {path for path in paths - described if not path.startswith("/assets/")}
    assert undescribed <= NOT_DESCRIBED


def test_every_described_route_but_health_needs_a_token() -> None:
    paths = create_app(settings(jwt_secret=SECRET)).openapi()["paths"]
    open_to_all = {
        path
        for path, of_path in paths.items()
        for operation in of_path.values()
        if operation.get("security") != [{"HTTPBearer": []}]
    }
    assert open_to_all == {"/health/live", "/health/ready"}


def test_a_read_after_a_column_has_another_type_is_answered(databases: Databases) -> None:
    fill(databases.warehouse)
    with serving(settings(), databases) as api:
        assert api.get("/agent/analytics/funnel?dateRange=7").status_code == 200
        with psycopg.connect(databases.warehouse) as owner:
            owner.execute("alter table serving.agent_funnel alter column assigned type integer")
        answers = [api.get(f"/agent/analytics/funnel?dateRange={days}") for days in (30, 90, 365)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
