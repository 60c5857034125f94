"""JWT verification: an Authorization header becomes the verified token of one agent."""

from collections.abc import Mapping
from typing import Any

import jwt
from fastapi.security.utils import get_authorization_scheme_param
from starlette.datastructures import Headers
from starlette.types import Scope

from api.auth.token_cache import TokenCache, VerifiedToken, authorization_digest
from api.auth.verification_keys import verification_key
from api.http.errors import AgentAccessRequiredError, AuthenticationRequiredError
from config.settings import Settings
from warehouse.agent_id import is_agent_id

FOREVER = 2**40


class JwtVerifier:
    """Verifies by the one configured algorithm, key, issuer and audience."""

    def __init__(self, settings: Settings) -> None:
        self._algorithm = settings.jwt_algorithm
        self._key_of = verification_key(settings)
        self._issuer = settings.jwt_issuer or None
        self._audience = settings.jwt_audience or None
        self._agent_claim = settings.jwt_agent_claim
        self._cache = TokenCache()

    async def verify(self, scope: Scope) -> VerifiedToken:
        """The request's token; AuthenticationRequiredError or AgentAccessRequiredError."""
        digest = authorization_digest(scope)
        if token := self._cache.get(digest):
            return token
        header = Headers(scope=scope).get("authorization")
        scheme, encoded = get_authorization_scheme_param(header)
        if scheme.lower() != "bearer" or not encoded:
            raise AuthenticationRequiredError
        claims = await self._claims(encoded)
        agent = claims.get(self._agent_claim)
        if not is_agent_id(agent):
            raise AuthenticationRequiredError
        if claims.get("role") != "agent":
            raise AgentAccessRequiredError
        expires_at = float(min(int(claims["exp"]), FOREVER))
        return self._cache.add(digest, VerifiedToken(str(agent), expires_at))

    async def _claims(self, token: str) -> Mapping[str, Any]:
        required = ["exp"] + ["iss"] * bool(self._issuer) + ["aud"] * bool(self._audience)
        try:
            return jwt.decode(
                token,
                await self._key_of(token),
                algorithms=[self._algorithm],
                issuer=self._issuer,
                audience=self._audience,
                options={
                    "require": required,
                    "verify_aud": self._audience is not None,
                    "verify_sub": False,
                    "verify_jti": False,
                    "enforce_minimum_key_length": True,
                },
            )
        # A hostile token can also break the JSON and number parsers below PyJWT's own errors.
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise AuthenticationRequiredError from error
