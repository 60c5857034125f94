"""A CRM with another search_path is filled, read and counted like any other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import psycopg
import pytest
from psycopg import sql

from cli.data import Simulation, simulate_history
from cli.status import read_status
from crm.bulk_load import ImportCounts
from crm.csv_import.importer import import_directory
from crm.simulation.live import simulate_live
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import rows
from tests.support.oracle import small_expected
from tests.support.paths import SMALL
from tests.support.pipeline import Pipeline
from tests.support.silent_terminal import silent_terminal
from tests.support.waiting import PATIENCE
from warehouse.databases import Databases

# Tables and functions of the same names in another schema, which our code must not use.
DECOYS = """
create schema elsewhere;
create table elsewhere.leads (id integer);
create table elsewhere.agent_activity_log (id integer);
create table elsewhere.agent_goals (id integer);
create function elsewhere.log_agent_activity(
    varchar, varchar, varchar, varchar, text, jsonb
) returns integer language plpgsql as $$ begin raise 'the wrong one'; end $$;
"""
OURS = "select (select count(*) from public.leads), count(*) from public.agent_activity_log"


@pytest.fixture
def elsewhere(databases: Databases) -> Databases:
    """Both databases, with a search_path that differs from that of their migration."""
    for url in (databases.operational, databases.warehouse):
        with psycopg.connect(url) as connection:
            connection.execute(DECOYS)
            connection.execute(
                sql.SQL("alter database {} set search_path = elsewhere").format(
                    sql.Identifier(connection.info.dbname)
                )
            )
    return databases


def test_imported_rows_are_served_and_counted(
    elsewhere: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    url = elsewhere.operational
    assert import_directory(url, SMALL, LeadsMapping()) == ImportCounts(14, 20)
    assert import_directory(url, SMALL, LeadsMapping()) == ImportCounts(0, 0)
    (tmp_path / "leads.csv").write_text("id,created_at\n")
    (tmp_path / "agent_activity_log.csv").write_text(
        "id,activity_type,timestamp\n900,call,2024-02-01T08:00:00Z\n"
    )
    assert import_directory(url, tmp_path, LeadsMapping()) == ImportCounts(0, 1)
    Pipeline(elsewhere, pipeline_home, tmp_path / "lake", small_expected.AS_OF).refreshed()
    assert rows(
        elsewhere.warehouse,
        "select leads_handled from serving.agent_kpis where agent_id = 'ana' and date_range = '30'",
    ) == [(4,)]
    status = read_status(elsewhere, LeadsMapping(), tmp_path / "lake")
    assert status.rows["operational"] == {"leads": 14, "agent_activity_log": 21}
    assert status.drift == {"leads": 0, "agent_activity_log": 0}


def test_simulated_activity_is_written_to_our_tables(elsewhere: Databases) -> None:
    url, stop = elsewhere.operational, Event()
    with silent_terminal() as reporter:
        written = simulate_history(elsewhere, Simulation(2, 5, 7), LeadsMapping(), "UTC", reporter)
    assert rows(url, OURS) == [(written.leads, written.activities)]
    with ThreadPoolExecutor(1) as pool:
        live = pool.submit(
            simulate_live,
            url,
            rate_per_second=100,
            seed=1,
            stop=stop,
            mapping=LeadsMapping(),
        )
        while not live.done() and rows(url, OURS)[0][1] < written.activities + 20:
            sleep(0.05)
        stop.set()
        assert live.result(timeout=PATIENCE).activities > 0
