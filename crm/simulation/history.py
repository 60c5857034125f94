"""Simulated history, written into the CRM's tables chunk by chunk in one transaction."""

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
from crm.simulation.stories import stories
from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

LEADS_PER_CHUNK = 20_000


class SimulationError(ValueError):
    """The simulation cannot be made as asked; the message says why in one line."""


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
    """Write `days` dates of activity up to the date `until` of the business time zone.

    The rows are the same for the same arguments; where `until` is today, those of the rest of
    the day are left out. Raises SimulationError where the arguments make no sense, or where
    there are leads and `append` is not set.
    """
    if agents < 1 or days < 1 or leads_per_agent_per_day <= 0:
        raise SimulationError("agents, days and leads per agent and day must be above 0")
    now = datetime.now(UTC)
    if until > now.astimezone(ZoneInfo(time_zone)).date():
        raise SimulationError(f"{until} is in the future")
    end_of_day = datetime.combine(until + timedelta(days=1), time(), ZoneInfo(time_zone))
    horizon = min(end_of_day.astimezone(UTC) - timedelta(milliseconds=1), now)
    count = round(agents * days * leads_per_agent_per_day)
    people = roster(agents, seed)
    dates = lead_days(count, days, until, seed)
    leads = activities = 0
    stamps: dict[str, list[Any]] = {"leads": [], "agent_activity_log": []}
    with bulk_load(url, mapping.time_zone) as connection:
        offset = first_free_number(connection, mapping, append=append)
        width = max(7, len(str(offset + count)))
        for start in range(0, count, LEADS_PER_CHUNK):
            end = min(start + LEADS_PER_CHUNK, count)
            chunk = stories(
                arrivals(start, end, dates, seed, time_zone), people, seed, time_zone, horizon
            ).with_columns(
                lead_id=lead_ids("L", offset, width), no_lead=lead_ids("X", offset, width)
            )
            new_leads = lead_rows(chunk, seed)
            logged = activity_rows(chunk, seed, horizon)
            leads += copy_leads(connection, new_leads, mapping)
            activities += copy_activities(connection, logged)
            stamps["leads"].append(new_leads["updated_at"].min())
            stamps["agent_activity_log"].append(logged["recorded_at"].min())
            if progress:
                progress("leads", end, count)
    found = {table: [each for each in some if each is not None] for table, some in stamps.items()}
    return ImportCounts(
        leads, activities, {table: min(some) for table, some in found.items() if some}
    )


def first_free_number(
    connection: psycopg.Connection, mapping: LeadsMapping, *, append: bool
) -> int:
    query = statement(
        "crm/simulation/sql/simulated_leads.sql", table=mapping.identifier, id=mapping.column("id")
    )
    row = connection.execute(query).fetchone()
    assert row is not None
    has_leads, largest = row
    if has_leads and not append:
        raise SimulationError(f"the table {mapping.table} is not empty")
    return int(largest) + 1


def lead_ids(letter: str, offset: int, width: int) -> pl.Expr:
    number = (pl.col("number") + offset).cast(pl.String).str.zfill(width)
    return pl.concat_str(pl.lit(letter), number)


def copy_leads(connection: psycopg.Connection, rows: pl.DataFrame, mapping: LeadsMapping) -> int:
    return copy(connection, mapping.identifier, rows, [mapping.columns[it] for it in rows.columns])


def copy_activities(connection: psycopg.Connection, rows: pl.DataFrame) -> int:
    return copy(connection, sql.Identifier("public", "agent_activity_log"), rows, rows.columns)


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
