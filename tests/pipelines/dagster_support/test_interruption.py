"""An interrupted refresh ends immediately and is not retried."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from config.settings import Settings
from tests.support.lock_waits import statements_that_wait
from tests.support.servers import interrupted_refresh
from tests.support.servers.command_line import CommandLine, end
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import open_databases

pytest_plugins = ["tests.support.fixtures.home"]


@contextmanager
def locked(small: CommandLine, table: str) -> Iterator[Callable[[], list[str]]]:
    """Locks a table; gives a function that returns the statements that wait for a lock."""
    with (
        open_databases(Settings(home=small.home, _env_file=None)) as databases,
        psycopg.connect(databases.warehouse) as locking,
        psycopg.connect(databases.warehouse, autocommit=True) as watching,
    ):
        locking.execute(f"lock table {table} in access exclusive mode".encode())
        yield lambda: statements_that_wait(watching)


@pytest.mark.parametrize(
    ("table", "step"),
    [
        ("raw.leads", "extract and load"),
        ("marts.agent_leads", "dbt build"),
        ("insights.agent_trends", "compute insights"),
        ("serving.agent_kpis", "publish"),
    ],
)
def test_ctrl_c_ends_a_refresh_at_any_step(small: CommandLine, table: str, step: str) -> None:
    with locked(small, table) as waiting:
        refreshing = small.start(
            "refresh", "--full", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        wait_until(waiting)
        assert end(refreshing) == 1
        assert refreshing.stderr is not None
        with refreshing.stderr as lines:
            output = lines.read()
        assert output.splitlines()[-1] == f"error: {step} was interrupted"
        assert "retry in" not in output
        assert waiting() == []


def test_an_interruption_while_dagster_stores_an_event_ends_the_statements_of_dbt(
    small: CommandLine,
) -> None:
    with locked(small, "marts.agent_leads") as waiting:
        interrupted = subprocess.run(
            [sys.executable, "-m", interrupted_refresh.__name__],
            env=small.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        assert interrupted.stdout == "dbt build was interrupted\n", interrupted.stderr
        assert waiting() == []


def test_the_next_refresh_serves_everything(small: CommandLine) -> None:
    refreshed = small.document("refresh", "--full")
    assert refreshed["scope"] == "full"
    assert small.document("status")["drift"] == {"leads": 0, "agent_activity_log": 0}
