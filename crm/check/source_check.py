"""Whether a CRM's database fits, from its catalog and a bounded sample; reads only."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from crm.check.report_model import SourceCheck
from crm.check.sample import read_revenue, read_words
from crm.sources.change_queries import ACTIVITIES
from crm.sources.mapping import LeadsMapping
from warehouse.connect import connect_or_fail
from warehouse.statements import text

REQUIRED = ("id", "created_at", "source", "disposition")
INSTANTS = {"created_at", "contacted_at", "interested_at", "updated_at"}
PLAIN_INSTANTS = {"timestamp without time zone", "date"}
NUMBERS = {"response_time_hours", "satisfaction_rating"}
INDEXED = {"updated_at", "assigned_agent_id", "disposition"}
NUMERIC = {"smallint", "integer", "bigint", "numeric", "real", "double precision"}
READ_OF_ACTIVITIES = (
    "id, agent_id, lead_id, activity_type, timestamp, recorded_at, metadata.revenue,"
    " metadata.origin, metadata.lead_id"
)
LEAST_VERSION = 130000
STATEMENT_TIMEOUT = "5s"


def check_source(url: str, mapping: LeadsMapping) -> SourceCheck:
    """Raises UserError where the database cannot be reached."""
    check = SourceCheck(mapping.identifier.as_string())
    with connect_or_fail(url, "operational") as connection:
        connection.read_only = True
        connection.execute("select set_config('statement_timeout', %s, false)", [STATEMENT_TIMEOUT])
        parameters = {"leads_text": check.table}
        [rights] = _rows(connection, "source_rights", parameters)
        _check_rights(check, rights)
        if rights["leads_kind"] is None:
            check.missing(check.table, _no_such_table(connection, mapping))
            return check
        columns = {row["name"]: row for row in _rows(connection, "source_columns", parameters)}
        _check_columns(check, mapping, columns)
        [size] = _rows(connection, "source_size", parameters)
        check.rows = size["row_estimate"]
        if {"source", "disposition"} <= check.reads.keys():
            read_words(check, connection, mapping, rights["leads_kind"])
        if rights["has_activities"]:
            read_revenue(check, connection, mapping)
    return check


def _no_such_table(connection: psycopg.Connection, mapping: LeadsMapping) -> str:
    name = mapping.table.rpartition(".")[2]
    found = [row["name"] for row in _rows(connection, "source_candidates", {"leads_name": name})]
    there = f" (there are {', '.join(found)})" if found else ""
    return f"no such table: name it as table under [leads]{there}"


def _rows(
    connection: psycopg.Connection, name: str, parameters: Mapping[str, object]
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL(text(f"crm/check/sql/{name}.sql")), parameters).fetchall()


def _check_rights(check: SourceCheck, rights: Mapping[str, Any]) -> None:
    role = rights["role_name"]
    if rights["server_version"] < LEAST_VERSION:
        check.missing("server", "Postgres 13 or later is needed")
    if not rights["sees_transactions"]:
        check.missing(
            f"role {role}",
            f"cannot see open transactions, so rows committed late would be lost:"
            f' grant pg_read_all_stats to "{role}"',
        )
    tables = {"agent_goals": rights["has_goals"], ACTIVITIES: rights["has_activities"]}
    for table in (name for name, is_there in tables.items() if not is_there):
        check.note(f"public.{table}", "not there yet: `agent-analytics migrate` makes it")
        if not rights["may_create"]:
            check.missing(
                f"role {role}", f'may not create {table}: grant create on schema public to "{role}"'
            )
    if rights["leads_kind"] is not None and not rights["owns_leads"]:
        check.note(
            check.table,
            f"does not belong to {role}: the owner has to run `agent-analytics migrate`,"
            " which adds columns, indexes and triggers",
        )


def _check_columns(
    check: SourceCheck, mapping: LeadsMapping, columns: Mapping[str, Mapping[str, Any]]
) -> None:
    for ours, theirs in mapping.columns.items():
        about = f"{check.table}.{theirs}"
        column = columns.get(theirs)
        if column is None:
            _note_absence(check, about, ours, is_named=ours != theirs)
            continue
        check.reads[ours] = f"{theirs} ({column['type']})"
        if not column["is_readable"]:
            check.missing(about, "the role may not read it: grant select on it")
        kind = column["type"]
        if ours in INSTANTS and kind not in {*PLAIN_INSTANTS, "timestamp with time zone"}:
            check.missing(about, f"is {kind}, where {ours} has to be an instant")
        elif ours in INSTANTS and kind in PLAIN_INSTANTS:
            check.note(about, f"is {kind}: read as {mapping.time_zone}")
        elif ours in NUMBERS and kind not in NUMERIC:
            check.missing(about, f"is {kind}, where {ours} has to be a number")
        if ours in INDEXED and not column["is_indexed"]:
            check.note(about, "no index begins with it: `agent-analytics migrate` builds one")


def _note_absence(check: SourceCheck, about: str, ours: str, *, is_named: bool) -> None:
    if is_named:
        check.missing(about, f"no such column, though [leads.columns] names it as {ours}")
    elif ours in REQUIRED:
        check.missing(about, f"no such column: name the one that holds {ours} in [leads.columns]")
    else:
        check.note(about, "not there yet: `agent-analytics migrate` adds it, empty")
