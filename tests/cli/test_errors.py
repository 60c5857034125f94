"""Bad input and unreachable databases give one line on standard error, no traceback."""

from pathlib import Path

import psycopg
import pytest

from tests.support.servers.command_line import CommandLine
from warehouse.databases import Databases

pytest_plugins = ["tests.support.fixtures.home"]
NOBODY = "postgresql://nobody:wrong@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["refresh"], "the warehouse has no tables yet: run `agent-analytics migrate`"),
        (["refresh", "--dry-run"], "the warehouse has no tables yet: run `agent-analytics"),
        (["metric-diff"], "the warehouse has no tables yet: run `agent-analytics migrate`"),
        (["import", "nowhere"], "leads.csv: "),
        (["simulate"], 'relation "public.leads" does not exist: run `agent-analytics migrate`'),
        (["refresh", "--from", "2024-01-02", "--to", "2024-01-01"], "--from 2024-01-02 is after"),
        (["refresh", "--from", "2009-12-31"], "days go from 2010-01-01 (ANALYTICS_START_DATE) to"),
        (["refresh", "--to", "2999-01-01"], "days go from 2010-01-01"),
        (["simulate", "--live", "--rate", "0"], "rate must be positive"),
        (["token", " "], "an agent id has 1 to 50 characters"),
        (["token", "a" * 51], "an agent id has 1 to 50 characters"),
        (["up", "--data", "nowhere"], "there is no leads.csv in it"),
        (["up", "--data", ".", "--agents", "3"], "--data cannot be combined"),
        (["serve", "--host", "nowhere.invalid"], "host nowhere.invalid: "),
    ],
)
def test_bad_input(module_home: Path, arguments: list[str], line: str) -> None:
    assert line in CommandLine(module_home).error_line(*arguments)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"ANALYTICS_TIMEZONE": "Mars"}, "ANALYTICS_TIMEZONE: unknown time zone"),
        ({"OPERATIONAL_DATABASE_URL": NOBODY}, "WAREHOUSE_DATABASE_URL: set both"),
    ],
)
def test_bad_settings(home: Path, settings: dict[str, str], line: str) -> None:
    for command in ("status", "refresh", "up"):
        assert CommandLine(home, **settings).error_line(command).startswith(line)


def test_a_key_that_signs_nothing(home: Path) -> None:
    short = CommandLine(home, JWT_SECRET="short")
    assert short.error_line("token", "ana") == "JWT_SECRET: HS256 needs at least 32 bytes"
    assert short.error_line("serve") == "JWT_SECRET: HS256 needs at least 32 bytes"
    foreign = CommandLine(home, JWT_ALGORITHM="RS256")
    assert "owner of the private key" in foreign.error_line("token", "ana")


@pytest.mark.parametrize("command", ["status", "migrate", "refresh", "import", "simulate", "up"])
def test_databases_that_are_down(home: Path, command: str) -> None:
    command_line = CommandLine(
        home, OPERATIONAL_DATABASE_URL=NOBODY, WAREHOUSE_DATABASE_URL=NOBODY, JWT_SECRET="s" * 32
    )
    arguments = [command, "."] if command == "import" else [command]
    line = command_line.error_line(*arguments)
    assert line.startswith(("operational database: ", "warehouse database: "))
    assert "Connection refused" in line
    assert "wrong" not in line


def source(home: Path, databases: Databases, operational: str) -> CommandLine:
    return CommandLine(
        home, OPERATIONAL_DATABASE_URL=operational, WAREHOUSE_DATABASE_URL=databases.warehouse
    )


def test_a_source_that_is_down_refuses_the_password_or_lacks_a_column(
    home: Path, databases: Databases
) -> None:
    password = psycopg.conninfo.conninfo_to_dict(databases.operational)["password"]
    wrong = databases.operational.replace(str(password), "wrong")
    down = source(home, databases, NOBODY).error_line("refresh")
    assert down.startswith("operational database: ")
    assert "Connection refused" in down
    refused = source(home, databases, wrong).error_line("refresh")
    assert refused.startswith("operational database: ")
    assert "password authentication failed for user" in refused
    with psycopg.connect(databases.operational) as connection:
        connection.execute("alter table leads drop column satisfaction_rating")
    lacking = source(home, databases, databases.operational).error_line("refresh")
    assert lacking == (
        'operational database: column "satisfaction_rating" does not exist, while reading leads'
    )
