"""The API serves the dashboard's files: the index is revalidated, foreign content is blocked."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.dashboard import add_pages
from tests.support.paths import REPOSITORY
from tests.support.servers.api_server import settings

DASHBOARD = REPOSITORY / "dashboard"
SCRIPT = "console.log('a page');"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """An application with a small page."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Page</title>")
    (tmp_path / "docs.html").write_text("<!doctype html><title>Reference</title>")
    (tmp_path / "assets" / "index-C0FFEE.js").write_text(SCRIPT)
    page = FastAPI(docs_url=None)
    add_pages(page, has_dashboard=True, page=tmp_path)
    return page


def get(app: FastAPI, path: str, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def test_the_index_is_revalidated_and_the_other_files_never_change(app: FastAPI) -> None:
    index, script = get(app, "/"), get(app, "/assets/index-C0FFEE.js")
    assert index.headers["Cache-Control"] == "no-cache"
    assert index.headers["Content-Type"] == "text/html; charset=utf-8"
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    again = get(app, "/", **{"If-None-Match": index.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(app, "/assets/other.js").status_code == 404


def test_files_are_compressed_for_who_asks(app: FastAPI) -> None:
    plain = get(app, "/assets/index-C0FFEE.js", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    compressed = get(app, "/assets/index-C0FFEE.js", **{"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert plain.text == compressed.text == SCRIPT


@pytest.mark.parametrize("path", ["/", "/assets/index-C0FFEE.js"])
def test_nothing_but_the_pages_own_files_may_load_or_run(app: FastAPI, path: str) -> None:
    headers = get(app, path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_reference_loads_nothing_foreign(app: FastAPI) -> None:
    answer = get(app, "/docs")
    assert answer.text == "<!doctype html><title>Reference</title>"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " in policy
    assert "://" not in policy
    assert "*" not in policy


def test_without_a_built_page_the_address_says_how_to_get_one(tmp_path: Path) -> None:
    app = FastAPI(docs_url=None)
    add_pages(app, has_dashboard=True, page=tmp_path)
    for address in ("/", "/docs"):
        answer = get(app, address)
        assert answer.status_code == 404
        assert answer.text == "Dashboard not built: run `make dashboard` or install the wheel.\n"


def test_the_switch_turns_the_page_off() -> None:
    app = create_app(settings(api_dashboard="off"))
    answer = get(app, "/")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
    # Built or not, the reference is not the dashboard.
    assert "application/json" not in get(app, "/docs").headers["Content-Type"]


def test_the_pages_lock_names_hashes_and_no_addresses() -> None:
    text = (DASHBOARD / "package-lock.json").read_text()
    assert "://" not in text
    packages: dict[str, Any] = json.loads(text)["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
