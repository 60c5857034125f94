"""Who is asking: a bearer token becomes the id of one agent, or the request is refused."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import jwt
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import (
    AgentAccessRequiredError,
    AuthenticationRequiredError,
    ForeignDataError,
    TooManyRequestsError,
)
from api.keys import verification_key
from api.marks import CURSOR, EVENT, MarkError
from api.verified_tokens import Bearer, VerifiedTokens
from config.settings import Settings

if TYPE_CHECKING:
    from api.marks import Marks
    from api.rate_limit import RateLimit

LONGEST_AGENT_ID = 50
FOREVER = 2**40

bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="Claim `role` is `agent`.")


class Tokens:
    """Verifies tokens by the one configured algorithm, key, issuer and audience."""

    def __init__(self, settings: Settings) -> None:
        self._algorithm = settings.jwt_algorithm
        self._key_of = verification_key(settings)
        self._issuer = settings.jwt_issuer or None
        self._audience = settings.jwt_audience or None
        self._agent_claim = settings.jwt_agent_claim
        self._verified = VerifiedTokens()

    async def bearer(self, token: str) -> Bearer:
        """The agent that the token was issued for."""
        if bearer := self._verified.bearer(token):
            return bearer
        claims = await self._claims(token)
        agent = claims.get(self._agent_claim)
        if not is_agent_id(agent):
            raise AuthenticationRequiredError
        if claims.get("role") != "agent":
            raise AgentAccessRequiredError
        return self._verified.keep(token, str(agent), float(min(int(claims["exp"]), FOREVER)))

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
        # A hostile token can also break the parsers below the library's own errors.
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise AuthenticationRequiredError from error


def is_agent_id(claim: object) -> bool:
    """True where Postgres could hold the claim as an id: text of 1 to 50 characters."""
    return (
        isinstance(claim, str)
        and bool(claim.strip())
        and len(claim) <= LONGEST_AGENT_ID
        and "\0" not in claim
        and claim.encode(errors="replace").decode() == claim
    )


async def authenticated_bearer(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Bearer:
    if credentials is None:
        raise AuthenticationRequiredError
    tokens: Tokens = request.app.state.tokens
    bearer = await tokens.bearer(credentials.credentials)
    request.state.agent = bearer.agent
    request.state.bearer = bearer
    return bearer


AuthenticatedBearer = Annotated[Bearer, Depends(authenticated_bearer)]


async def agent_of_own_data(request: Request, bearer: AuthenticatedBearer) -> str:
    """The asking agent, if every `agentId`, cursor and event id that it sends is its own."""
    if any(named != bearer.agent for named in request.query_params.getlist("agentId")):
        raise ForeignDataError
    marks: Marks = request.app.state.marks
    sent = {
        CURSOR: request.query_params.getlist("cursor"),
        EVENT: request.headers.getlist("last-event-id"),
    }
    for kind, texts in sent.items():
        for text in texts:
            # Text that is no mark is nobody's, and refused by what would use it.
            with suppress(MarkError):
                marks.open(kind, bearer.agent, text)
    return bearer.agent


AgentOfOwnData = Annotated[str, Depends(agent_of_own_data)]


async def agent_within_rate(request: Request, agent: AgentOfOwnData) -> str:
    rate_limit: RateLimit = request.app.state.rate_limit
    if wait_seconds := rate_limit.wait_seconds(agent):
        raise TooManyRequestsError(wait_seconds)
    return agent


Agent = Annotated[str, Depends(agent_within_rate)]
"""The agent that may be answered now, with its own data: the type that every route asks for."""
