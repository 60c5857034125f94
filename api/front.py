"""Ahead of routing: a question that a route has answered before is answered without it.

That is one in the same spelling, of the same agent, by a token that was verified a moment ago and
within the agent's rate. All else goes on to the routes, and every refusal is theirs.
"""

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, State
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, answer_to
from api.spellings import FirstHeaders, Spelling, first_headers

if TYPE_CHECKING:
    from api.analytics import Analytics
    from api.auth import Tokens
    from api.question import Question
    from api.rate_limit import RateLimit
    from api.spellings import Spellings

SCHEME = b"bearer "


class Front:
    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = first_headers(scope)
            if question := self._known(scope, headers):
                answer = await self._answer(question, scope, headers)
        await answer(scope, receive, send)

    def _known(self, scope: Scope, headers: FirstHeaders) -> "Question | None":
        """What is asked, where it is known and may be answered now."""
        tokens: Tokens = self._state.tokens
        spellings: Spellings = self._state.spellings
        rate_limit: RateLimit = self._state.rate_limit
        authorization = headers.get(b"authorization", b"")
        # Whose event a client goes on from, the routes look up.
        if authorization[: len(SCHEME)].lower() != SCHEME or b"last-event-id" in headers:
            return None
        bearer = tokens.trusted(authorization[len(SCHEME) :].decode("latin-1"))
        question = bearer and spellings.question(Spelling.of(scope, headers, bearer.agent))
        # Whoever asks too often is told so by the routes.
        if not question or rate_limit.wait_seconds(question.agent):
            return None
        return question

    async def _answer(self, question: "Question", scope: Scope, headers: FirstHeaders) -> Response:
        analytics: Analytics = self._state.analytics
        state = scope.setdefault("state", {})
        state |= {"agent": question.agent, "route": question.endpoint.path}
        try:
            served, is_cached = await analytics.answer(question)
        except ApiError as refusal:
            return answer_to(refusal)
        state["cache"] = "hit" if is_cached else "miss"
        if b"if-none-match" not in headers:
            return served.whole
        return served.to(Headers(scope=scope).getlist("if-none-match"))
