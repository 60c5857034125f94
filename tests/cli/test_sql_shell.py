"""`agent-analytics sql` reads lake and warehouse, and writes nowhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest

from cli.sql_shell import ONLY_SELECT, read_only_session, repl, run
from config.user_error import UserError
from tests.conftest import PostgresServer
from tests.support.oracle import small_expected
from tests.support.pipeline import Pipeline
from tests.support.servers.command_line import CommandLine
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


@pytest.fixture(scope="module")
def explored(
    postgres_server: PostgresServer,
    small_templates: tuple[str, str],
    pipeline_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pipeline]:
    """The small data, refreshed again so that its lake is this file's own."""
    with (
        postgres_server.database(small_templates[0], "small_operational") as operational,
        postgres_server.database(small_templates[1], "small_warehouse") as warehouse,
    ):
        url = postgres_server.url
        pair = Databases(url(operational), url(warehouse), "", "", None)
        lake = tmp_path_factory.mktemp("lake")
        pipeline = Pipeline(pair, pipeline_home, lake, small_expected.AS_OF)
        pipeline.refreshed(is_full=True)
        yield pipeline


@pytest.fixture
def connection(explored: Pipeline) -> Iterator[duckdb.DuckDBPyConnection]:
    with read_only_session(explored.databases.warehouse, explored.lake) as opened:
        yield opened


def test_one_query_reads_lake_and_warehouse(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        connection,
        "select count(*) as leads, (select count(*) from lake.leads) as read,"
        " (select sum(leads_assigned) from warehouse.serving.agent_performance_metrics) as served"
        " from warehouse.raw.leads where agent_id <> ''",
        "json",
    )
    [row] = json.loads(capsys.readouterr().out)
    assert row["leads"] == row["served"] > 0
    assert row["read"] >= row["leads"]


@pytest.mark.parametrize(
    "statement",
    [
        "create table lake.mine as select 1",
        "copy (select 1) to '{lake}/mine.csv'",
        "explain analyze copy (select 1) to '{lake}/mine.csv'",
        "delete from warehouse.serving.agent_kpis",
        "attach '{lake}/mine.duckdb' as mine",
        "call postgres_execute('warehouse', 'delete from serving.agent_kpis')",
        "set enable_external_access = true",
        "install json",
        "select 1; drop view lake.leads",
    ],
)
def test_what_is_no_select_is_refused_and_nothing_before_it_is_run(
    explored: Pipeline,
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(UserError, match=ONLY_SELECT):
        run(connection, statement.format(lake=explored.lake), "table")
    assert capsys.readouterr().out == ""
    assert not list(explored.lake.glob("mine*"))


@pytest.mark.parametrize(
    "statement",
    [
        "from postgres_query('warehouse', 'delete from serving.agent_kpis returning agent_id')",
        "from postgres_execute('warehouse', 'delete from serving.agent_kpis')",
        "from read_csv('/etc/hostname')",
        "from read_text('/etc/hostname')",
    ],
)
def test_a_select_that_writes_or_reaches_elsewhere_is_refused(
    explored: Pipeline, connection: duckdb.DuckDBPyConnection, statement: str
) -> None:
    count = "select count(*) from serving.agent_kpis"
    with psycopg.connect(explored.databases.warehouse) as postgres:
        before = postgres.execute(count).fetchone()
        postgres.commit()
        with pytest.raises(UserError):
            run(connection, statement, "table")
        assert before != (0,)
        assert postgres.execute(count).fetchone() == before


@pytest.mark.parametrize(
    "statement",
    ["copy (select 1) to '{lake}/../mine.csv'", "set lock_configuration = false"],
)
def test_duckdb_itself_rejects_statements_that_do_not_come_through_the_command(
    explored: Pipeline, connection: duckdb.DuckDBPyConnection, statement: str
) -> None:
    with pytest.raises(duckdb.Error):
        connection.execute(statement.format(lake=explored.lake))


def test_a_prompt_goes_on_after_an_error_and_joins_lines(
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = iter(["selct 1;", "select 6", "  * 7 as answer;"])

    def typed(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)
    repl(connection, "csv")
    output = capsys.readouterr()
    assert output.out == "answer\n42\n"
    assert "error: " in output.err


def test_the_command_prints_csv_and_refuses_in_one_line(explored: Pipeline, tmp_path: Path) -> None:
    command = CommandLine(
        tmp_path,
        WAREHOUSE_DATABASE_URL=explored.databases.warehouse,
        OPERATIONAL_DATABASE_URL=explored.databases.operational,
        LAKE_PATH=str(explored.lake),
    )
    assert command.succeed("sql", "--csv", "-c", "select 1 as one, 'a,b' as two") == (
        'one,two\n1,"a,b"\n'
    )
    assert command.error_line("sql", "-c", "drop view lake.leads") == ONLY_SELECT
