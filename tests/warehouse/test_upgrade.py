"""Upgrade of a home that an earlier version has filled: migrate, refresh, the same numbers."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from crm.sources.mapping import LeadsMapping
from tests.conftest import PostgresServer
from tests.support.fixtures.refreshed_small import NAMES
from tests.support.oracle import small_expected
from tests.support.paths import DATA
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import serving, settings
from warehouse.databases import Databases
from warehouse.embedded.server import find_binaries
from warehouse.migrate import migrate_operational, migrate_warehouse

DUMP = DATA / "upgrade"
ANSWERS: dict[str, dict[str, Any]] = json.loads((DUMP / "answers.json").read_text())
# Instants and ids of builds and runs, and the texts that define the numbers.
NOT_NUMBERS = {"builds", "refreshes", "metrics"}
Rows = dict[str, list[Any]]


def restore(url: str, file: Path) -> None:
    psql = find_binaries() / "psql"
    subprocess.run([psql, "-X", "-v", "ON_ERROR_STOP=1", "-qf", file, url], check=True)


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
        postgres_server.database(name=NAMES[0]) as operational,
        postgres_server.database(name=NAMES[1]) as warehouse,
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


def test_an_upgraded_home_serves_the_same_numbers_and_restates_none(restored: Pipeline) -> None:
    databases = restored.databases
    columns = served_columns(databases.warehouse)
    before = served_rows(databases.warehouse, columns)
    assert before["restatements"] == []

    migrate_operational(databases.operational, LeadsMapping(), databases.api_operational)
    migrate_warehouse(databases.warehouse, databases.api_warehouse)
    restored.refreshed()

    assert served_rows(databases.warehouse, columns) == before
    with serving(settings(), databases) as api:
        answers = {
            agent: {route: api.get(route, agent).json() for route in routes}
            for agent, routes in ANSWERS.items()
        }
    assert differences(ANSWERS, answers) == []
