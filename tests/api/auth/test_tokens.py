"""Every route accepts only valid tokens of agents."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.support.servers.api_server import (
    ROUTES,
    SECRET,
    Api,
    bearer,
    claims,
    serving,
    settings,
    token,
)
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

NOW = int(time.time())
RSA_KEY = rsa.generate_private_key(65537, 2048)
OTHER_RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def segment(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def unsigned(algorithm: str) -> str:
    return f"{segment({'alg': algorithm, 'typ': 'JWT'})}.{segment(claims())}."


def answers(api: Api, headers: dict[str, str]) -> dict[str, httpx.Response]:
    """Of every operation of the OpenAPI document that is about an agent."""
    paths = api.anonymous("/openapi.json").json()["paths"]
    return {
        f"{method} {path}": api.client.request(method, path, headers=headers)
        for path, operations in paths.items()
        for method in operations
        if path.startswith("/agent/")
    }


def assert_every_route_answers_401(api: Api, headers: dict[str, str]) -> None:
    refused = answers(api, headers)
    assert len(refused) > len(ROUTES)
    for route, answer in refused.items():
        assert answer.status_code == 401, route
        assert answer.json() == {"error": "Authentication required"}
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def assert_every_route_answers_403(api: Api, headers: dict[str, str]) -> None:
    for route, answer in answers(api, headers).items():
        assert answer.status_code == 403, route
        assert answer.json() == {"error": "Agent access required"}


def assert_every_route_answers(api: Api, text: str) -> None:
    statuses = {route: api.anonymous(route, headers=bearer(text)).status_code for route in ROUTES}
    assert statuses == dict.fromkeys(ROUTES, 200)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": token()},
        {"Authorization": "Bearer not.a.token"},
        {"Authorization": f"Bearer {token()}x"},
        {"Authorization": f"Bearer {token()} {token()}"},
        {"Authorization": f"Bearer {segment('{' * 9)}.{segment({})}.x"},
        {"Authorization": "Bearer " + "W1tb" * 10_000 + ".e30.x"},
        {"Cookie": f"token={token()}"},
    ],
)
def test_no_token_or_a_malformed_one_is_401(api: Api, headers: dict[str, str]) -> None:
    assert_every_route_answers_401(api, headers)


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": NOW - 1},
        {"exp": None},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"nbf": NOW + 86_400},
        {"iat": NOW + 86_400},
        {"sub": None},
        {"sub": 7},
        {"sub": ["agent-1"]},
        {"sub": {"id": "agent-1"}},
        {"sub": True},
        {"sub": ""},
        {"sub": " \t"},
        {"sub": "a" * 51},
        {"sub": "agent-1\0"},
        {"sub": "agent-\ud800"},
    ],
)
def test_a_token_out_of_its_time_or_without_an_agent_is_401(
    api: Api, changes: dict[str, object]
) -> None:
    assert_every_route_answers_401(api, bearer(token(**changes)))


@pytest.mark.parametrize("role", [None, "", "admin", "Agent", "agent ", ["agent"], True, 1])
def test_another_role_is_403(api: Api, role: object) -> None:
    assert_every_route_answers_403(api, bearer(token(role=role)))


def test_a_bad_agent_claim_comes_before_a_bad_role(api: Api) -> None:
    assert_every_route_answers_401(api, bearer(token(sub="", role="admin")))


@pytest.mark.parametrize(
    "text",
    [
        jwt.encode(claims(), SECRET[::-1], algorithm="HS256"),
        jwt.encode(claims(), SECRET * 2, algorithm="HS512"),
        jwt.encode(claims(), RSA_KEY, algorithm="RS256"),
        jwt.encode(claims(), EC_KEY, algorithm="ES256"),
        unsigned("none"),
        unsigned("None"),
        unsigned("HS256"),
    ],
)
def test_another_key_or_algorithm_is_401(api: Api, text: str) -> None:
    assert_every_route_answers_401(api, bearer(text))


def test_a_good_token_is_answered_with_any_id_that_the_data_can_hold(api: Api) -> None:
    for agent in ("agent-1", "a" * 50, "Zoë O'Hara; --", "%(agent_id)s", "\u202e"):
        answer = api.get(ROUTES[0], agent=agent)
        assert answer.status_code == 200
        assert answer.json()["agentId"] == agent


def test_audience_in_the_token_is_ignored_where_none_is_configured(api: Api) -> None:
    assert_every_route_answers(api, token(aud="elsewhere", iss="anyone", jti=7))


@pytest.fixture(scope="module")
def strict_api(module_databases: Databases, filled_warehouse: str) -> Iterator[Api]:
    strict = settings(jwt_issuer="crm", jwt_audience="analytics", jwt_agent_claim="crm_agent")
    with serving(strict, module_databases) as running:
        yield running


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "other"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"aud": []},
        {"aud": {"analytics": 1}},
        {"crm_agent": None},
    ],
)
def test_a_wrong_or_missing_issuer_audience_or_claim_is_401(
    strict_api: Api, changes: dict[str, object]
) -> None:
    good = {"iss": "crm", "aud": "analytics", "crm_agent": "agent-1"}
    assert_every_route_answers_401(strict_api, bearer(token(**{**good, **changes})))


def test_the_configured_issuer_audience_and_claim_are_answered(strict_api: Api) -> None:
    good = token(sub=99, iss="crm", aud=["x", "analytics"], crm_agent="agent-1")
    assert_every_route_answers(strict_api, good)


@pytest.mark.parametrize(
    ("algorithm", "key"), [("RS256", RSA_KEY), ("PS256", RSA_KEY), ("ES256", EC_KEY)]
)
def test_a_public_key_verifies_its_own_algorithm_only(
    module_databases: Databases,
    filled_warehouse: str,
    algorithm: str,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
) -> None:
    public = pem(key)
    given = settings(jwt_algorithm=algorithm, jwt_public_key=public.replace("\n", "\\n"))
    # The classic confusion: the public text taken for a shared secret.
    confused = jwt.api_jws.PyJWS()
    confused._algorithms["HS256"].prepare_key = lambda text: text  # type: ignore[assignment,method-assign]
    payload = json.dumps(claims()).encode()
    with serving(given, module_databases) as api:
        assert_every_route_answers(api, jwt.encode(claims(), key, algorithm=algorithm))
        for forged in (
            confused.encode(payload, public.encode(), algorithm="HS256"),
            jwt.encode(claims(), OTHER_RSA_KEY, algorithm="RS256"),
            token(),
            unsigned("none"),
        ):
            assert_every_route_answers_401(api, bearer(forged))


def test_a_jwks_url_gives_the_key_that_the_token_names(
    module_databases: Databases, filled_warehouse: str
) -> None:
    key = jwt.algorithms.RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True)
    keys = json.dumps({"keys": [{**key, "kid": "k1", "use": "sig"}]}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(keys)

        def log_message(self, *_: object) -> None:
            pass

    def signed(kid: str | None, key: rsa.RSAPrivateKey = RSA_KEY) -> str:
        return jwt.encode(claims(), key, algorithm="RS256", headers={"kid": kid} if kid else {})

    server = HTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    given = settings(
        jwt_algorithm="RS256", jwt_jwks_url=f"http://127.0.0.1:{server.server_port}/keys"
    )
    try:
        with serving(given, module_databases) as api:
            assert_every_route_answers(api, signed("k1"))
            for text in (signed("k2"), signed(None), signed("k1", OTHER_RSA_KEY), token()):
                assert_every_route_answers_401(api, bearer(text))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    with serving(given, module_databases) as api:
        answer = api.anonymous(ROUTES[0], headers=bearer(signed("k1")))
    assert answer.status_code == 503
    assert answer.json() == {"error": "Signing keys unavailable"}
    assert int(answer.headers["Retry-After"]) >= 1
