"""The API as its users meet it: a uvicorn server over a warehouse filled with small rows."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import jwt
import psycopg
import pytest
import uvicorn
from psycopg.types.json import Jsonb

from api.analytics.endpoints import ENDPOINTS
from api.app import create_app
from api.db.statements import Statement
from config.settings import Settings
from tests.support.build_periods import build_periods
from tests.support.paths import DATA
from tests.support.servers.added_trends import add_trends
from tests.support.servers.command_line import CommandLine, end
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases

SECRET = "a-secret-of-the-tests-of-32-bytes"
ROUTES = [endpoint.path for endpoint in ENDPOINTS]
AS_OF = date(2026, 3, 31)
WITHOUT_PERIOD = ("revenue-trends", "insights", "restatements", "metrics")
ROWS = (DATA / "serving_rows.sql").read_text()


def claims(agent: object = "agent-1", **changes: object) -> dict[str, object]:
    """The claims of a good token with changes; a change to None leaves the claim out."""
    now = int(time.time())
    given = {"sub": agent, "role": "agent", "iat": now, "exp": now + 86_400, **changes}
    return {name: value for name, value in given.items() if value is not None}


def token(agent: object = "agent-1", **changes: object) -> str:
    return jwt.encode(claims(agent, **changes), SECRET, algorithm="HS256")


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def settings(**values: Any) -> Settings:
    """Settings of the given values, whatever the environment of the test run holds."""
    given = {
        "jwt_secret": SECRET,
        "jwt_algorithm": "HS256",
        "jwt_public_key": None,
        "jwt_jwks_url": None,
        "jwt_issuer": None,
        "jwt_audience": None,
        "jwt_agent_claim": "sub",
        "api_rate_limit": 1e6,
        "api_admin_port": 0,
        "analytics_stale_after": "2h",
    }
    return Settings(_env_file=None, **{**given, **values})


def publish_build(url: str, refreshed: str = "now()") -> int:
    """Publishes another build of the same rows, and notifies the API."""
    with psycopg.connect(url) as connection:
        (build_id,) = connection.execute(
            """insert into serving.builds
                   (as_of, through, data_through, time_zone, week_starts_on, definition_hash, mode,
                    run_id, ranked_agents, periods)
               values ('2026-03-31', '2026-03-31', '2026-03-31 10:55:12+02', 'UTC', 'monday', 'f',
                       'full', 'r', '{"7": 2, "30": 3, "90": 4, "365": 5}', %s)
               returning build_id""",
            [Jsonb(build_periods(AS_OF, AS_OF))],
        ).fetchone() or (0,)
        connection.execute(
            f"""insert into serving.refreshes (refreshed_at, run_id, build_id)
                values ({refreshed}, 'r', %s)
                on conflict (singleton) do update
                set refreshed_at = excluded.refreshed_at, build_id = excluded.build_id""",
            [build_id],
        )
        connection.execute("notify serving_build")
    return int(build_id)


def fill(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(ROWS)
        add_trends(connection)
    publish_build(url)


@dataclass(frozen=True, eq=False)
class _Unfiltered(Statement):
    path: Path = Path("unfiltered.sql")
    text: str = ""

    def sql(self) -> bytes:
        return self.text.encode()


def unfiltered(text: str) -> Statement:
    """A statement that leaves it to the database whose rows it returns."""
    return _Unfiltered(text=text)


class Api:
    """A client of one running server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)

    def get(self, path: str, agent: str = "agent-1", **options: Any) -> httpx.Response:
        """The answer to a request of this agent, with a good token."""
        return self.send("GET", path, agent, **options)

    def send(
        self, method: str, path: str, agent: str = "agent-1", **options: Any
    ) -> httpx.Response:
        headers = {**bearer(token(agent)), **options.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **options)

    def anonymous(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, **options)


@contextmanager
def serving(settings: Settings, databases: Databases | None) -> Iterator[Api]:
    """The API on a free port until the block ends."""
    config = uvicorn.Config(
        create_app(settings, databases), port=0, log_level="critical", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        port = server.servers[0].sockets[0].getsockname()[1]
        api = Api(f"http://127.0.0.1:{port}")
        with api.client:
            wait_until(lambda: api.anonymous("/health/ready").status_code in {200, 503})
            yield api
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def serving_at_a_rate(per_second: float, databases: Databases, **values: Any) -> Iterator[Api]:
    """The API with a rate limit and a stopped clock: a burst never refills."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("api.auth.rate_limit.time", SimpleNamespace(monotonic=lambda: 0.0))
        with serving(settings(api_rate_limit=per_second, **values), databases) as api:
            yield api


def api_command_line(home: Path, databases: Databases, **variables: str) -> CommandLine:
    """With all that `agent-analytics serve` needs."""
    return CommandLine(
        home,
        OPERATIONAL_DATABASE_URL=databases.operational,
        WAREHOUSE_DATABASE_URL=databases.warehouse,
        API_OPERATIONAL_URL=databases.api_operational,
        API_WAREHOUSE_URL=databases.api_warehouse,
        JWT_SECRET=SECRET,
        **variables,
    )


@contextmanager
def serving_process(home: Path, databases: Databases, **variables: str) -> Iterator[str]:
    """The address of an API that runs as `agent-analytics serve` until the block ends."""
    command_line = api_command_line(home, databases, **variables)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "api.log").open("w") as log:
        process = command_line.start("serve", "--port", str(port), stdout=log, stderr=log)
    api = Api(f"http://127.0.0.1:{port}")
    try:
        with api.client:
            wait_until(lambda: process.poll() is not None or _is_ready(api))
            assert process.poll() is None, (home / "api.log").read_text()
        yield api.url
    finally:
        end(process)


def _is_ready(api: Api) -> bool:
    try:
        return api.anonymous("/health/ready").status_code == 200
    except httpx.ConnectError:
        return False
