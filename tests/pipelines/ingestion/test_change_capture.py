"""The next refresh reads every kind of source change, and little else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from pipelines.ingestion.ingest import IngestResult
from pipelines.postgres.database_errors import RefusedError
from tests.conftest import wait_until_stopped
from tests.support.crm.operational_tables import rows
from tests.support.login_role import as_role, login_role
from tests.support.pipeline import Pipeline, metadata
from tests.support.servers.refresh_process import RefreshProcess, Run
from tests.support.warehouse_state import lake_mentions, state
from warehouse.databases import Databases
from warehouse.embedded.shared_server import embedded_server
from warehouse.migrate import migrate_warehouse

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
D = Decimal
NEW_YORK = "America/New_York"


@pytest.fixture
def exact_watermark(monkeypatch: pytest.MonkeyPatch) -> None:
    """No allowance for clocks that differ, which would read again what a test has just written."""
    monkeypatch.setattr("pipelines.partitions.CLOCK_SKEW", timedelta(0))


@pytest.fixture
def fresh(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    """An empty source that has been read once."""
    empty = Pipeline(databases, pipeline_home, tmp_path, None)
    empty.ingested()
    return empty


def write(url: str, statement: str, *values: Any) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode(), values)


def import_lead(connection: psycopg.Connection, lead: str, changed_at: datetime) -> None:
    connection.execute("select set_config('analytics.bulk_load', 'on', true)")
    connection.execute(
        "insert into leads (id, created_at, assigned_agent_id, updated_at)"
        " values (%s, %s, 'ana', %s)",
        [lead, changed_at, changed_at],
    )


def leads_in_raw(pipeline: Pipeline) -> set[str]:
    return {row[0] for row in rows(pipeline.databases.warehouse, "select lead_id from raw.leads")}


def read(done: IngestResult) -> tuple[int, int]:
    """Number of leads and of activities read."""
    return done.extracts["leads"].rows, done.extracts["agent_activity_log"].rows


def test_an_activity_of_a_lead_with_an_id_unfit_for_the_log_is_read(
    fresh: Pipeline,
) -> None:
    lead = "x" * 51
    write(
        fresh.databases.operational,
        "insert into leads (id, assigned_agent_id, disposition) values (%s, 'ana', 'won')",
        lead,
    )
    fresh.ingested()
    assert rows(
        fresh.databases.warehouse,
        "select lead_id, activity_type from raw.agent_activity_log order by activity_id",
    ) == [(lead, "assignment"), (lead, "conversion")]


@pytest.mark.usefixtures("exact_watermark")
def test_a_row_committed_late_with_an_older_time_of_change_is_read(fresh: Pipeline) -> None:
    url = fresh.databases.operational
    with psycopg.connect(url) as late:
        late.execute("insert into leads (id, assigned_agent_id) values ('late', 'ana')")
        write(url, "insert into leads (id, assigned_agent_id) values ('early', 'ana')")
        fresh.ingested()
        assert leads_in_raw(fresh) == {"early"}
        fresh.ingested()
        late.commit()
    [(is_older,)] = rows(
        url, "select min(updated_at) filter (where id = 'late') < max(updated_at) from leads"
    )
    assert is_older
    fresh.ingested()
    assert leads_in_raw(fresh) == {"early", "late"}


@pytest.mark.usefixtures("exact_watermark")
def test_rows_that_changed_at_the_same_instant_are_all_read(fresh: Pipeline) -> None:
    url = fresh.databases.operational
    with psycopg.connect(url) as late:
        [(instant,)] = late.execute("select now()").fetchall()
        import_lead(late, "late", instant)
        with psycopg.connect(url) as early:
            import_lead(early, "early 1", instant)
            import_lead(early, "early 2", instant)
        fresh.ingested()
        assert leads_in_raw(fresh) == {"early 1", "early 2"}
        late.commit()
    fresh.ingested()
    assert leads_in_raw(fresh) == {"early 1", "early 2", "late"}


@pytest.fixture
def preparing_databases(server_directory: Path) -> Iterator[Databases]:
    """On a server that lets transactions be prepared, which takes a restart."""
    directory = server_directory / "preparing"
    with (
        embedded_server(directory, durable=False) as server,
        psycopg.connect(server.url("postgres"), autocommit=True) as connection,
    ):
        connection.execute("alter system set max_prepared_transactions = 4")
    wait_until_stopped(directory)
    with embedded_server(
        directory, databases=("operational", "warehouse"), durable=False
    ) as server:
        operational, warehouse = server.url("operational"), server.url("warehouse")
        migrate_operational(operational, LeadsMapping(), server.api_url("operational"))
        migrate_warehouse(warehouse, server.api_url("warehouse"))
        yield Databases(operational, warehouse, "", "", None)


@pytest.mark.usefixtures("exact_watermark")
def test_a_transaction_prepared_across_two_refreshes_is_read(
    preparing_databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    url = preparing_databases.operational
    pipeline = Pipeline(preparing_databases, pipeline_home, tmp_path, None)
    pipeline.ingested()
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("begin")
        session.execute("insert into leads (id, assigned_agent_id) values ('prepared', 'ana')")
        session.execute("prepare transaction 'two-phase'")
    for lead in ("first", "second"):
        write(url, "insert into leads (id, assigned_agent_id) values (%s, 'ana')", lead)
        pipeline.ingested()
    assert leads_in_raw(pipeline) == {"first", "second"}
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("commit prepared 'two-phase'")
    pipeline.ingested()
    assert leads_in_raw(pipeline) == {"first", "second", "prepared"}


@pytest.mark.parametrize(
    ("day", "starts_at", "ends_at"),
    [
        (date(2024, 3, 10), "2024-03-10T05:00", "2024-03-11T04:00"),  # 23 hours
        (date(2024, 11, 3), "2024-11-03T04:00", "2024-11-04T05:00"),  # 25 hours
        (date(2024, 2, 29), "2024-02-29T05:00", "2024-03-01T05:00"),
    ],
)
def test_a_day_holds_what_changed_between_two_midnights_of_the_business(
    day: date,
    starts_at: str,
    ends_at: str,
    databases: Databases,
    pipeline_home: Path,
    tmp_path: Path,
) -> None:
    pipeline = Pipeline(databases, pipeline_home, tmp_path, None, NEW_YORK)
    pipeline.ingested()
    first, after = (
        datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (starts_at, ends_at)
    )
    tick = timedelta(microseconds=1)
    with psycopg.connect(databases.operational) as connection:
        for lead, changed_at in {
            "before": first - tick,
            "first": first,
            "last": after - tick,
            "after": after,
        }.items():
            import_lead(connection, lead, changed_at)
    assert read(pipeline.ingested(day)) == (2, 0)
    assert leads_in_raw(pipeline) == {"first", "last"}
    assert {path.name for path in (tmp_path / "leads").glob("changed_on=*")} == {
        f"changed_on={day}"
    }
    assert read(pipeline.ingested(day - timedelta(days=1), day + timedelta(days=1))) == (4, 0)


def served(pipeline: Pipeline, query: str) -> list[tuple[Any, ...]]:
    return rows(pipeline.databases.warehouse, query)


def test_a_redated_activity_moves_from_its_old_day_to_the_new_one(
    small_pipeline: Pipeline,
) -> None:
    days = (
        "select date, revenue_generated, conversions_booked from serving.agent_performance_metrics"
        " where agent_id = 'ana' and date between '2024-02-10' and '2024-02-12' order by date"
    )
    assert served(small_pipeline, days) == [(date(2024, 2, 10), D("40.00"), 1)]
    write(
        small_pipeline.databases.operational,
        "update agent_activity_log set timestamp = '2024-02-12T10:00Z' where lead_id = 'X99'",
    )
    small_pipeline.refreshed()
    assert served(small_pipeline, days) == [(date(2024, 2, 12), D("40.00"), 1)]


def test_a_reassigned_lead_leaves_one_agent_and_counts_for_the_other(
    small_pipeline: Pipeline,
) -> None:
    handled = (
        "select agent_id, leads_handled from serving.agent_kpis"
        " where date_range = '30' and agent_id in ('ana', 'dot', 'eve') order by agent_id"
    )
    assert served(small_pipeline, handled) == [("ana", 4), ("dot", 1)]
    url = small_pipeline.databases.operational
    write(url, "update leads set assigned_agent_id = 'eve' where id = 'L11'")
    write(url, "update leads set assigned_agent_id = 'eve' where id = 'L04'")
    small_pipeline.refreshed()
    # L11 was all that dot had.
    assert served(small_pipeline, handled) == [("ana", 3), ("eve", 2)]


def test_a_lead_with_a_new_source_moves_the_revenue_of_its_converting_agent(
    small_pipeline: Pipeline,
) -> None:
    revenue = (
        "select source, revenue from serving.agent_lead_sources"
        " where agent_id = 'cem' and date_range = '30' and revenue <> 0"
    )
    assert served(small_pipeline, revenue) == [("Referral", D("75.00"))]
    # The lead is ben's.
    write(small_pipeline.databases.operational, "update leads set source = 'Web' where id = 'L08'")
    small_pipeline.refreshed()
    assert served(small_pipeline, revenue) == [("Web", D("75.00"))]


def test_a_refresh_reads_no_more_rows_than_have_changed(
    small_pipeline: Pipeline,
) -> None:
    assert read(small_pipeline.ingested()) == (0, 0)
    write(
        small_pipeline.databases.operational,
        "update leads set source = 'Fair' where id in ('L01', 'L07', 'L09')",
    )
    result = small_pipeline.refreshed()
    assert metadata(result, "lake/leads")["rows_read"] == 3
    assert metadata(result, "lake/agent_activity_log")["rows_read"] == 0
    assert metadata(result, "raw/leads")["rows_changed"] == 3
    assert metadata(result, "marts/agent_performance_metrics")["scope"] == "incremental"


def test_an_older_extract_run_again_loads_nothing_that_is_older(small_pipeline: Pipeline) -> None:
    url, day = small_pipeline.databases.operational, date(2024, 3, 12)
    with psycopg.connect(url) as connection:
        connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        connection.execute(
            "update leads set source = 'older', updated_at = '2024-03-12T10:00Z' where id = 'L07'"
        )
    assert small_pipeline.ingested(day).changed["leads"] == 1
    write(url, "update leads set source = 'newer' where id = 'L07'")
    small_pipeline.refreshed()
    before = state(small_pipeline)
    assert lake_mentions(small_pipeline.lake / "leads", "older")

    small_pipeline.refreshed(day)

    assert state(small_pipeline) == before
    sources = served(small_pipeline, "select source from raw.leads where lead_id = 'L07'")
    assert sources == [("newer",)]


def test_a_role_that_cannot_see_open_transactions_is_rejected_with_the_grant(
    fresh: Pipeline,
) -> None:
    url = fresh.databases.operational
    with login_role(url) as role:
        write(url, f"grant select on leads, agent_activity_log to {role}")
        databases = Databases(as_role(url, role), fresh.databases.warehouse, "", "", None)
        blind = Pipeline(databases, fresh.home, fresh.lake, None)
        with pytest.raises(RefusedError, match="grant it pg_read_all_stats"):
            blind.ingested()
        write(url, f"grant pg_read_all_stats to {role}")
        blind.ingested()


def test_two_concurrent_refreshes_leave_the_rows_of_one(
    small_pipeline: Pipeline,
) -> None:
    write(small_pipeline.databases.operational, "update leads set source = 'Fair' where id = 'L08'")
    both = [RefreshProcess(small_pipeline, Run()), RefreshProcess(small_pipeline, Run())]
    for process in both:
        process.end()
    assert served(small_pipeline, "select count(*), max(build_id) from serving.builds") == [(2, 2)]
    assert served(
        small_pipeline,
        "select source, revenue from serving.agent_lead_sources"
        " where agent_id = 'cem' and date_range = '30' and revenue <> 0",
    ) == [("Fair", D("75.00"))]
    assert served(small_pipeline, "select count(*) from state.changed_agent_days") == [(0,)]
