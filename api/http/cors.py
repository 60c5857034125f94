"""CORS: browsers may read answers from the configured web origins, and from no others."""

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT", "DELETE")
REQUEST_HEADERS = ("Accept", "Authorization", "Content-Type", "If-None-Match", "Last-Event-ID")
READABLE_HEADERS = (
    "Analytics-Meta",
    "Analytics-Next-Cursor",
    "ETag",
    "Retry-After",
    "X-Request-ID",
)


class CrossOrigin(CORSMiddleware):
    """Starlette's, which by itself sends `Vary: Origin` to allowed origins only."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A cache must not reuse a response without CORS headers for an origin.
                if "origin" not in headers.get("Vary", "").lower().replace(" ", "").split(","):
                    headers.add_vary_header("Origin")
            await send(message)

        await super().__call__(scope, receive, send_varied)


def with_cors(app: ASGIApp, origins: tuple[str, ...]) -> ASGIApp:
    """Wrapped around everything else, so that errors and cached answers pass it too."""
    if not origins:
        return app
    return CrossOrigin(
        app,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=REQUEST_HEADERS,
        expose_headers=READABLE_HEADERS,
    )
