"""Rights of the API role in the warehouse, and roles that are rejected."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors, sql

from tests.conftest import PostgresServer
from tests.support.login_role import as_role, login_role
from warehouse.databases import Databases
from warehouse.migrate import migrate_warehouse
from warehouse.migration_runner import MigrationError

numbers = count(1)


@pytest.fixture
def publisher(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.warehouse, autocommit=True) as connection:
        yield connection


@pytest.fixture
def api(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.api_warehouse, autocommit=True) as connection:
        yield connection


@pytest.fixture
def role(postgres_server: PostgresServer) -> Iterator[str]:
    """Name of a login role without rights; dropped after the test's databases."""
    with login_role(postgres_server.url("postgres")) as name:
        yield name


def serving_tables(connection: psycopg.Connection, *, of_agents: bool) -> list[str]:
    query = """
        select tablename from pg_tables where schemaname = 'serving' and %s = exists (
            select from information_schema.columns
            where table_schema = 'serving' and table_name = tablename and column_name = 'agent_id')
        order by 1
    """
    return [name for (name,) in connection.execute(query, [of_agents])]


def test_every_serving_table_of_agents_forces_its_policies(publisher: psycopg.Connection) -> None:
    rows = publisher.execute(
        "select relname from pg_class where relnamespace = 'serving'::regnamespace"
        " and relrowsecurity and relforcerowsecurity order by 1"
    ).fetchall()
    assert [name for (name,) in rows] == serving_tables(publisher, of_agents=True)
    assert "agent_kpis" in serving_tables(publisher, of_agents=True)


def test_an_agent_sees_only_its_own_rows(
    publisher: psycopg.Connection, api: psycopg.Connection
) -> None:
    publisher.execute(
        "insert into serving.agent_measures (agent_id, date_range, measure, value)"
        " values ('A1', '7', 'm', 1), ('A2', '7', 'm', 2)"
    )
    query = "select agent_id, value from serving.agent_measures"
    assert api.execute(query).fetchall() == []
    with api.transaction():
        api.execute("select set_config('analytics.agent_id', 'A1', true)")
        assert api.execute(query).fetchall() == [("A1", 1)]
    assert api.execute(query).fetchall() == []


def test_a_publisher_without_superuser_sees_and_writes_all_rows(
    role: str, empty_database: str, databases: Databases
) -> None:
    with psycopg.connect(empty_database) as connection:
        grant = sql.SQL("grant create on database {} to {}")
        connection.execute(
            grant.format(sql.Identifier(connection.info.dbname), sql.Identifier(role))
        )
    publisher = as_role(empty_database, role)
    migrate_warehouse(publisher, databases.api_warehouse)
    with psycopg.connect(publisher, autocommit=True) as owner:
        owner.execute(
            "insert into serving.agent_measures (agent_id, date_range, measure)"
            " values ('A1', '7', 'm'), ('A2', '7', 'm')"
        )
        rows = owner.execute("select agent_id from serving.agent_measures order by 1")
        assert rows.fetchall() == [("A1",), ("A2",)]


def test_the_api_reads_tables_without_an_agent(api: psycopg.Connection) -> None:
    names = serving_tables(api, of_agents=False)
    assert {"builds", "refreshes"} <= set(names)
    for name in names:
        api.execute(sql.SQL("select from serving.{}").format(sql.Identifier(name)))


@pytest.mark.parametrize(
    "statement",
    [
        "select from raw.leads",
        "insert into serving.agent_measures (agent_id) values ('A1')",
        "delete from serving.builds",
        "create table serving.mine (id int)",
        "create table public.mine (id int)",
        "alter table serving.agent_kpis no force row level security",
        "set role agent_analytics",
    ],
)
def test_the_api_may_do_nothing_else(api: psycopg.Connection, statement: str) -> None:
    api.execute("select set_config('analytics.agent_id', 'A1', false)")
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute(statement)


