"""A source that rejects a query fails the run immediately; one that is down is retried."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import dagster as dg
import duckdb
import psycopg
import pytest
from psycopg import sql

from pipelines.ingestion.lake import LakeError
from pipelines.postgres.database_errors import RefusedError, UnreachableError
from pipelines.postgres.database_errors import failure as database_failure
from tests.support.login_role import as_role, login_role
from tests.support.pipeline import Pipeline, contents, failure
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def attempts(result: dg.ExecuteInProcessResult) -> int:
    retried = [event for event in result.all_events if event.is_step_up_for_retry]
    return 1 + len(retried)


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (["alter table leads drop column source"], 'column "source" does not exist'),
        (
            ["drop table agent_activity_log cascade"],
            'relation "public.agent_activity_log" does not exist',
        ),
        (
            [
                "alter table agent_activity_log alter id type numeric",
                "insert into agent_activity_log (id, activity_type) values (1e30, 'call')",
            ],
            "bigint out of range",
        ),
        (
            [
                "alter table leads alter contacted_at type text",
                "update leads set contacted_at = 'soon' where id = 'L01'",
            ],
            'invalid input syntax for type timestamp with time zone: "soon"',
        ),
    ],
)
def test_a_rejected_query_is_reported_once(
    small_pipeline: Pipeline, damage: list[str], line: str
) -> None:
    execute(small_pipeline.databases.operational, *damage)
    before = contents(small_pipeline.databases.warehouse)
    result = small_pipeline.refresh(is_full=True)
    assert attempts(result) == 1
    assert f"operational database: {line}" in failure(result)
    assert contents(small_pipeline.databases.warehouse) == before


@pytest.fixture
def reader(small_pipeline: Pipeline) -> Iterator[str]:
    """URL of a role that may see open transactions, and of the tables only leads."""
    url = small_pipeline.databases.operational
    with login_role(url) as role:
        execute(url, f"grant pg_read_all_stats to {role}", f"grant select on leads to {role}")
        yield as_role(url, role)


def test_a_table_that_may_not_be_read_is_named(small_pipeline: Pipeline, reader: str) -> None:
    with pytest.raises(RefusedError) as raised:
        replace(
            small_pipeline, databases=replace(small_pipeline.databases, operational=reader)
        ).ingested()
    assert str(raised.value) == (
        "operational database: permission denied for table agent_activity_log,"
        " while reading agent_activity_log"
    )


def test_a_source_that_is_down_is_tried_three_times(databases: Databases, tmp_path: Path) -> None:
    down = replace(databases, operational="postgresql://nobody:@127.0.0.1:1/none")
    result = Pipeline(down, tmp_path, tmp_path, None).refresh()
    assert attempts(result) == 3
    assert "operational database: Connection refused" in failure(result)


def test_a_connection_that_was_lost_is_an_outage(operational_database: str) -> None:
    lost = duckdb.IOException("IO Error: FATAL:  terminating connection due to administrator")
    error = database_failure(
        lost, operational_database, "operational", sql.SQL("select 1 as x"), "leads"
    )
    assert isinstance(error, UnreachableError)
    assert str(error) == (
        "operational database: terminating connection due to administrator, while reading leads"
    )


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow past a few bytes, as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_unwritable_lake_is_not_reported_as_the_source(
    small_pipeline: Pipeline,
) -> None:
    with (
        pytest.raises(LakeError, match=r"^lake: .*/\.incoming/.*File too large"),
        full_disk(),
    ):
        small_pipeline.ingested(is_full=True)
