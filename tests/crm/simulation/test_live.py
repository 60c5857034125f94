"""Live simulation adds to the existing data by ordinary statements until it is stopped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep

import psycopg
import pytest
from psycopg import sql

from crm.simulation.history import SimulationError, simulate
from crm.simulation.live import simulate_live
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts, rows
from tests.support.waiting import PATIENCE


def test_live_simulation_fires_the_triggers_and_stops(operational_database: str) -> None:
    simulate(
        operational_database, agents=3, days=30, seed=7, until=date(2024, 4, 30),
        mapping=LeadsMapping(),
    )  # fmt: skip
    leads_before, activities_before = counts(operational_database)
    [(began_at,)] = rows(operational_database, "select clock_timestamp()")
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            simulate_live,
            operational_database, rate_per_second=200, seed=1, stop=stop, mapping=LeadsMapping(),
        )  # fmt: skip
        while counts(operational_database)[0] < leads_before + 20 and not running.done():
            sleep(0.05)
        stop.set()
        written = running.result(timeout=PATIENCE)
    leads, activities = counts(operational_database)
    by_trigger = (
        "select count(*) from agent_activity_log"
        f" where timestamp >= '{began_at}' and metadata ->> 'origin' = 'trigger'"
    )
    [(triggered,)] = rows(operational_database, by_trigger)
    assert written.leads >= 20
    assert written.activities > 0
    assert triggered > 0
    assert leads == leads_before + written.leads
    assert activities == activities_before + written.activities + triggered
    assert rows(
        operational_database,
        f"select count(*) filter (where updated_at >= '{began_at}') >= {written.leads},"
        " count(distinct assigned_agent_id) from leads",
    ) == [(True, 3)]


def test_live_simulation_starts_from_empty_tables(operational_database: str) -> None:
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            simulate_live,
            operational_database, rate_per_second=100, seed=1, stop=stop, mapping=LeadsMapping(),
        )  # fmt: skip
        while counts(operational_database)[0] < 2 and not running.done():
            sleep(0.05)
        stop.set()
        assert running.result(timeout=PATIENCE).leads >= 2


@pytest.mark.parametrize("time_zone", ["UTC", "America/New_York"])
def test_plain_timestamps_are_written_in_the_time_zone_of_the_mapping(
    operational_database: str, time_zone: str
) -> None:
    with psycopg.connect(operational_database) as connection:
        connection.execute("alter table leads alter created_at type timestamp")
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("alter database {} set timezone to 'Asia/Tokyo'").format(name))
    [(began_at,)] = rows(operational_database, "select clock_timestamp()")
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            simulate_live,
            operational_database, rate_per_second=100, seed=1, stop=stop,
            mapping=LeadsMapping(time_zone=time_zone),
        )  # fmt: skip
        while counts(operational_database)[0] < 2 and not running.done():
            sleep(0.05)
        stop.set()
        running.result(timeout=PATIENCE)
    assert rows(
        operational_database,
        f"select bool_and(created_at at time zone '{time_zone}'"
        f" between '{began_at}' and clock_timestamp()) from leads",
    ) == [(True,)]


def test_a_rate_of_zero_is_rejected() -> None:
    with pytest.raises(SimulationError, match=r"^rate must be positive$"):
        simulate_live(
            "never reached", rate_per_second=0, seed=1, stop=Event(), mapping=LeadsMapping()
        )
