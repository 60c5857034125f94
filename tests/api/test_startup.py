"""An invalid configuration stops the start with a one-line error."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from api.app import create_app
from config.settings import SettingsError
from tests.support.servers.api_server import serving, settings
from tests.support.waiting import wait_until
from warehouse.databases import Databases
from warehouse.embedded.shared_server import is_running

EC_KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC_PEM = (
    EC_KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
PRIVATE_PEM = EC_KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
).decode()
SHORT_RSA_PEM = (
    rsa.generate_private_key(65537, 1024)
    .public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"jwt_secret": None}, "JWT_SECRET is not set.*JWT_PUBLIC_KEY or JWT_JWKS_URL"),
        ({"jwt_secret": "x" * 31}, "JWT_SECRET: HS256 needs at least 32 bytes"),
        ({"jwt_secret": "x" * 63, "jwt_algorithm": "HS512"}, "JWT_SECRET: HS512 .* 64 bytes"),
        ({"jwt_secret": PUBLIC_PEM}, "JWT_SECRET: is a public key"),
        ({"jwt_algorithm": "none"}, "JWT_ALGORITHM: unknown algorithm 'none'"),
        ({"jwt_algorithm": "RS256"}, "JWT_PUBLIC_KEY or JWT_JWKS_URL must be set"),
        ({"jwt_algorithm": "RS256", "jwt_public_key": "x"}, "JWT_PUBLIC_KEY: is not a PEM"),
        ({"jwt_algorithm": "RS256", "jwt_public_key": PUBLIC_PEM}, "JWT_PUBLIC_KEY: is not a PEM"),
        ({"jwt_algorithm": "ES256", "jwt_public_key": PRIVATE_PEM}, "JWT_PUBLIC_KEY: .* private"),
        ({"jwt_algorithm": "RS256", "jwt_public_key": SHORT_RSA_PEM}, "JWT_PUBLIC_KEY: .*2048"),
        ({"jwt_algorithm": "RS256", "jwt_jwks_url": "file:///etc/passwd"}, "JWT_JWKS_URL: must be"),
        (
            {"jwt_algorithm": "ES256", "jwt_public_key": PUBLIC_PEM, "jwt_jwks_url": "http://x"},
            "JWT_PUBLIC_KEY and JWT_JWKS_URL are both set",
        ),
    ],
)
def test_a_key_that_does_not_fit_is_refused(values: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as error:
        create_app(settings(**values))
    assert "\n" not in str(error.value)
    assert "x" * 31 not in str(error.value)


def test_nothing_is_opened_before_the_server_starts() -> None:
    unreachable = "postgresql://api:secret@127.0.0.1:1/warehouse"
    create_app(
        settings(
            operational_database_url=unreachable,
            warehouse_database_url=unreachable,
            api_warehouse_url=unreachable,
        )
    )


def test_a_database_without_a_url_of_the_api_is_refused() -> None:
    owner = "postgresql://owner:secret@127.0.0.1:1/warehouse"
    with pytest.raises(SettingsError, match="API_WAREHOUSE_URL: required"):
        create_app(settings(), Databases(owner, owner, owner, "", None))
    with pytest.raises(SettingsError, match="API_OPERATIONAL_URL: required"):
        create_app(settings(), Databases(owner, owner, "", owner, None))


def test_the_server_holds_the_embedded_postgres_for_as_long_as_it_runs(
    server_directory: Path,
) -> None:
    home = server_directory / "home"
    with serving(settings(home=home), None) as api:
        assert is_running(home / "postgres")
        assert api.anonymous("/health/live").status_code == 200
    wait_until(lambda: not is_running(home / "postgres"))


def test_the_api_imports_no_pipeline() -> None:
    listing = "import sys, api.app; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    imported = subprocess.run(
        [sys.executable, "-c", listing], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "api" in imported
    assert not {"dagster", "dbt", "polars", "duckdb", "pipelines"} & set(imported)
