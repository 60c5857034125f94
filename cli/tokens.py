"""Development JWTs, and the secret that signs them in an embedded set-up."""

import os
import secrets
import time
from datetime import timedelta
from pathlib import Path

import jwt

from config.settings import Settings
from config.user_error import UserError
from warehouse.agent_id import MAX_LENGTH, is_agent_id

SECRET_BYTES = 32


def is_embedded(settings: Settings) -> bool:
    """Returns whether both databases run in the embedded Postgres."""
    return not (settings.operational_database_url or settings.warehouse_database_url)


def use_development_secret(settings: Settings) -> Settings:
    """Returns the settings with the home's own secret, if the set-up is embedded and has no key.

    Also sets JWT_SECRET in the environment, for child processes.
    """
    has_key = settings.jwt_secret or settings.jwt_public_key or settings.jwt_jwks_url
    if has_key or not is_embedded(settings) or not settings.jwt_algorithm.startswith("HS"):
        return settings
    secret = _home_secret(settings.home / "jwt_secret")
    os.environ["JWT_SECRET"] = secret
    return settings.model_copy(update={"jwt_secret": secret})


def development_token(settings: Settings, agent: str, lifetime: timedelta) -> str:
    """Returns a token that the API accepts. Raises UserError without a shared secret."""
    algorithm, secret = settings.jwt_algorithm, settings.jwt_secret
    if not algorithm.startswith("HS"):
        raise UserError(f"JWT_ALGORITHM {algorithm}: only the owner of the private key can sign")
    if not secret:
        raise UserError("JWT_SECRET is not set: a token needs a shared secret")
    if len(secret.encode()) < int(algorithm[2:]) // 8:
        raise UserError(f"JWT_SECRET: {algorithm} needs at least {int(algorithm[2:]) // 8} bytes")
    if not is_agent_id(agent):
        raise UserError(f"an agent id has 1 to {MAX_LENGTH} characters")
    now = int(time.time())
    claims: dict[str, object] = {
        settings.jwt_agent_claim: agent,
        "role": "agent",
        "iat": now,
        "exp": now + int(lifetime.total_seconds()),
    }
    if settings.jwt_issuer:
        claims["iss"] = settings.jwt_issuer
    if settings.jwt_audience:
        claims["aud"] = settings.jwt_audience
    return jwt.encode(claims, secret, algorithm=algorithm)


def _home_secret(path: Path) -> str:
    """Creates the secret once; with several commands at the same time the first one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_hex(SECRET_BYTES))
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text()
