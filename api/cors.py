"""Which other web origins may read answers in a browser: the configured ones, and nobody else."""

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT")
REQUEST_HEADERS = ("Accept", "Authorization", "Content-Type", "If-None-Match", "Last-Event-ID")
READABLE_HEADERS = (
    "Analytics-Meta",
    "Analytics-Next-Cursor",
    "ETag",
    "Retry-After",
    "X-Request-ID",
)


class CrossOrigin(CORSMiddleware):
    """Starlette's, which says `Vary: Origin` only where it has answered for an origin."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Whoever keeps an answer to no origin must not give it to one, or the reverse.
                if "origin" not in headers.get("Vary", "").lower().replace(" ", "").split(","):
                    headers.add_vary_header("Origin")
            await send(message)

        await super().__call__(scope, receive, send_varied)


def admitting(app: ASGIApp, origins: tuple[str, ...]) -> ASGIApp:
    """Around everything else, so that every error and every kept answer passes it too."""
    if not origins:
        return app
    return CrossOrigin(
        app,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=REQUEST_HEADERS,
        expose_headers=READABLE_HEADERS,
    )
