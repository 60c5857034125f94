"""The roles of `deploy/postgres` have the rights for a refresh and the API, and no others."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from crm.csv_import.importer import import_directory
from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.conftest import wait_until_stopped
from tests.support.oracle import small_expected
from tests.support.paths import DOCS, REPOSITORY, SMALL
from tests.support.pipeline import Pipeline, contents, metadata
from tests.support.servers.api_server import serving, settings
from warehouse.databases import Databases
from warehouse.embedded.server import find_binaries
from warehouse.embedded.shared_server import embedded_server
from warehouse.migrate import migrate_warehouse

SCRIPTS = REPOSITORY / "deploy" / "postgres"
DOCUMENT = DOCS / "operations.md"
PASSWORD = "of-the-tests"
PASSWORDS = {f"{role}_PASSWORD": PASSWORD for role in ("WAREHOUSE", "DAGSTER", "API", "PIPELINE")}


def run_script(url: str, name: str) -> None:
    subprocess.run(
        [find_binaries() / "psql", "-X", "-v", "ON_ERROR_STOP=1", "-qf", SCRIPTS / name, url],
        check=True,
        env={**os.environ, **PASSWORDS},
    )


def as_role(url: str, role: str, database: str) -> str:
    address = conninfo_to_dict(url)
    return f"postgresql://{role}:{PASSWORD}@{address['host']}:{address['port']}/{database}"


@pytest.fixture(scope="module")
def deployed(server_directory: Path, pipeline_home: Path) -> Iterator[tuple[str, Pipeline]]:
    """The administrator's URL of the CRM, and a refreshed pipeline with the restricted roles."""
    directory = server_directory / "roles"
    with embedded_server(directory, durable=False, databases=("crm",)) as server:
        crm = server.url("crm")
        run_script(server.url("postgres"), "warehouse.sql")
        api_crm = as_role(crm, "analytics_api", "crm")
        migrate_operational(crm, LeadsMapping(), api_crm)
        run_script(crm, "crm.sql")
        databases = Databases(
            as_role(crm, "analytics_pipeline", "crm"),
            as_role(crm, "analytics_warehouse", "warehouse"),
            api_crm,
            as_role(crm, "analytics_api", "warehouse"),
            as_role(crm, "analytics_dagster", "dagster"),
        )
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
        import_directory(crm, SMALL, LeadsMapping())
        with psycopg.connect(crm) as connection:
            connection.execute(
                "insert into agent_goals"
                " (agent_id, period, goal_type, target_value, period_start, period_end)"
                " values ('ana', 'monthly', 'conversions', 1, '2024-02-01', '2024-02-29')"
            )
        pipeline = Pipeline(databases, pipeline_home, server_directory, small_expected.AS_OF)
        pipeline.refreshed(is_full=True)
        yield crm, pipeline
    wait_until_stopped(directory)


def test_the_pipeline_roles_suffice_for_a_refresh_with_reconciliation(
    deployed: tuple[str, Pipeline],
) -> None:
    crm, pipeline = deployed
    pipeline.refreshed(reconciles=True)
    with psycopg.connect(crm) as connection:
        found = connection.execute(
            "select current_value, achieved_at is not null from agent_goals"
        ).fetchall()
        logged = connection.execute(
            "select count(*) from agent_activity_log where activity_type = 'goal_achieved'"
        ).fetchone()
    assert [is_achieved for _, is_achieved in found] == [True]
    assert logged == (1,)


def test_the_pipeline_role_has_no_other_rights_in_the_crm(
    deployed: tuple[str, Pipeline],
) -> None:
    crm, pipeline = deployed
    with psycopg.connect(crm, autocommit=True) as owner:
        owner.execute("alter table leads add column if not exists phone text")
    with psycopg.connect(pipeline.databases.operational, autocommit=True) as connection:
        for forbidden in (
            "select phone from leads",
            "select * from leads",
            "update leads set source = 'x'",
            "delete from leads",
            "update agent_goals set target_value = 1",
            "delete from agent_goals",
            "update agent_activity_log set description = 'x'",
            "delete from agent_activity_log",
            "create table public.mine (id int)",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_roles_cannot_connect_to_other_databases(deployed: tuple[str, Pipeline]) -> None:
    crm, _ = deployed
    for role, database in (
        ("analytics_api", "dagster"),
        ("analytics_dagster", "warehouse"),
        ("analytics_pipeline", "warehouse"),
        ("analytics_pipeline", "dagster"),
    ):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(as_role(crm, role, database))


def test_the_api_answers_and_the_warehouse_role_can_create_a_scratch_database(
    deployed: tuple[str, Pipeline],
) -> None:
    _, pipeline = deployed
    with serving(settings(), pipeline.databases) as api:
        assert api.get("/agent/analytics/kpis?dateRange=30", "ana").status_code == 200
        assert api.get("/agent/goals", "ana").json()["goals"]
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        found = connection.execute(
            "select rolcreatedb, rolsuper, rolcreaterole from pg_roles where rolname = current_user"
        ).fetchone()
    assert found == (True, False, False)


def test_the_documented_commands_restore_a_backup(
    deployed: tuple[str, Pipeline], tmp_path: Path
) -> None:
    crm, pipeline = deployed
    restored = as_role(crm, "analytics_warehouse", "warehouse_restored")
    section = DOCUMENT.read_text().partition("## Backup and restore")[2].partition("\n## ")[0]
    environment = {
        **os.environ,
        "PATH": f"{find_binaries()}:{os.environ['PATH']}",
        "WAREHOUSE_DATABASE_URL": pipeline.databases.warehouse,
        "RESTORED_DATABASE_URL": restored,
        "ADMIN_DATABASE_URL": crm.rpartition("/")[0] + "/postgres",
    }
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 2
    without = blocks[0].replace("--enable-row-security", "")
    failed = subprocess.run(["bash", "-ec", without], cwd=tmp_path, env=environment, check=False)
    assert failed.returncode != 0
    for block in blocks:
        subprocess.run(["bash", "-ec", block], check=True, cwd=tmp_path, env=environment)
    before, after = contents(pipeline.databases.warehouse), contents(restored)
    assert before == after
    assert len(after["serving.builds"]) == 1
    api_url = as_role(crm, "analytics_api", "warehouse_restored")
    migrate_warehouse(restored, api_url)
    databases = replace(pipeline.databases, warehouse=restored, api_warehouse=api_url)
    refreshed = replace(pipeline, databases=databases).refreshed(reconciles=True)
    assert metadata(refreshed, "marts/agent_kpis")["scope"] == "nothing"
    with serving(settings(), databases) as api:
        mine = api.get("/agent/analytics/kpis?dateRange=30", "ana").json()
        assert mine["kpis"]["totalRevenue"] > 0
        assert api.get("/agent/analytics/kpis", "nobody").json()["kpis"]["totalRevenue"] == 0
