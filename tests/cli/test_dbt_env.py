"""An analyst's shell: the documented lines run dbt against a running home."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config.paths import ROOT
from config.settings import Settings
from pipelines.dbt_project import connection_variables
from tests.support.servers.command_line import CommandLine
from warehouse.databases import Databases, open_databases

pytest_plugins = ("tests.support.fixtures.home", "tests.support.fixtures.project_copy")
PASSWORD = "it's $HOME: @/%\\"
BUILD_SECONDS = 1200


def documented_lines() -> str:
    """The indented lines of docs/analysts.md that run `dbt build`."""
    blocks = (ROOT / "docs" / "analysts.md").read_text().split("\n\n")
    [lines] = [block for block in blocks if block.startswith("    ") and "dbt build" in block]
    return lines


@pytest.fixture
def checkout(project: Path) -> Path:
    """A clone with its virtual environment, where dbt may write."""
    (project.parent / ".venv").symlink_to(sys.prefix)
    return project.parent


@pytest.fixture
def running(small: CommandLine) -> Iterator[Databases]:
    """The databases of a home that something else keeps running, as the demo does."""
    with open_databases(Settings(home=small.home, _env_file=None)) as databases:
        yield databases


def shell(small: CommandLine, lines: str, where: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", lines],
        cwd=where,
        env=small.environment,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )


def test_the_documented_lines_build_the_project(
    small: CommandLine, running: Databases, checkout: Path
) -> None:
    with psycopg.connect(running.warehouse, autocommit=True) as connection:
        connection.execute("drop table marts.agent_kpis cascade")
    built = shell(small, documented_lines(), checkout)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "ERROR=0" in built.stdout
    with psycopg.connect(running.warehouse) as connection:
        windows = "select sum(leads_handled) from marts.agent_kpis where date_range = '30'"
        [(leads,)] = connection.execute(windows).fetchall()
    # Windows end at the as-of date, by which there are leads.
    assert leads > 0


def test_a_home_where_nothing_runs_is_named_and_nothing_is_started(small: CommandLine) -> None:
    refused = small.error_line("dbt-env")
    assert f"no database is running in {small.home}" in refused
    assert "agent-analytics up" in refused


def test_a_url_is_taken_apart_by_libpqs_rules_and_quoted_for_the_shell(
    small: CommandLine, running: Databases, tmp_path: Path
) -> None:
    with psycopg.connect(running.warehouse, autocommit=True) as connection:
        make = "create role analyst login password {}"
        connection.execute(sql.SQL(make).format(sql.Literal(PASSWORD)))
        host, port = connection.info.host, connection.info.port
    url = f"postgresql://analyst:it's%20%24HOME%3A%20%40%2F%25%5C@{host}:{port}/warehouse"
    expected = {
        "DBT_WAREHOUSE_HOST": host,
        "DBT_WAREHOUSE_PORT": str(port),
        "DBT_WAREHOUSE_USER": "analyst",
        "DBT_ENV_SECRET_WAREHOUSE_PASSWORD": PASSWORD,
        "DBT_WAREHOUSE_DBNAME": "warehouse",
    }
    variables = connection_variables(f"{url}?sslmode=disable")
    assert expected.items() <= variables.items()
    assert variables["DBT_WAREHOUSE_SSLMODE"] == "disable"

    elsewhere = CommandLine(small.home, WAREHOUSE_DATABASE_URL=url)
    (tmp_path / "exports").write_text(elsewhere.succeed("dbt-env"))
    printed = "".join(f'printf "%s\\n" "${name}";' for name in expected)
    result = shell(small, f". ./exports; {printed}", tmp_path)
    assert result.stdout.splitlines() == list(expected.values())


def test_a_url_without_a_database_names_that_of_the_user() -> None:
    assert connection_variables("postgresql://ana@h")["DBT_WAREHOUSE_DBNAME"] == "ana"
