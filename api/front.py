"""Ahead of routing: a question that was answered before is answered again from the cache.

It answers only what the routes have answered in the same spelling to the same agent, to a token
that was verified a moment ago, within the agent's rate. All else goes on to the routes.
"""

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, State
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.spellings import Spelling, first_headers

if TYPE_CHECKING:
    from api.analytics import Analytics
    from api.auth import Tokens
    from api.rate_limit import RateLimit
    from api.spellings import Spellings

SCHEME = b"bearer "


class Front:
    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._kept(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _kept(self, scope: Scope) -> Response | None:
        headers = first_headers(scope)
        authorization = headers.get(b"authorization", b"")
        # The routes look whose event this is.
        is_resumed = b"last-event-id" in headers
        if scope["method"] != "GET" or authorization[: len(SCHEME)].lower() != SCHEME or is_resumed:
            return None
        tokens: Tokens = self._state.tokens
        spellings: Spellings = self._state.spellings
        analytics: Analytics = self._state.analytics
        rate_limit: RateLimit = self._state.rate_limit
        bearer = tokens.trusted(authorization[len(SCHEME) :].decode("latin-1"))
        key = bearer and spellings.key(Spelling.of(scope, headers, bearer.agent))
        served = key and analytics.kept(key)
        # Whoever asks too often is told so by the routes.
        if not key or not served or rate_limit.wait_seconds(key.agent):
            return None
        if b"if-none-match" not in headers:
            return served.whole
        return served.to(Headers(scope=scope).getlist("if-none-match"))
