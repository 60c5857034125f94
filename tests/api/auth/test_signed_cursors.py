"""Cursors and event ids are valid at every worker with the same key and at no other."""

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.auth.signed_tokens import InvalidTokenError, TokenSigner, signing_key
from api.http.errors import ForeignDataError
from tests.support.crm.activity_log import log
from tests.support.servers.api_server import bearer, claims, serving, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

ACTIVITIES = "/agent/analytics/activities"
URL = "postgresql://api:short@db:5432/crm"
KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC_PEM = (
    KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
PUBLIC = {"jwt_algorithm": "ES256", "jwt_public_key": PUBLIC_PEM, "jwt_secret": None}


def test_the_key_is_the_same_for_the_same_configuration_alone() -> None:
    of_secret = signing_key(settings(), URL)
    assert of_secret == signing_key(settings(), URL.replace("db", "other"))
    assert of_secret != signing_key(settings(jwt_secret="x" * 32), URL)
    of_url = signing_key(settings(**PUBLIC), URL)
    assert of_url == signing_key(settings(**PUBLIC), URL)
    assert of_url != signing_key(settings(**PUBLIC), URL.replace("short", "longer"))
    assert of_url not in {of_secret, signing_key(settings(), URL)}


def test_with_a_public_key_alone_a_cursor_is_good_at_another_worker(
    module_databases: Databases, filled_warehouse: str, crm: str
) -> None:
    log(crm, "one", "two")
    headers = bearer(jwt.encode(claims(), KEY, algorithm="ES256"))
    with serving(settings(**PUBLIC), module_databases) as api:
        first = api.client.get(ACTIVITIES, params={"limit": 1}, headers=headers).json()
    with serving(settings(**PUBLIC), module_databases) as api:
        query = {"cursor": first["nextCursor"]}
        second = api.client.get(ACTIVITIES, params=query, headers=headers).json()
    assert [each["title"] for each in second["activities"]] == ["one"]


def test_a_signed_token_is_good_for_its_kind_and_agent_alone() -> None:
    signer = TokenSigner(b"key")
    token = signer.sign("cursor", "agent-1", b"content")
    assert signer.verify("cursor", "agent-1", token) == b"content"
    with pytest.raises(ForeignDataError):
        signer.verify("cursor", "agent-2", token)
    for kind, text, key in (
        ("event", token, b"key"),
        ("cursor", token, b"other key"),
        ("cursor", token[:-2], b"key"),
        ("cursor", token[1:], b"key"),
        ("cursor", "", b"key"),
        ("cursor", "\u00e9", b"key"),
        ("cursor", "====", b"key"),
    ):
        with pytest.raises(InvalidTokenError):
            TokenSigner(key).verify(kind, "agent-1", text)


def test_a_signed_token_does_not_reveal_the_id_of_its_agent() -> None:
    signer = TokenSigner(b"key")
    assert signer.sign("cursor", "a", b"") != signer.sign("cursor", "b", b"")
    assert len({len(signer.sign("cursor", agent, b"")) for agent in ("a", "a" * 50)}) == 1
