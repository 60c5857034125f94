"""Observability middleware: an access log line, metrics, and a trace span for every request.

The application adds to `scope["state"]` what only it knows: `agent` (its id), `cache` (hit or
miss), and `route` for a request that is answered ahead of routing.
"""

import logging
from collections.abc import Awaitable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observability.json_log import ACCESS, FIELDS
from api.observability.metrics import RequestMetrics
from api.observability.request_id import HEADER, request_id
from api.observability.traces import request_span

if TYPE_CHECKING:
    from collections.abc import Callable

    from opentelemetry.trace import Tracer

UNROUTED = "(none)"
# nginx's status for a client that closed the connection before it was answered.
CLIENT_GONE = 499


class ObservabilityMiddleware:
    """`agent_hash` and `tracer` are set by the lifespan, before the first request."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics, *, is_logged: bool) -> None:
        self.agent_hash: Callable[[str], str] = _unknown
        self.tracer: Tracer | None = None
        self._app = app
        self._metrics = metrics
        self._is_logged = is_logged

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        if self.tracer is None:
            return self._observe(scope, receive, send, None)
        return self._trace(self.tracer, scope, receive, send)

    async def _trace(self, tracer: "Tracer", scope: Scope, receive: Receive, send: Send) -> None:
        with request_span(tracer, scope["headers"]) as span:
            await self._observe(scope, receive, send, span)

    async def _observe(self, scope: Scope, receive: Receive, send: Send, span: Any) -> None:
        began = perf_counter()
        state = scope.setdefault("state", {})
        name = request_id(scope["headers"])
        status = CLIENT_GONE

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, name)]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            seconds = perf_counter() - began
            method, cache = scope["method"], state.get("cache")
            route = state.get("route") or getattr(scope.get("route"), "path", UNROUTED)
            self._metrics.add(method, route, status, seconds, cache)
            if self._is_logged or span is not None:
                agent = state.get("agent")
                fields = {
                    "request_id": name.decode(),
                    "method": method,
                    "route": route,
                    "status": status,
                    "duration_ms": round(seconds * 1000, 2),
                    "agent": agent and self.agent_hash(agent),
                    "cache": cache,
                }
                if self._is_logged:
                    ACCESS.log(_level(status), "request", extra={FIELDS: fields})
                if span is not None:
                    _annotate(span, fields)


def _level(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO


def _annotate(span: Any, fields: dict[str, Any]) -> None:
    span.update_name(f"{fields['method']} {fields['route']}")
    span.set_attributes(
        {
            "http.request.method": fields["method"],
            "http.route": fields["route"],
            "http.response.status_code": fields["status"],
            "request.id": fields["request_id"],
            **{name: fields[name] for name in ("agent", "cache") if fields[name]},
        }
    )


def _unknown(_agent: str) -> str:
    raise RuntimeError("application not started")
