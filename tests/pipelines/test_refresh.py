"""A refresh that finds nothing new writes nothing; a rebuilt warehouse is the same."""

from datetime import date
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import rows
from tests.support.oracle import small_expected
from tests.support.paths import SMALL
from tests.support.pipeline import Pipeline, checks, contents, failure, metadata
from tests.support.waiting import PATIENCE
from tests.support.warehouse_state import empty
from warehouse.databases import Databases

NOTES = {"state.source_watermarks", "serving.refreshes"}
WHEN_WRITTEN = frozenset(
    {
        "created_at",
        "built_at",
        "marts_built_at",
        "refreshed_at",
        "read_at",
        "watermark",
        "run_id",
    }
)
WHICH_BUILD = {"serving.builds", "serving.refreshes"}


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    """Over the small data, imported and not yet refreshed."""
    import_directory(databases.operational, SMALL, LeadsMapping())
    return Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)


def transactions_of(url: str) -> dict[str, set[str]]:
    """For every table the ids of the transactions that wrote its rows."""
    tables = contents(url)
    with psycopg.connect(url) as connection:
        return {
            name: {
                row[0]
                for row in connection.execute(
                    psycopg.sql.SQL("select xmin::text from {}").format(
                        psycopg.sql.Identifier(*name.split("."))
                    )
                )
            }
            for name in tables
        }


def test_a_second_refresh_writes_only_its_own_record(pipeline: Pipeline) -> None:
    pipeline.refreshed()
    before = contents(pipeline.databases.warehouse), transactions_of(pipeline.databases.warehouse)
    source_before = transactions_of(pipeline.databases.operational)

    second = pipeline.refreshed()

    after = contents(pipeline.databases.warehouse), transactions_of(pipeline.databases.warehouse)
    for rows_before, rows_after in zip(before, after, strict=True):
        assert {name for name, rows in rows_after.items() if rows != rows_before[name]} <= NOTES
    assert transactions_of(pipeline.databases.operational) == source_before
    assert metadata(second, "serving/builds")["is_new"] is False
    assert metadata(second, "marts/agent_kpis")["scope"] == "nothing"


def test_a_wiped_warehouse_refreshed_in_full_has_the_same_rows(pipeline: Pipeline) -> None:
    url = pipeline.databases.warehouse
    pipeline.refreshed()
    before = contents(url, without=WHEN_WRITTEN)
    empty(pipeline.databases)

    pipeline.refreshed(is_full=True)

    after = contents(url, without=WHEN_WRITTEN)
    assert {name for name in before if name not in WHICH_BUILD and before[name] != after[name]} == (
        set()
    )
    assert len(after["serving.builds"]) == 1


def test_a_full_refresh_of_an_unchanged_source_makes_no_new_build(pipeline: Pipeline) -> None:
    pipeline.refreshed()
    assert metadata(pipeline.refreshed(is_full=True), "serving/builds")["is_new"] is False


def test_rows_that_cannot_be_averaged_are_counted_by_a_named_check(pipeline: Pipeline) -> None:
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute(
            "insert into leads (id, created_at, assigned_agent_id)"
            " values ('late', now() + interval '2 days', 'ana')"
        )
        connection.execute(
            "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
            " values ('ana', 'L01', 'conversion', now() + interval '1 day',"
            ' \'{"revenue": "abc"}\')'
        )
    evaluations = checks(pipeline.refreshed())
    counts = {
        name: check.metadata["dagster_dbt/failed_row_count"].value
        for name, check in evaluations.items()
        if not check.passed
    }
    assert counts == {
        "leads_without_agent": 1,
        "negative_response_times": 1,
        "conversions_without_readable_revenue": 4,
        "activities_of_unknown_leads": 1,
        "leads_in_the_future": 1,
        "activities_in_the_future": 1,
    }
    assert "late" in str(evaluations["leads_in_the_future"].metadata["rows"].value)


