"""Compatibility check of a CRM's database (`agent-analytics check-source`).

Reads the catalog and a bounded sample in a read-only session and reports missing tables, columns
and rights, types that do not fit, and how words are read.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from crm.check.report_model import SourceCheck
from crm.check.sample import read_revenue, read_words
from crm.check.trigger_rule import OUTDATED, is_trigger_outdated
from crm.sources.change_queries import ACTIVITIES
from crm.sources.mapping import LeadsMapping
from warehouse.connect import connect_or_fail
from warehouse.statements import sql_text

REQUIRED_COLUMNS = ("id", "created_at", "source", "disposition")
INSTANT_COLUMNS = {"created_at", "contacted_at", "interested_at", "updated_at"}
ZONELESS_TYPES = {"timestamp without time zone", "date"}
NUMBER_COLUMNS = {"response_time_hours", "satisfaction_rating"}
INDEXED_COLUMNS = {"updated_at", "assigned_agent_id", "disposition"}
NUMERIC_TYPES = {"smallint", "integer", "bigint", "numeric", "real", "double precision"}
ACTIVITY_FIELDS = (
    "id, agent_id, lead_id, activity_type, timestamp, recorded_at, metadata.revenue,"
    " metadata.origin, metadata.automated, metadata.lead_id"
)
MIN_SERVER_VERSION = 130000
STATEMENT_TIMEOUT = "5s"


def check_source(url: str, mapping: LeadsMapping) -> SourceCheck:
    """Check the database at `url`; raises UserError if it cannot be reached."""
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
        if is_trigger_outdated(connection, mapping):
            check.note("trigger", OUTDATED)
        if rights["has_activities"]:
            read_revenue(check, connection, mapping)
    return check


def _no_such_table(connection: psycopg.Connection, mapping: LeadsMapping) -> str:
    name = mapping.table.rpartition(".")[2]
    rows = _rows(connection, "source_candidates", {"leads_name": name})
    candidates = ", ".join(row["name"] for row in rows)
    hint = f" (similar tables: {candidates})" if candidates else ""
    return f"no such table: set table under [leads]{hint}"


def _rows(
    connection: psycopg.Connection, name: str, parameters: Mapping[str, object]
) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL(sql_text(f"crm/check/sql/{name}.sql")), parameters).fetchall()


def _check_rights(check: SourceCheck, rights: Mapping[str, Any]) -> None:
    role = rights["role_name"]
    if rights["server_version"] < MIN_SERVER_VERSION:
        check.missing("server", "Postgres 13 or later is required")
    if not rights["sees_transactions"]:
        check.missing(
            f"role {role}",
            f"cannot see other sessions' transactions, so rows committed late would be missed:"
            f' grant pg_read_all_stats to "{role}"',
        )
    tables = {"agent_goals": rights["has_goals"], ACTIVITIES: rights["has_activities"]}
    for table in (name for name, exists in tables.items() if not exists):
        check.note(f"public.{table}", "does not exist yet: created by `agent-analytics migrate`")
        if not rights["may_create"]:
            check.missing(
                f"role {role}", f'cannot create {table}: grant create on schema public to "{role}"'
            )
    if rights["leads_kind"] is not None and not rights["owns_leads"]:
        check.note(
            check.table,
            f"not owned by {role}: its owner must run `agent-analytics migrate`,"
            " which adds columns, indexes and triggers",
        )


def _check_columns(
    check: SourceCheck, mapping: LeadsMapping, columns: Mapping[str, Mapping[str, Any]]
) -> None:
    for ours, theirs in mapping.columns.items():
        about = f"{check.table}.{theirs}"
        column = columns.get(theirs)
        if column is None:
            _report_missing_column(check, about, ours, is_named=ours != theirs)
            continue
        check.reads[ours] = f"{theirs} ({column['type']})"
        if not column["is_readable"]:
            check.missing(about, "permission denied: grant select on it")
        kind = column["type"]
        if ours in INSTANT_COLUMNS and kind not in {*ZONELESS_TYPES, "timestamp with time zone"}:
            check.missing(about, f"is {kind}, expected a timestamp for {ours}")
        elif ours in INSTANT_COLUMNS and kind in ZONELESS_TYPES:
            check.note(about, f"is {kind}: read as time in {mapping.time_zone}")
        elif ours in NUMBER_COLUMNS and kind not in NUMERIC_TYPES:
            check.missing(about, f"is {kind}, expected a number for {ours}")
        if ours in INDEXED_COLUMNS and not column["is_indexed"]:
            check.note(about, "no index starts with it: `agent-analytics migrate` builds one")


def _report_missing_column(check: SourceCheck, about: str, ours: str, *, is_named: bool) -> None:
    if is_named:
        check.missing(about, f"no such column, but [leads.columns] maps {ours} to it")
    elif ours in REQUIRED_COLUMNS:
        check.missing(about, f"no such column: map {ours} under [leads.columns]")
    else:
        check.note(about, "does not exist yet: `agent-analytics migrate` adds it, empty")
