"""The API over simulated activity that the real pipeline has read, computed and published."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from crm.simulation.history import simulate
from crm.sources.mapping import LeadsMapping
from pipelines.partitions import today
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import Api, serving, settings
from warehouse.databases import Databases

ZONE = "Europe/Vienna"
LOGGED = "select public.log_agent_activity(%s, %s, %s, %s, %s, %s)"
AGENTS, DAYS, SEED = 12, 150, 7


@dataclass(frozen=True)
class Deployment:
    api: Api
    databases: Databases
    pipeline: Pipeline

    @property
    def today(self) -> date:
        return today(ZONE)

    def answer(self, path: str, agent: str) -> dict[str, Any]:
        """Returns the API's answer to this agent, after its rate limit has refilled."""
        while (answer := self.api.get(f"/agent/{path}", agent)).status_code == 429:
            time.sleep(float(answer.headers["Retry-After"]))
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def log(self, agent: str, kind: str, title: str, metadata: str = "{}") -> str:
        """An activity of this moment, logged as the CRM does it; its id in the API."""
        values = [agent, "lead-of-today", kind, title, "By telephone", metadata]
        with psycopg.connect(self.databases.operational) as connection:
            connection.execute(LOGGED, values)
        page = self.answer("analytics/activities?limit=100", agent)["activities"]
        [shown] = [activity["id"] for activity in page if activity["title"] == title]
        return str(shown)

    def refresh(self) -> None:
        """On a thread of its own: Playwright's event loop lives on the caller's."""
        with ThreadPoolExecutor(1) as pool:
            pool.submit(self.pipeline.refreshed).result()


@contextmanager
def deployed(databases: Databases, home: Path, lake: Path) -> Iterator[Deployment]:
    """Activity up to now, refreshed once and served with the default rate limit."""
    simulate(
        databases.operational,
        agents=AGENTS,
        days=DAYS,
        seed=SEED,
        until=today(ZONE),
        mapping=LeadsMapping(),
        time_zone=ZONE,
    )
    pipeline = Pipeline(databases, home, lake, None, ZONE)
    pipeline.refreshed()
    with serving(settings(api_rate_limit=20), databases) as api:
        yield Deployment(api, databases, pipeline)