def test_an_empty_source_is_served_and_reported_as_empty(
    databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    pipeline = Pipeline(databases, pipeline_home, tmp_path, date(2024, 2, 29))
    result = pipeline.refreshed()
    assert {name for name, check in checks(result).items() if not check.passed} == {
        "no_leads_at_all",
        "no_activities_at_all",
    }
    assert metadata(result, "serving/builds")["is_new"] is True


def test_rows_without_a_readable_instant_are_in_no_number_and_are_counted(
    pipeline: Pipeline,
) -> None:
    days = "select row(days.*)::text from serving.agent_performance_metrics as days order by 1"
    pipeline.refreshed()
    before = rows(pipeline.databases.warehouse, days)
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute("alter table leads alter created_at drop not null")
        connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        connection.cursor().executemany(
            "insert into leads (id, created_at, updated_at, disposition, assigned_agent_id)"
            " values (%s, %s, %s, 'won', 'ana')",
            [
                ("none", None, "2024-02-20"),
                ("endless", "infinity", "infinity"),
                ("caesar", "0044-03-15 12:00+00 BC", "-infinity"),
                ("far", "200082-01-01 00:00+00", "200082-01-01 00:00+00"),
            ],
        )
        connection.execute(
            "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
            " select 'ana', 'L01', activity_type, instant::timestamptz, '{\"revenue\": 100}'"
            " from unnest(array['conversion', 'call', 'assignment']) as activity_type,"
            " unnest(array['-infinity', 'infinity', '200082-01-01 00:00+00']) as instant"
        )
    evaluations = checks(pipeline.refreshed(is_full=True))
    assert rows(pipeline.databases.warehouse, days) == before
    for check, count in (
        ("leads_without_readable_creation", 4),
        ("activities_without_readable_time", 9),
    ):
        assert evaluations[check].metadata["dagster_dbt/failed_row_count"].value == count


@pytest.fixture
def broken_source(pipeline: Pipeline, request: pytest.FixtureRequest) -> Pipeline:
    url = pipeline.databases.operational
    broken = {
        "down": url.replace(url.split(":")[-1].split("/")[0], "1"),
        "password": url.replace("://agent_analytics:", "://agent_analytics:wrong"),
        "name": url.replace("127.0.0.1", "no-such-host.invalid"),
        "option": f"{url}?sslmode=perhaps",
    }[request.param]
    return Pipeline(
        Databases(broken, pipeline.databases.warehouse, "", "", None),
        pipeline.home,
        pipeline.lake,
        pipeline.as_of,
    )


@pytest.mark.parametrize(
    ("broken_source", "said"),
    [
        ("down", "refused"),
        ("password", "password authentication failed"),
        ("name", "could not translate host name"),
        ("option", "sslmode"),
    ],
    indirect=["broken_source"],
)
def test_an_unreachable_source_is_reported_and_nothing_is_written(
    broken_source: Pipeline, said: str
) -> None:
    before = contents(broken_source.databases.warehouse)
    result = broken_source.refresh()
    assert not result.success
    assert said in failure(result)
    assert "agent_analytics:" not in failure(result)
    assert contents(broken_source.databases.warehouse) == before


def test_a_missing_source_column_is_reported_and_nothing_is_written(pipeline: Pipeline) -> None:
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute("alter table leads drop column source")
    before = contents(pipeline.databases.warehouse)
    result = pipeline.refresh()
    assert 'column "source" does not exist' in failure(result)
    assert contents(pipeline.databases.warehouse) == before


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ("drop schema state cascade", 'relation "state.build_state" does not exist'),
        (
            "alter table state.build_state drop column needs_full_rebuild",
            'column "needs_full_rebuild" does not exist',
        ),
    ],
)
def test_a_warehouse_that_was_not_migrated_fails_the_run_with_the_command_to_run(
    pipeline: Pipeline, change: LiteralString, missing: str
) -> None:
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        connection.execute(change)
    result = pipeline.refresh()
    [failed] = [event for event in result.all_events if event.is_step_failure]
    assert failed.step_failure_data.user_failure_data.description == (
        f"{missing}: run `agent-analytics migrate` first"
    )
    assert not [event for event in result.all_events if event.is_step_up_for_retry]


def test_unusable_values_are_counted_and_stop_no_refresh(pipeline: Pipeline) -> None:
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute("alter table leads alter response_time_hours type double precision")
        connection.execute(
            "insert into leads (id, created_at, contacted_at, assigned_agent_id,"
            " response_time_hours) values"
            " ('far', '9000-01-01', null, 'ana', null),"
            " ('never', '2024-02-20', 'infinity', 'ana', null),"
            " ('endless', '2024-02-20', null, 'ana', 'Infinity'),"
            " ('blank', '2024-02-20', null, '  ', null)"
        )
        connection.execute(
            "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
            " select 'ana', 'L01', 'conversion', '2024-02-20',"
            " '{\"revenue\": 999999999999999}' from generate_series(1, 11)"
        )
    evaluations = checks(pipeline.refreshed())
    assert (
        evaluations["negative_response_times"].metadata["dagster_dbt/failed_row_count"].value == 2
    )
    assert evaluations["leads_without_agent"].metadata["dagster_dbt/failed_row_count"].value == 2
    assert "9000-01-01" in str(evaluations["leads_in_the_future"].metadata["rows"].value)


def test_readers_are_notified_of_every_refresh(pipeline: Pipeline) -> None:
    with psycopg.connect(pipeline.databases.warehouse, autocommit=True) as listening:
        listening.execute("listen serving_build")
        build_id = metadata(pipeline.refreshed(), "serving/builds")["build_id"]
        first = list(listening.notifies(timeout=PATIENCE, stop_after=1))
        others = list(listening.notifies(timeout=0))
    assert [notify.payload for notify in [*first, *others]] == [str(build_id)]
