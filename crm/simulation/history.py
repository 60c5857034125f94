"""Simulated history, written to the CRM's tables in chunks within one transaction."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import psycopg
from psycopg import sql

from crm.bulk_load import ImportCounts, Progress, bulk_load
from crm.simulation.activities import activity_rows
from crm.simulation.agents import roster
from crm.simulation.arrivals import arrivals, lead_days
from crm.simulation.leads import lead_rows
from crm.simulation.lifecycles import lead_lifecycles
from crm.sources.change_queries import ACTIVITIES, LEADS
from crm.sources.dbt_vars import converted_words
from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

LEADS_PER_CHUNK = 20_000


class SimulationError(ValueError):
    """The arguments are invalid, or the leads table is not empty; a one-line message."""


def simulate(
    url: str,
    *,
    agents: int,
    days: int,
    seed: int,
    until: date,
    mapping: LeadsMapping,
    leads_per_agent_per_day: float = 1.4,
    time_zone: str = "UTC",
    append: bool = False,
    progress: Progress | None = None,
) -> ImportCounts:
    """Write `days` days of activity up to the day `until` in the business time zone.

    The rows are the same for the same arguments; if `until` is today, rows after the current time
    are left out. Raises SimulationError if an argument is out of range, or if the table has leads
    and `append` is not set.
    """
    if agents < 1 or days < 1 or leads_per_agent_per_day <= 0:
        raise SimulationError("agents, days and leads per agent and day must be positive")
    now = datetime.now(UTC)
    if until > now.astimezone(ZoneInfo(time_zone)).date():
        raise SimulationError(f"{until} is in the future")
    end_of_day = datetime.combine(until + timedelta(days=1), time(), ZoneInfo(time_zone))
    horizon = min(end_of_day.astimezone(UTC) - timedelta(milliseconds=1), now)
    count = round(agents * days * leads_per_agent_per_day)
    agent_roster, words = roster(agents, seed), converted_words(mapping)
    dates = lead_days(count, days, until, seed)
    leads = activities = 0
    changes: dict[str, list[Any]] = {LEADS: [], ACTIVITIES: []}
    with bulk_load(url, mapping.time_zone) as connection:
        offset = first_free_number(connection, mapping, append=append)
        width = max(7, len(str(offset + count)))
        for start in range(0, count, LEADS_PER_CHUNK):
            end = min(start + LEADS_PER_CHUNK, count)
            chunk = lead_lifecycles(
                arrivals(start, end, dates, seed, time_zone),
                agent_roster,
                seed,
                time_zone,
                horizon,
            ).with_columns(
                lead_id=lead_ids("L", offset, width), no_lead=lead_ids("X", offset, width)
            )
            new_leads = lead_rows(chunk, seed, words)
            logged = activity_rows(chunk, seed, horizon)
            leads += copy_leads(connection, new_leads, mapping)
            activities += copy_activities(connection, logged)
            changes[LEADS].append(new_leads["updated_at"].min())
            changes[ACTIVITIES].append(logged["recorded_at"].min())
            if progress:
                progress(LEADS, end, count)
    known = {
        table: [instant for instant in instants if instant is not None]
        for table, instants in changes.items()
    }
    oldest = {table: min(instants) for table, instants in known.items() if instants}
    return ImportCounts(leads, activities, oldest)


def first_free_number(
    connection: psycopg.Connection, mapping: LeadsMapping, *, append: bool
) -> int:
    """Return the number of the next simulated lead; raises SimulationError, see `simulate`."""
    query = statement(
        "crm/simulation/sql/simulated_leads.sql", table=mapping.identifier, id=mapping.column("id")
    )
    row = connection.execute(query).fetchone()
    assert row is not None
    has_leads, largest = row
    if has_leads and not append:
        raise SimulationError(f"table {mapping.table} is not empty")
    return int(largest) + 1


def lead_ids(letter: str, offset: int, width: int) -> pl.Expr:
    number = (pl.col("number") + offset).cast(pl.String).str.zfill(width)
    return pl.concat_str(pl.lit(letter), number)


def copy_leads(connection: psycopg.Connection, rows: pl.DataFrame, mapping: LeadsMapping) -> int:
    return copy(
        connection, mapping.identifier, rows, [mapping.columns[name] for name in rows.columns]
    )


def copy_activities(connection: psycopg.Connection, rows: pl.DataFrame) -> int:
    return copy(connection, sql.Identifier("public", ACTIVITIES), rows, rows.columns)


def copy(
    connection: psycopg.Connection, table: sql.Identifier, rows: pl.DataFrame, columns: list[str]
) -> int:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    text = BytesIO()
    rows.write_csv(text, include_header=False, datetime_format="%FT%T%.3fZ")
    command = sql.SQL("copy {} ({}) from stdin (format csv)").format(table, names)
    with connection.cursor() as cursor, cursor.copy(command) as copying:
        copying.write(text.getbuffer())
    return len(rows)
