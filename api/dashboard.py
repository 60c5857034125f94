"""Static pages, served from memory: the dashboard at `/`, the API reference at `/docs`."""

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request, Response

from api.http.etag import is_held

PAGE = Path(__file__).parent / "dashboard_page"
INDEX = "index.html"
REFERENCE = "docs.html"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
# Swagger UI sets inline styles, and its style sheet has icons as data URLs.
REFERENCE_POLICY = {
    **POLICY,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}
# Vite puts a hash of the content into the name of every file but the index.
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"
MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
NOT_BUILT = "Dashboard not built: run `make dashboard` or install the wheel.\n"


@dataclass(frozen=True)
class PageFile:
    content: bytes
    compressed: bytes
    media_type: str
    tag: str

    @classmethod
    def read(cls, path: Path) -> "PageFile":
        content = path.read_bytes()
        # Weak: the same tag stands for the compressed and the plain form.
        tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
        return cls(content, gzip.compress(content, mtime=0), MEDIA_TYPES[path.suffix], tag)


def add_pages(app: FastAPI, *, has_dashboard: bool, page: Path = PAGE) -> None:
    """A route for each page and asset; pages that are not built answer how to build them."""
    trusted = {**POLICY, "require-trusted-types-for": "'script'"}
    routes = {"/docs": (REFERENCE, REFERENCE_POLICY)}
    if has_dashboard:
        routes["/"] = (INDEX, trusted)
    for route, (name, policy) in routes.items():
        path = page / name
        handler = _handler(PageFile.read(path), REVALIDATED, policy) if path.is_file() else None
        _add(app, route, handler or _not_built)
    for path in sorted(page.glob("assets/*")):
        _add(app, f"/assets/{path.name}", _handler(PageFile.read(path), IMMUTABLE, trusted))


def _add(app: FastAPI, route: str, handler: Callable[..., Awaitable[Response]]) -> None:
    app.add_api_route(route, handler, methods=["GET", "HEAD"], include_in_schema=False)


def _handler(
    file: PageFile, freshness: str, policy: dict[str, str]
) -> Callable[[Request], Awaitable[Response]]:
    policy_text = "; ".join(f"{name} {value}" for name, value in policy.items())

    async def handler(request: Request) -> Response:
        headers = {
            **HEADERS,
            "Content-Security-Policy": policy_text,
            "Cache-Control": freshness,
            "ETag": file.tag,
        }
        if is_held(file.tag.removeprefix("W/"), request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        content = file.content
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["Content-Encoding"] = file.compressed, "gzip"
        return Response(content, headers=headers, media_type=file.media_type)

    return handler


async def _not_built() -> Response:
    return Response(NOT_BUILT, 404, HEADERS, "text/plain")
