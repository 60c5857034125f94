"""Upgrade of a home that an earlier version has filled: migrate, refresh, the same numbers."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.conftest import PostgresServer
from tests.support.crm.operational_tables import rows
from tests.support.oracle import small_expected
from tests.support.paths import DATA
from tests.support.pipeline import Pipeline, metadata
from tests.support.servers.api_server import serving, settings
from warehouse.databases import Databases
from warehouse.embedded.server import find_binaries
from warehouse.migrate import migrate_warehouse
from warehouse.migration_state import missing_columns

DUMP = DATA / "upgrade"
ANSWERS: dict[str, dict[str, Any]] = json.loads((DUMP / "answers.json").read_text())
# Instants and ids of builds and runs, and the texts that define the numbers.
NOT_NUMBERS = {"builds", "refreshes", "metrics"}
# Trends, ranks, and the text of a measure.
OF_OTHER_PERIODS = re.compile(
    r"/(trends|trendDetails|teamRanking|totalAgents|ranking|monthChange|measures/0/text)\b"
)
# The last day of a goal's period is one of those left, and a goal is achieved by a conversion.
OF_GOALS = re.compile(
    r"/goals/\d+/(neededPerDay|achievedAt):|/message: (?P<is>You are at [^:]*) became (?P=is) "
)
CHANGED_DAYS = "select load_id, agent_id, date from state.changed_agent_days"
BUILD_STATE = "select as_of, definition_hash, is_checked, needs_full_rebuild from state.build_state"
# Tables of the earlier version that a migrated warehouse has no more.
LEFT = """
select oid::regclass::text from pg_class
where relname in ('touched_agent_days', 'source_marks', 'marts_state', 'loads') and relkind = 'r'
"""
RESTATED = """
select agent_id, date, measure, old_value, new_value, cause from serving.restatements
order by agent_id, date, measure
"""
Rows = dict[str, list[Any]]


def restore(url: str, file: Path) -> None:
    psql = find_binaries() / "psql"
    subprocess.run([psql, "-X", "-v", "ON_ERROR_STOP=1", "-qf", file, url], check=True)


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def served_columns(url: str) -> dict[str, list[str]]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select table_name, array_agg(column_name::text order by ordinal_position)"
            " from information_schema.columns where table_schema = 'serving' group by table_name"
        )
        return {table: columns for table, columns in found if table not in NOT_NUMBERS}


def served_rows(url: str, columns: dict[str, list[str]]) -> Rows:
    with psycopg.connect(url) as connection:
        return {
            table: sorted(
                connection.execute(
                    sql.SQL("select row({})::text from {}").format(
                        sql.SQL(", ").join(map(sql.Identifier, names)),
                        sql.Identifier("serving", table),
                    )
                ).fetchall()
            )
            for table, names in columns.items()
        }


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """Where `after` lacks or changes something of `before`; further fields are none."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            found
            for name, value in before.items()
            for found in differences(value, after.get(name, "missing"), f"{path}/{name}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            found
            for number, values in enumerate(zip(before, after, strict=True))
            for found in differences(*values, f"{path}/{number}")
        ]
    return [] if before == after else [f"{path}: {before} became {after}"]


@pytest.fixture
def restored(
    postgres_server: PostgresServer,
    warehouse_template: str,
    pipeline_home: Path,
    tmp_path: Path,
) -> Iterator[Pipeline]:
    """The databases of the dump; making `warehouse_template` has made the role of the API."""
    with (
        postgres_server.database(name="upgraded_operational") as operational,
        postgres_server.database(name="upgraded_warehouse") as warehouse,
    ):
        restore(postgres_server.url(operational), DUMP / "operational.sql")
        restore(postgres_server.url(warehouse), DUMP / "warehouse.sql")
        databases = Databases(
            postgres_server.url(operational),
            postgres_server.url(warehouse),
            postgres_server.api_url(operational),
            postgres_server.api_url(warehouse),
            None,
        )
        yield Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)


