"""The dashboard in a real Chromium; a test module names this one in `pytest_plugins`."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dashboard.build import MODULES, NOTE, PAGE, build
from tests.conftest import PostgresServer, fresh_databases
from tests.dashboard_deployment import Deployment, deployed
from tests.dashboard_visit import Visits

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def built_page() -> None:
    """The page as its sources say, and the tools of its build, of which axe is one."""
    if not MODULES.is_dir():
        (PAGE / NOTE).unlink(missing_ok=True)
    build()


@pytest.fixture(scope="session")
def deployment(
    built_page: None,
    postgres_server: PostgresServer,
    operational_template: str,
    warehouse_template: str,
    pipeline_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployment]:
    with (
        fresh_databases(postgres_server, operational_template, warehouse_template) as databases,
        deployed(databases, pipeline_home, tmp_path_factory.mktemp("lake")) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ends with its module: Playwright's event loop is in the way of whoever needs another."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, f"none of {', '.join(CHROMIUMS)} is installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visits(chromium: Browser, deployment: Deployment) -> Iterator[Visits]:
    """Opens the page; in the end nothing may have gone wrong in it that nobody expected."""
    with Visits(chromium, deployment.api).watched() as windows:
        yield windows
