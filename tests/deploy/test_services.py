"""The units' command lines run a refresh as separate processes with storage in Postgres."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psycopg
import pytest

from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from tests.conftest import PostgresServer
from tests.support.paths import REPOSITORY, SMALL
from tests.support.servers.addresses import answers, free_port
from tests.support.servers.api_server import SECRET, token
from tests.support.servers.dagster_graphql import DagsterGraphql
from tests.support.servers.http_receiver import receiving
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases

PORTS = {"code": 24000, "webserver": 23000, "api": 28000}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def text_of(unit: str) -> str:
    return (REPOSITORY / "deploy" / "systemd" / f"agent-analytics-{unit}.service").read_text()


def command_of(unit: str, ports: dict[str, int], workspace: Path) -> list[str]:
    """Returns the unit's ExecStart with this interpreter's programs and free ports."""
    [line] = re.findall("^ExecStart=(.*)$", text_of(unit), re.MULTILINE)
    program, *arguments = line.split()
    command = [str(Path(sys.executable).parent / Path(program).name), *arguments]
    if unit in ports:
        command[command.index("--port") + 1] = str(ports[unit])
    return [
        str(workspace) if argument.endswith("/workspace.yaml") else argument for argument in command
    ]


@contextmanager
def running(
    name: str, command: list[str], home: Path, environment: dict[str, str]
) -> Iterator[None]:
    with (home / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    [stop_seconds] = map(int, re.findall(r"^TimeoutStopSec=(\d+)$", text_of(name), re.MULTILINE))
    try:
        yield
        assert process.poll() is None, (home / f"{name}.log").read_text()
    finally:
        # As systemd does: SIGTERM to every process of the unit, then SIGKILL.
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(stop_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            # Dagster's code server does not always end on SIGTERM after it has executed a run.
            if name != "code":
                raise


def test_a_run_launched_by_the_units_is_served_by_the_api(
    tmp_path: Path, postgres_server: PostgresServer, databases: Databases
) -> None:
    import_directory(databases.operational, SMALL, LeadsMapping())
    dagster_home = tmp_path / "dagster"
    dagster_home.mkdir()
    shutil.copy(REPOSITORY / "dagster.yaml", dagster_home)
    ports = {unit: free_port(wanted) for unit, wanted in PORTS.items()}
    workspace = tmp_path / "workspace.yaml"
    text = (REPOSITORY / "deploy" / "workspace.yaml").read_text()
    workspace.write_text(text.replace("4000", str(ports["code"])))
    with ExitStack() as stack:
        storage = postgres_server.url(stack.enter_context(postgres_server.database()))
        hooks = stack.enter_context(receiving())
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "AGENT_ANALYTICS_HOME": str(tmp_path),
            "OPERATIONAL_DATABASE_URL": databases.operational,
            "WAREHOUSE_DATABASE_URL": databases.warehouse,
            "API_OPERATIONAL_URL": databases.api_operational,
            "API_WAREHOUSE_URL": databases.api_warehouse,
            "DAGSTER_DATABASE_URL": storage,
            "DAGSTER_HOME": str(dagster_home),
            "DAGSTER_CODE_HOST": "127.0.0.1",
            "DAGSTER_GRPC_SHUTDOWN_GRACE_PERIOD": "20",
            "DO_NOT_TRACK": "1",
            "JWT_SECRET": SECRET,
            "ALERT_WEBHOOK_URL": hooks.url,
            "API_ADMIN_PORT": "0",
        }
        url = f"http://127.0.0.1:{ports['webserver']}"
        for unit in ("code", "webserver", "daemon", "api"):
            command = command_of(unit, ports, workspace)
            stack.enter_context(running(unit, command, tmp_path, environment))
        graphql = DagsterGraphql(url)
        stack.callback(graphql.close)
        wait_until(lambda: graphql.is_loaded)
        run_id = graphql.launch_day(datetime.now(UTC).date())
        graphql.end_runs(run_id)
        with psycopg.connect(storage) as connection:
            found = connection.execute(
                "select status from runs where run_id = %s", [run_id]
            ).fetchone()
        assert found == ("SUCCESS",)
        api = f"http://127.0.0.1:{ports['api']}"
        wait_until(lambda: answers(f"{api}/health/ready"))
        headers = {"Authorization": f"Bearer {token('ana')}"}
        answer = httpx.get(
            f"{api}/agent/analytics/kpis", headers=headers, trust_env=False, timeout=PATIENCE
        )
        assert answer.json()["meta"]["buildId"] == 1
        with psycopg.connect(databases.warehouse) as connection:
            connection.execute("alter table serving.builds rename to builds_away")
        graphql.launch_day(datetime.now(UTC).date())
        wait_until(lambda: hooks.posted)
        assert b'"kind": "run_failed"' in hooks.posted[0].body
        with psycopg.connect(storage) as connection:
            events = str(connection.execute("select event from event_logs").fetchall())
    logs = events + "".join(log.read_text() for log in tmp_path.glob("*.log"))
    for secret in (
        SECRET,
        *(each.split("@")[0] for each in (databases.operational, databases.api_warehouse)),
    ):
        assert secret not in logs
