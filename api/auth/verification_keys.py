"""Keys that JWTs are verified with: a shared secret, a PEM public key, or a JWKS URL."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from api.http.errors import KeysUnavailableError
from config.settings import Settings, SettingsError

PublicKey = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey | Ed448PublicKey
KeyOf = Callable[[str], Awaitable[Any]]


def verification_key(settings: Settings) -> KeyOf:
    """The key for a token, by configuration; SettingsError where none is usable."""
    name = settings.jwt_algorithm
    if name.startswith("HS"):
        return _fixed_key(_secret(name, settings.jwt_secret))
    if settings.jwt_public_key and settings.jwt_jwks_url:
        raise SettingsError("JWT_PUBLIC_KEY and JWT_JWKS_URL are both set: set only one")
    if settings.jwt_jwks_url:
        return _jwks_key(settings.jwt_jwks_url)
    return _fixed_key(_public_key(name, settings.jwt_public_key))


def _secret(algorithm: str, secret: str | None) -> bytes:
    if not secret:
        raise SettingsError(
            f"JWT_SECRET is not set: JWT_ALGORITHM {algorithm} requires it "
            "(or choose another algorithm, with JWT_PUBLIC_KEY or JWT_JWKS_URL)"
        )
    # RFC 7518 section 3.2: a key at least as long as the hash.
    shortest = int(algorithm[2:]) // 8
    if len(secret.encode()) < shortest:
        raise SettingsError(f"JWT_SECRET: {algorithm} needs at least {shortest} bytes")
    try:
        jwt.get_algorithm_by_name(algorithm).prepare_key(secret)
    except jwt.InvalidKeyError as error:
        raise SettingsError(
            "JWT_SECRET: is a public key or certificate, not a shared secret"
        ) from error
    return secret.encode()


def _public_key(algorithm: str, pem: str | None) -> PublicKey:
    if not pem:
        raise SettingsError(
            f"JWT_PUBLIC_KEY or JWT_JWKS_URL must be set: JWT_ALGORITHM {algorithm} requires one"
        )
    implementation = jwt.get_algorithm_by_name(algorithm)
    try:
        # Environment files often hold the PEM with escaped line ends.
        key = implementation.prepare_key(pem.replace("\\n", "\n"))
    except (jwt.InvalidKeyError, ValueError, TypeError) as error:
        raise SettingsError(f"JWT_PUBLIC_KEY: is not a PEM key for {algorithm}") from error
    if not isinstance(key, PublicKey):
        raise SettingsError("JWT_PUBLIC_KEY: is a private key; use its public key")
    if too_short := implementation.check_key_length(key):
        raise SettingsError(f"JWT_PUBLIC_KEY: {too_short}")
    return key


def _fixed_key(key: Any) -> KeyOf:
    async def key_of(_token: str) -> Any:
        return key

    return key_of


def _jwks_key(url: str) -> KeyOf:
    try:
        client = jwt.PyJWKClient(url, timeout=3)
    except jwt.PyJWKClientError as error:
        raise SettingsError("JWT_JWKS_URL: must be an http or https URL") from error

    def key_with_id(key_id: str) -> Any:
        try:
            # Fetched first: a server that is away or sends no key set says nothing of the token.
            client.get_signing_keys()
        except (jwt.PyJWKClientError, jwt.PyJWKSetError, ValueError, RecursionError) as error:
            raise KeysUnavailableError from error
        try:
            return client.get_signing_key(key_id).key
        except (jwt.PyJWKClientConnectionError, jwt.PyJWKSetError, ValueError) as error:
            raise KeysUnavailableError from error

    async def key_of(token: str) -> Any:
        key_id = jwt.get_unverified_header(token).get("kid")
        if key_id is None:
            raise jwt.DecodeError("token names no key")
        return await asyncio.to_thread(key_with_id, key_id)

    return key_of
