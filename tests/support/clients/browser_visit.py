"""One person at the dashboard: a browser window, its requests, and its errors."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from tests.support.servers.api_server import Api, token

WIDE, NARROW = (1280, 900), (390, 844)
# Chromium logs every answer that is not a success, including those that a test expects.
FAILED_ANSWER = "Failed to load resource"
WEBP_QUALITY = 70

expect.set_options(timeout=60_000)


class Visit:
    def __init__(self, browser: Browser, api: Api, **options: Any) -> None:
        self.api = api
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.requests: list[Request] = []
        self.problems: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and FAILED_ANSWER not in message.text:
            self.problems.append(message.text)

    def sign_in(self, bearer: str) -> None:
        """By the link that holds the token."""
        self.page.goto(f"{self.api.url}/#token={bearer}")

    def settled(self) -> None:
        """Waits until every panel has its answer."""
        expect(self.page.locator("[data-kpi]")).to_have_count(6)
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    def requests_to(self, route: str) -> list[Request]:
        return [request for request in self.requests if f"/agent/{route}" in request.url]

    def card(self, name: str) -> Locator:
        return self.page.locator(f"[data-kpi='{name}']")

    def picture(self, name: str, *, is_whole: bool = False) -> None:
        """Saves a screenshot in the folder SCREENSHOTS, if set."""
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        size = self.page.viewport_size
        assert size is not None
        session = self.context.new_cdp_session(self.page)
        metrics = session.send("Page.getLayoutMetrics")["cssContentSize"]
        height = metrics["height"] if is_whole else size["height"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
        taken = session.send(
            "Page.captureScreenshot",
            {
                "format": "webp",
                "quality": WEBP_QUALITY,
                "captureBeyondViewport": is_whole,
                **({"clip": clip} if is_whole else {}),
            },
        )
        path = Path(folder) / f"{name}-{size['width']}.webp"
        path.write_bytes(base64.b64decode(taken["data"]))


class Visits:
    """Opens windows in a locale, a size and a colour scheme."""

    def __init__(self, browser: Browser, api: Api) -> None:
        self._browser = browser
        self._api = api
        self._open: list[Visit] = []

    @contextmanager
    def watched(self) -> Iterator["Visits"]:
        try:
            yield self
            problems = [problem for visit in self._open for problem in visit.problems]
            assert problems == []
        finally:
            for visit in self._open:
                visit.context.close()

    def window(
        self,
        size: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        locale: str = "en-US",
        api: Api | None = None,
    ) -> Visit:
        """A new window without a token."""
        visit = Visit(
            self._browser,
            api or self._api,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale=locale,
            timezone_id="America/New_York",
            reduced_motion="reduce",
        )
        self._open.append(visit)
        return visit

    def signed_in(self, agent: str, **options: Any) -> Visit:
        """A window in which this agent's numbers have arrived."""
        visit = self.window(**options)
        visit.sign_in(token(agent))
        visit.settled()
        return visit
