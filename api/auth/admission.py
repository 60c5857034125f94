"""Admission of a request: token trust, own data and rate limit, each checked here alone.

`Admission.admit` runs the three checks in this order, so that authentication and access
errors (401, 403) come before the rate limit (429), and both before invalid parameters (422).
Two callers admit a request, each exactly once:

* routes, by declaring an `Agent` or `Admitted` in their signature;
* the fast path for cached answers, which runs ahead of routing.

Nothing about an admission is remembered but the verified token, and that for a minute (see
`token_cache`). A body can name an agent too; the route that reads it calls `ensure_own` itself,
because a body is read only once its sender is known.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import QueryParams
from starlette.types import Scope

from api.auth.jwt_verifier import JwtVerifier
from api.auth.rate_limit import RateLimit
from api.auth.signed_tokens import CURSOR, EVENT, InvalidTokenError, TokenSigner
from api.auth.token_cache import VerifiedToken
from api.http.dependencies import service
from api.http.errors import ForeignDataError, TooManyRequestsError
from api.http.headers import header_values

bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="Claim `role` is `agent`.")


class Admission:
    def __init__(self, verifier: JwtVerifier, signer: TokenSigner, rate_limit: RateLimit) -> None:
        self._verifier = verifier
        self._signer = signer
        self._rate_limit = rate_limit

    async def admit(self, scope: Scope) -> VerifiedToken:
        """The token of a request that may be answered now; ApiError for any other."""
        token = await self._verifier.verify(scope)
        # For the access log, also where the request is rejected below.
        scope["state"]["agent"] = token.agent
        self._ensure_own_request(token.agent, scope)
        if wait_seconds := self._rate_limit.wait_seconds(token.agent):
            raise TooManyRequestsError(wait_seconds)
        return token

    def _ensure_own_request(self, agent: str, scope: Scope) -> None:
        """ForeignDataError for another agent's id, cursor or event id, in any of its places."""
        query = scope["query_string"]
        # Parsing costs more than the rest of a cached answer's admission, so a query string that
        # cannot hold either name, in plain letters or percent-encoded, is not parsed.
        if b"agentId" in query or b"cursor" in query or b"%" in query:
            parameters = QueryParams(query)
            ensure_own(agent, parameters.getlist("agentId"))
            self._ensure_own_tokens(CURSOR, agent, parameters.getlist("cursor"))
        if event_ids := header_values(scope, b"last-event-id"):
            self._ensure_own_tokens(EVENT, agent, event_ids)

    def _ensure_own_tokens(self, kind: str, agent: str, texts: Iterable[str]) -> None:
        for text in texts:
            # Text that we have not signed belongs to no agent; the route that needs it rejects
            # it as invalid.
            with suppress(InvalidTokenError):
                self._signer.verify(kind, agent, text)


def ensure_own(agent: str, agent_ids: Iterable[object]) -> None:
    """ForeignDataError unless every id is the agent's own."""
    if any(agent_id != agent for agent_id in agent_ids):
        raise ForeignDataError


async def admitted_token(
    request: Request,
    # Documents the scheme in OpenAPI; `admit` reads the header itself.
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    admission: Annotated[Admission, Depends(service(Admission))],
) -> VerifiedToken:
    return await admission.admit(request.scope)


Admitted = Annotated[VerifiedToken, Depends(admitted_token)]
"""The token of the request, once it is admitted."""


async def admitted_agent(token: Admitted) -> str:
    return token.agent


Agent = Annotated[str, Depends(admitted_agent)]
"""The admitted agent, for its own data only: every route declares this type."""