def test_the_api_role_is_unprivileged_and_has_a_statement_timeout(api: psycopg.Connection) -> None:
    assert api.execute("show statement_timeout").fetchone() == ("5s",)
    assert api.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin"
        " from pg_roles where rolname = current_user"
    ).fetchone() == (False, False, False, False, True)


def test_a_new_serving_table_is_closed_until_it_has_policies(
    publisher: psycopg.Connection, api: psycopg.Connection, databases: Databases
) -> None:
    publisher.execute("create table serving.agent_new as select 'A1' as agent_id, 'A2' as other")
    publisher.execute("insert into serving.agent_new values ('A2', 'A1')")
    api.execute("select set_config('analytics.agent_id', 'A1', false)")
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute("select agent_id from serving.agent_new")
    migrate_warehouse(databases.warehouse, databases.api_warehouse)
    assert api.execute("select agent_id from serving.agent_new").fetchall() == [("A1",)]


def test_a_second_migration_does_not_wait_for_readers_or_a_publish(databases: Databases) -> None:
    with psycopg.connect(databases.warehouse) as publish:
        publish.execute("delete from serving.agent_kpis")
        publish.execute("lock table serving.agent_kpis in row exclusive mode")
        migrate_warehouse(databases.warehouse, databases.api_warehouse)


def test_policies_follow_a_change_of_the_api_role(role: str, databases: Databases) -> None:
    migrate_warehouse(databases.warehouse, f"postgresql://{role}:x@localhost/any")
    with psycopg.connect(databases.warehouse) as publisher:
        rows = publisher.execute(
            "select distinct polroles::regrole[]::text from pg_policy"
            " where polname = 'api_own_rows'"
        )
        assert rows.fetchall() == [(f"{{{role}}}",)]


@pytest.mark.parametrize(
    ("power", "reason"),
    [
        ("alter role {} superuser", "is a superuser or has BYPASSRLS"),
        ("alter role {} bypassrls", "is a superuser or has BYPASSRLS"),
        ("grant agent_analytics to {}", "is a member of, agent_analytics"),
        ("grant pg_read_all_data to {}", "is a member of a role that sees every row"),
        ("create schema mine authorization {}", "owns objects"),
    ],
)
def test_a_role_that_could_bypass_the_policies_is_rejected(
    role: str, databases: Databases, power: LiteralString, reason: str
) -> None:
    with psycopg.connect(databases.warehouse, autocommit=True) as publisher:
        publisher.execute(sql.SQL(power).format(sql.Identifier(role)))
    with pytest.raises(MigrationError, match=reason):
        migrate_warehouse(databases.warehouse, f"postgresql://{role}:x@localhost/any")


def test_without_an_api_role_only_the_publisher_has_access(
    empty_database: str,
) -> None:
    migrate_warehouse(empty_database, "")
    with psycopg.connect(empty_database) as connection:
        policies = connection.execute("select distinct polname from pg_policy").fetchall()
    assert policies == [("publisher",)]


def test_a_password_is_never_logged_by_the_server(
    warehouse_database: str, server_directory: Path
) -> None:
    name = f"made_api_{next(numbers)}"
    with psycopg.connect(warehouse_database, autocommit=True) as publisher:
        database = sql.Identifier(publisher.info.dbname)
        publisher.execute(sql.SQL("alter database {} set log_statement = 'all'").format(database))
        migrate_warehouse(warehouse_database, f"postgresql://{name}:open-sesame@localhost/any")
        log = (server_directory / "postgres" / "log").read_text()
        assert f"'{name}'" in log
        assert "open-sesame" not in log
        made = warehouse_database.replace("agent_analytics", name, 1)
        made = made.replace(publisher.info.password, "open-sesame")
        psycopg.connect(made).close()
        publisher.execute(sql.SQL("drop owned by {0}; drop role {0}").format(sql.Identifier(name)))
