"""An interrupted refresh ends immediately and is not retried."""

import subprocess

import psycopg
import pytest

from config.settings import Settings
from tests.support.servers.command_line import CommandLine, end
from tests.support.waiting import wait_until
from warehouse.databases import open_databases

pytest_plugins = ["tests.support.fixtures.home"]


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
    with (
        open_databases(Settings(home=small.home, _env_file=None)) as databases,
        psycopg.connect(databases.warehouse) as locking,
        psycopg.connect(databases.warehouse, autocommit=True) as watching,
    ):
        locking.execute(f"lock table {table} in access exclusive mode".encode())

        def others() -> list[str]:
            rows = watching.execute(
                "select query from pg_stat_activity"
                " where datname = current_database() and wait_event_type = 'Lock'"
            ).fetchall()
            return [query for (query,) in rows]

        refresh = small.start(
            "refresh", "--full", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        wait_until(others)
        assert end(refresh) == 1
        assert refresh.stderr is not None
        with refresh.stderr as lines:
            output = lines.read()
        assert output.splitlines()[-1] == f"error: {step} was interrupted"
        assert "retry in" not in output
        assert others() == []


def test_the_next_refresh_serves_everything(small: CommandLine) -> None:
    refreshed = small.document("refresh", "--full")
    assert refreshed["mode"] == "full"
    assert small.document("status")["drift"] == {"leads": 0, "agent_activity_log": 0}
