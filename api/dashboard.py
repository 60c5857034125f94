"""The dashboard at `/`: the built page, from memory, under a policy that admits nothing else."""

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request, Response

from api.etag import is_held

PAGE = Path(__file__).parent / "dashboard_page"
INDEX = "index.html"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}
# Vite names every file but the index after its content.
UNCHANGING = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"
MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
NOT_BUILT = "The dashboard is not built here: run `make dashboard`, or install the wheel.\n"


@dataclass(frozen=True)
class PageFile:
    content: bytes
    compressed: bytes
    media_type: str
    tag: str

    @classmethod
    def read(cls, path: Path) -> "PageFile":
        content = path.read_bytes()
        # One tag for the compressed and the plain form: a weak one.
        tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
        return cls(content, gzip.compress(content, mtime=0), MEDIA_TYPES[path.suffix], tag)


def add_dashboard(app: FastAPI, page: Path = PAGE) -> None:
    """Adds a route per file of the page; without a built page, `/` says that there is none."""
    if not (page / INDEX).is_file():
        app.add_api_route("/", _not_built, methods=["GET", "HEAD"], include_in_schema=False)
        return
    for path in (page / INDEX, *sorted((page / "assets").iterdir())):
        name = path.relative_to(page).as_posix()
        route, freshness = ("/", REVALIDATED) if name == INDEX else (f"/{name}", UNCHANGING)
        handler = _handler(PageFile.read(path), freshness)
        app.add_api_route(route, handler, methods=["GET", "HEAD"], include_in_schema=False)


def _handler(file: PageFile, freshness: str) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        headers = {**HEADERS, "Cache-Control": freshness, "ETag": file.tag}
        if is_held(file.tag.removeprefix("W/"), request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        content = file.content
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["Content-Encoding"] = file.compressed, "gzip"
        return Response(content, headers=headers, media_type=file.media_type)

    return handler


async def _not_built() -> Response:
    return Response(NOT_BUILT, 404, HEADERS, "text/plain")
