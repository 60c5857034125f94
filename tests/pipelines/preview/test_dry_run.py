"""A dry run reports exactly what the refresh then changes, and leaves no trace."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.user_error import UserError
from pipelines.partitions import today
from pipelines.preview.diff import MeasureChange, Move
from pipelines.preview.report import summary
from pipelines.preview.scratch_database import scratch_database
from pipelines.publishing.publish import SERVING_TABLES
from pipelines.run_options import RefreshOptions
from tests.support.crm.operational_tables import rows
from tests.support.dry_runs import LATE_SALE, databases_of, dry_run_of, moves
from tests.support.pipeline import Pipeline, contents
from tests.support.servers.refresh_process import CHILDREN
from tests.support.waiting import wait_until
from warehouse.databases import Databases
from warehouse.scratch_cleanup import scratch_name

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


def write(url: str, *statements: str) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def served_now(url: str, change: MeasureChange, move: Move) -> str | None:
    """Value of a row that the dry run reported as changing."""
    [table] = [table for table in SERVING_TABLES if table.name == change.table]
    key = dict(zip(table.key, [move.agent_id, *move.row_key], strict=True))
    condition = " and ".join(f"{name}::text = '{value}'" for name, value in key.items())
    values = rows(url, f"select {change.measure}::text from serving.{table.name} where {condition}")
    return values[0][0] if values else None


def files_in(directory: Path) -> set[Path]:
    return {path for path in directory.rglob("*") if path.is_file()}


def test_a_dry_run_predicts_the_refresh_and_leaves_no_trace(
    small_pipeline: Pipeline,
) -> None:
    source, url = small_pipeline.databases.operational, small_pipeline.databases.warehouse
    write(source, LATE_SALE, "update leads set assigned_agent_id = 'dot' where id = 'L07'")
    before = contents(source), contents(url), databases_of(url), files_in(small_pipeline.lake)

    day = today("UTC")
    preview = dry_run_of(
        small_pipeline, RefreshOptions((day - timedelta(days=1), day), reconciles=True)
    )

    after = contents(source), contents(url), databases_of(url), files_in(small_pipeline.lake)
    assert after == before
    assert not (small_pipeline.home / "preview" / "lake").exists()
    assert preview.rows["extract_and_load"] == {"read": 3, "changed": 3}
    daily = moves(preview, "agent_performance_metrics")
    assert daily["revenue_generated"] == (1, 1, "ana", "2024-01-10", None, "125.50")
    assert daily["leads_assigned"] == (2, 2, "ben", "2024-02-10", "1", None)
    kpis = moves(preview, "agent_kpis")
    assert kpis["leads_handled"] == (12, 2, "ben", "30", "2", "1")  # two agents, six periods
    assert kpis["total_revenue"] == (5, 1, "ana", "365", "852.85", "978.35")
    assert "leads_this_week" not in kpis
    assert preview.changes.agents == 3
    assert preview.changes.agent_days == 3
    assert not preview.changes.is_redefined

    small_pipeline.refreshed()

    changed = contents(url)
    assert {change.table for change in preview.changes.measures} == {
        name.removeprefix("serving.")
        for name in changed
        if name.startswith("serving.agent_") and changed[name] != before[1][name]
    }
    for change in preview.changes.measures:
        assert 1 <= len(change.moves) <= min(change.agents, 3)
        for move in change.moves:
            assert served_now(url, change, move) == move.new, change
    assert len(changed["serving.restatements"]) == preview.changes.restated
    again = dry_run_of(small_pipeline)
    assert (again.changes.measures, again.changes.ranks) == ([], [])
    assert summary(again.changes)[1] == "nothing would change"


def hold(url: str, home: Path, is_held: Path) -> None:
    with scratch_database(url, home) as copy:
        copy.lake.mkdir(parents=True)
        (copy.lake / "rows.parquet").touch()
        is_held.touch()
        time.sleep(600)


def test_one_dry_run_at_a_time_beside_refreshes_and_a_killed_one_is_removed(
    small_pipeline: Pipeline, tmp_path: Path
) -> None:
    url, home = small_pipeline.databases.warehouse, small_pipeline.home
    before = databases_of(url)

    def held() -> Any:
        is_held = tmp_path / "held"
        is_held.unlink(missing_ok=True)
        process = CHILDREN.Process(target=hold, args=(url, home, is_held), daemon=True)
        process.start()
        wait_until(is_held.exists)
        return process

    process = held()
    [name] = databases_of(url) - before
    with pytest.raises(UserError, match="another dry run or metric diff"):
        dry_run_of(small_pipeline)
    small_pipeline.ingested(reconciles=True)
    assert name in databases_of(url)

    process.kill()
    process.join()
    assert name in databases_of(url)
    small_pipeline.ingested()
    assert name in databases_of(url)
    small_pipeline.ingested(reconciles=True)
    assert databases_of(url) == before
    assert not (home / "preview" / "lake").exists()

    process = held()
    process.kill()
    process.join()
    with scratch_database(url, home) as copy:
        assert not copy.lake.exists()
        assert rows(copy.url, "select count(*) from raw.leads") == [(14,)]
    assert databases_of(url) == before


def test_a_reconciling_refresh_removes_leftovers_of_earlier_versions(
    small_pipeline: Pipeline,
) -> None:
    url, home = small_pipeline.databases.warehouse, small_pipeline.home
    before = databases_of(url)
    with psycopg.connect(url, autocommit=True) as connection:
        earlier = scratch_name(connection).replace("preview", "trial")
        connection.execute(f"create database {earlier}".encode())
    (home / "trial" / "lake").mkdir(parents=True)
    assert databases_of(url) == before | {earlier}
    small_pipeline.ingested(reconciles=True)
    assert databases_of(url) == before
    assert not (home / "trial").exists()


def test_a_role_that_may_not_create_databases_is_rejected_with_the_grant(
    databases: Databases, tmp_path: Path
) -> None:
    with (
        pytest.raises(UserError, match='run "alter role agent_analytics_api createdb"'),
        scratch_database(databases.api_warehouse, tmp_path),
    ):
        pass