def test_an_upgraded_home_restates_what_a_definition_moved_and_nothing_else(
    restored: Pipeline,
) -> None:
    """Since that version an e-mail in the log is the first contact of a lead of dot. Ranks need
    more leads, and trends compare leads at the same age."""
    databases = restored.databases
    columns = {
        table: names
        for table, names in served_columns(databases.warehouse).items()
        if table in ("agent_performance_metrics", "restatements")
    }
    before = served_rows(databases.warehouse, columns)
    assert before["restatements"] == []
    with psycopg.connect(databases.warehouse) as connection:
        assert missing_columns(connection)

    migrate_operational(databases.operational, LeadsMapping(), databases.api_operational)
    migrate_warehouse(databases.warehouse, databases.api_warehouse)
    result = restored.refreshed()

    assert metadata(result, "marts/agent_kpis")["scope"] == "full"
    assert rows(databases.warehouse, RESTATED) == [
        ("dot", date(2024, 2, 27), "leads_contacted", 0, 1, "definition"),
        ("dot", date(2024, 2, 27), "response_count", 0, 1, "definition"),
        ("dot", date(2024, 2, 27), "response_hours_total", 0, 1, "definition"),
        ("dot", date(2024, 2, 27), "unresponded_count", 1, 0, "definition"),
    ]
    after = served_rows(databases.warehouse, columns)
    moved = {
        row for table in before for (row,) in set(before[table]).symmetric_difference(after[table])
    }
    assert {row.removeprefix("(").partition(",")[0] for row in moved} == {"dot"}
    with serving(settings(), databases) as api:
        answers = {
            agent: {route: api.get(route, agent).json() for route in routes}
            for agent, routes in ANSWERS.items()
        }
    # A lead of cem converts after the as-of date, which does not count yet.
    others = [
        found
        for found in differences(ANSWERS, answers)
        if not found.startswith(("/dot/", "/cem/"))
        and not OF_OTHER_PERIODS.search(found)
        and not OF_GOALS.search(found)
    ]
    assert others == []
    assert metadata(restored.refreshed(), "marts/agent_kpis")["scope"] == "nothing"


def test_state_moves_to_its_schema_with_its_rows(restored: Pipeline) -> None:
    url = restored.databases.warehouse
    execute(url, "insert into raw.touched_agent_days values ('load', 'ana', '2024-02-01')")
    watermarks = rows(
        url, "select table_name, low_water, data_through, read_at from raw.source_marks"
    )
    [(as_of, definition_hash)] = rows(url, "select as_of, fingerprint from insights.marts_state")

    for _ in range(2):
        migrate_warehouse(url, restored.databases.api_warehouse)

        assert watermarks == rows(
            url,
            "select table_name, watermark, data_through, read_at from state.source_watermarks",
        )
        assert rows(url, CHANGED_DAYS) == [("load", "ana", date(2024, 2, 1))]
        assert rows(url, BUILD_STATE) == [(as_of, definition_hash, False, True)]
    assert rows(url, LEFT) == []


def test_a_full_rebuild_that_was_due_is_still_due_after_the_upgrade(restored: Pipeline) -> None:
    url = restored.databases.warehouse
    [(as_of, definition_hash)] = rows(url, "select as_of, fingerprint from insights.marts_state")
    execute(url, "delete from insights.marts_state")
    migrate_warehouse(url, restored.databases.api_warehouse)
    assert rows(url, BUILD_STATE) == [(as_of, definition_hash, False, True)]


def test_a_warehouse_that_went_back_in_between_is_upgraded_again(restored: Pipeline) -> None:
    url = restored.databases.warehouse
    migrate_warehouse(url, restored.databases.api_warehouse)
    execute(url, "insert into state.changed_agent_days values ('old', 'ana', '2024-02-01')")
    execute(
        url,
        "create table raw.touched_agent_days"
        " (load_id text, agent_id text, date date, primary key (agent_id, date, load_id))",
    )
    execute(url, "insert into raw.touched_agent_days values ('new', 'ben', '2024-02-02')")
    migrate_warehouse(url, restored.databases.api_warehouse)
    assert rows(url, CHANGED_DAYS) == [("new", "ben", date(2024, 2, 2))]


def test_builds_keep_the_hash_of_their_definitions(restored: Pipeline) -> None:
    url = restored.databases.warehouse
    hashes = rows(url, "select build_id, fingerprint from serving.builds")
    migrate_warehouse(url, restored.databases.api_warehouse)
    assert rows(url, "select build_id, definition_hash from serving.builds") == hashes
    # As the earlier version publishes, which does not know the new column.
    execute(
        url,
        "insert into serving.builds (as_of, time_zone, fingerprint, mode, run_id, ranked_agents)"
        " values ('2024-02-29', 'UTC', 'hash', 'whole', 'run', '{}')",
    )
    migrate_warehouse(url, restored.databases.api_warehouse)
    assert rows(
        url, "select definition_hash, mode from serving.builds order by build_id desc limit 1"
    ) == [("", "full")]
