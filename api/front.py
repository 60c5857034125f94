"""Ahead of routing: a question that a route has answered before is answered without it.

That is one in the same spelling, of the same agent, by a token that was verified a moment ago and
within the agent's rate. All else goes on to the routes, also to be refused there.
"""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, State
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, answer_to, answer_to_failure
from api.spellings import FirstHeaders, first_headers, spelling

if TYPE_CHECKING:
    from api.analytics import Analytics
    from api.question import Question
    from api.rate_limit import RateLimit
    from api.spellings import Spellings


class Front:
    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = first_headers(scope)
            if question := self._known(scope, headers):
                return self._answer(question, headers, scope, receive, send)
        return self._app(scope, receive, send)

    def _known(self, scope: Scope, headers: FirstHeaders) -> "Question | None":
        """What is asked, where it is known and may be answered now."""
        spellings: Spellings = self._state.spellings
        rate_limit: RateLimit = self._state.rate_limit
        # Whose event a client goes on from, the routes look up.
        if b"last-event-id" in headers:
            return None
        asked = spellings.asked(spelling(scope, headers))
        # Whoever asks too often is told so by the routes.
        if (
            asked is None
            or not asked.bearer.is_trusted()
            or rate_limit.wait_seconds(asked.bearer.agent)
        ):
            return None
        return asked.question

    async def _answer(
        self,
        question: "Question",
        headers: FirstHeaders,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        analytics: Analytics = self._state.analytics
        state = scope.setdefault("state", {})
        state |= {"agent": question.agent, "route": question.endpoint.path}
        try:
            served, is_cached = await analytics.answer(question)
        except ApiError as refusal:
            await answer_to(refusal)(scope, receive, send)
            return
        except Exception:
            await answer_to_failure()(scope, receive, send)
            raise
        state["cache"] = "hit" if is_cached else "miss"
        answer = served.whole
        if b"if-none-match" in headers:
            answer = served.to(Headers(scope=scope).getlist("if-none-match"))
        await answer(scope, receive, send)
