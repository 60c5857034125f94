"""Time until the dashboard is painted and settled in Chromium, with an empty cache.

python -m benchmarks.api.dashboard [--home DIR] [--rounds 5]
"""

import shutil
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.harness.figures import Figure
from benchmarks.harness.servers import api, refreshed_home, run_and_print, token
from dashboard.build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AGENTS, DAYS = 20, 180
PAINTED_SECONDS, SETTLED_SECONDS = 1.0, 2.0
CARDS = 6
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# A panel that waits says so; the cards come with the first answer.
IS_SETTLED = f"""() => document.querySelectorAll("[data-kpi]").length === {CARDS}
    && document.querySelectorAll("[aria-busy=true], .skeleton").length === 0
    && performance.now()"""


def cold_load(browser: "Browser", address: str) -> tuple[float, float, int]:
    """Returns seconds to the first contentful paint and the last panel, and the request count."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address)
    settled = page.wait_for_function(IS_SETTLED, polling=10).json_value() / 1000
    painted = page.evaluate(PAINTED) / 1000
    context.close()
    return painted, settled, len(requested)


def measure(directory: Path | None = None, rounds: int = 5) -> list[Figure]:
    """A new window each time; the answers, too, are new to the first of them."""
    build()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        refreshed_home(directory, AGENTS, DAYS) as home,
        api(home) as (port, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        agents = (home.agents * rounds)[:rounds]
        addresses = [f"http://127.0.0.1:{port}/#token={token(agent)}" for agent in agents]
        loads = [cold_load(browser, address) for address in addresses]
        browser.close()
    painted, settled, requests = (list(samples) for samples in zip(*loads, strict=True))
    return [
        _figure("first contentful paint", painted, PAINTED_SECONDS),
        _figure("every panel settled", settled, SETTLED_SECONDS),
        Figure(
            what="dashboard, cold load: requests",
            size="any",
            value=statistics.median(requests),
            unit="requests",
            goal="at most one per panel, besides the page's own files",
            samples=[float(number) for number in requests],
        ),
    ]


def _figure(what: str, samples: list[float], limit: float) -> Figure:
    median = statistics.median(samples)
    return Figure(
        what=f"dashboard, cold load: {what}",
        size="any",
        value=median,
        unit="s",
        goal=f"under {limit:g} s",
        meets_goal=median < limit,
        samples=samples,
    )


if __name__ == "__main__":
    run_and_print(__doc__, measure)
