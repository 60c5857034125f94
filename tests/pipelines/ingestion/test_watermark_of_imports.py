"""The next refresh reads imported rows although their times of change are old."""

import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from cli.console import Terminal
from cli.data import Simulation, import_csv, simulate_history
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts, rows
from tests.support.pipeline import Pipeline
from tests.support.silent_terminal import silent_terminal
from tests.support.waiting import PATIENCE, wait_until
from warehouse.advisory_locks import table_lock
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
KPIS = (
    "select leads_handled, total_revenue from serving.agent_kpis"
    " where agent_id = 'ana' and date_range = '30'"
)
MARK = "select watermark from state.source_watermarks where table_name = 'leads'"
WAITING = "select count(*) from pg_stat_activity where wait_event = 'advisory'"


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with silent_terminal() as silent:
        yield silent


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """A lead of ana and its sale, both of February 2024."""
    directory = tmp_path / "more"
    directory.mkdir()
    (directory / "leads.csv").write_text(
        "id,created_at,assigned_agent_id\nL90,2024-02-20T08:00:00Z,ana\n"
    )
    (directory / "agent_activity_log.csv").write_text(
        "agent_id,lead_id,activity_type,timestamp,metadata\n"
        'ana,L90,conversion,2024-02-21T08:00:00Z,"{""revenue"": 60}"\n'
    )
    return directory


def test_imported_old_rows_are_in_the_numbers_after_the_next_refresh(
    small_pipeline: Pipeline, more: Path, terminal: Terminal
) -> None:
    url = small_pipeline.databases.warehouse
    assert rows(url, KPIS) == [(4, Decimal("1052.85"))]
    import_csv(small_pipeline.databases, more, LeadsMapping(), terminal)
    assert rows(url, MARK) == [(datetime(2024, 2, 20, 8, tzinfo=UTC),)]
    small_pipeline.refreshed()
    assert rows(url, KPIS) == [(5, Decimal("1112.85"))]
    [(mark,)] = rows(url, MARK)
    import_csv(small_pipeline.databases, more, LeadsMapping(), terminal)
    assert rows(url, MARK) == [(mark,)]


def test_a_concurrent_load_does_not_skip_imported_rows(
    small_pipeline: Pipeline, more: Path, terminal: Terminal
) -> None:
    databases = small_pipeline.databases
    importing = threading.Thread(
        target=import_csv, args=(databases, more, LeadsMapping(), terminal), daemon=True
    )
    with psycopg.connect(databases.warehouse, autocommit=True) as loading:
        with table_lock(loading, "leads"):
            importing.start()
            wait_until(lambda: rows(databases.warehouse, WAITING) == [(1,)])
            loading.execute("update state.source_watermarks set watermark = now()")
        importing.join(PATIENCE)
    assert not importing.is_alive()
    assert rows(databases.warehouse, MARK) == [(datetime(2024, 2, 20, 8, tzinfo=UTC),)]


def test_simulated_history_is_read_into_a_warehouse_that_was_refreshed_before(
    databases: Databases, pipeline_home: Path, tmp_path: Path, terminal: Terminal
) -> None:
    pipeline = Pipeline(databases, pipeline_home, tmp_path, None)
    pipeline.ingested()
    simulate_history(databases, Simulation(3, 20, 7), LeadsMapping(), "UTC", terminal)
    done = pipeline.ingested()
    read = tuple(done.extracts[table].rows for table in ("leads", "agent_activity_log"))
    assert read == counts(databases.operational)
    assert read[0] > 60  # of 84, those of the rest of this day left out


def test_without_a_warehouse_the_import_succeeds_and_says_what_to_run(
    databases: Databases, more: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    away = replace(databases, warehouse="postgresql://nobody:@127.0.0.1:1/none")
    with silent_terminal() as terminal:
        import_csv(away, more, LeadsMapping(), terminal)
    assert counts(databases.operational) == (1, 1)
    [line] = [line for line in capfd.readouterr().err.splitlines() if "warehouse database" in line]
    assert "Connection refused" in line
    assert "run `agent-analytics refresh --reconcile`" in line


def test_ctrl_c_during_the_wait_for_a_load_says_what_to_run(
    small_pipeline: Pipeline,
    more: Path,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    databases = small_pipeline.databases
    # A shell starts its background jobs with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))

    def interrupt() -> None:
        wait_until(lambda: rows(databases.warehouse, WAITING) == [(1,)])
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    with (
        silent_terminal() as terminal,
        psycopg.connect(databases.warehouse, autocommit=True) as loading,
        table_lock(loading, "leads"),
    ):
        threading.Thread(target=interrupt, daemon=True).start()
        with pytest.raises(KeyboardInterrupt):
            import_csv(databases, more, LeadsMapping(), terminal)
    assert "the rows are written" in capfd.readouterr().err
    assert rows(databases.operational, "select count(*) from leads where id = 'L90'") == [(1,)]
