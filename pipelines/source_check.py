"""Whether a CRM's database fits, from its catalog and a bounded sample; reads only."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import psycopg
import yaml
from psycopg import sql
from psycopg.rows import dict_row

from pipelines.dbt_runs import PROJECT
from pipelines.extract import ACTIVITIES
from pipelines.reach import reached
from pipelines.statements import DIRECTORY, statement
from warehouse.mapping import LeadsMapping

Level = Literal["missing", "note"]

REQUIRED = ("id", "created_at", "source", "disposition")
INSTANTS = {"created_at", "contacted_at", "interested_at", "updated_at"}
PLAIN_INSTANTS = {"timestamp without time zone", "date"}
NUMBERS = {"response_time_hours", "satisfaction_rating"}
NUMERIC = {"smallint", "integer", "bigint", "numeric", "real", "double precision"}
READ_OF_ACTIVITIES = (
    "id, agent_id, lead_id, activity_type, timestamp, recorded_at, metadata.revenue,"
    " metadata.origin, metadata.lead_id"
)
LEAST_VERSION = 130000
SAMPLE_ROWS = 5000
WORDS_SHOWN = 20
STATEMENT_TIMEOUT = "5s"
SAMPLED_KINDS = "rpm"  # tables, partitioned ones, materialized views


@dataclass(frozen=True)
class Finding:
    level: Level
    about: str
    text: str


@dataclass(frozen=True)
class Word:
    """A spelling in the CRM, how many sampled leads have it, and what it is read as."""

    word: str | None
    leads: int
    read_as: str


@dataclass
class SourceCheck:
    """`rows` is the server's own estimate, None where it has none; words come from a sample."""

    table: str
    findings: list[Finding] = field(default_factory=list)
    rows: int | None = None
    reads: dict[str, str] = field(default_factory=dict)
    sampled: int = 0
    dispositions: list[Word] = field(default_factory=list)
    sources: list[Word] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return all(finding.level != "missing" for finding in self.findings)

    def missing(self, about: str, text: str) -> None:
        self.findings.append(Finding("missing", about, text))

    def note(self, about: str, text: str) -> None:
        self.findings.append(Finding("note", about, text))


def check_source(url: str, mapping: LeadsMapping) -> SourceCheck:
    """Raises Refusal where the database cannot be reached."""
    check = SourceCheck(mapping.identifier.as_string())
    with reached(url, "operational") as connection:
        connection.read_only = True
        connection.execute("select set_config('statement_timeout', %s, false)", [STATEMENT_TIMEOUT])
        parameters = {"leads_text": check.table}
        [rights] = _rows(connection, "source_rights", parameters)
        _check_rights(check, rights)
        if rights["leads_kind"] is None:
            check.missing(check.table, "no such table: name it as table under [leads]")
            return check
        columns = {row["name"]: row for row in _rows(connection, "source_columns", parameters)}
        _check_columns(check, mapping, columns)
        [size] = _rows(connection, "source_size", parameters)
        check.rows = size["row_estimate"]
        if {"source", "disposition"} <= check.reads.keys():
            _read_words(check, connection, mapping, rights["leads_kind"])
    return check


def _rows(
    connection: psycopg.Connection, name: str, parameters: Mapping[str, object]
) -> list[dict[str, Any]]:
    text = (DIRECTORY / f"{name}.sql").read_text()
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL(text), parameters).fetchall()


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
            check.note(about, f"is {kind}: read as UTC")
        elif ours in NUMBERS and kind not in NUMERIC:
            check.missing(about, f"is {kind}, where {ours} has to be a number")
        if ours == "updated_at" and not column["is_indexed"]:
            check.note(about, "no index begins with it: `agent-analytics migrate` builds one")


def _note_absence(check: SourceCheck, about: str, ours: str, *, is_named: bool) -> None:
    if is_named:
        check.missing(about, f"no such column, though [leads.columns] names it as {ours}")
    elif ours in REQUIRED:
        check.missing(about, f"no such column: name the one that holds {ours} in [leads.columns]")
    else:
        check.note(about, "not there yet: `agent-analytics migrate` adds it, empty")


def _read_words(
    check: SourceCheck, connection: psycopg.Connection, mapping: LeadsMapping, kind: str
) -> None:
    leads: sql.Composable = mapping.identifier
    if check.rows and check.rows > SAMPLE_ROWS and kind in SAMPLED_KINDS:
        percent = 100 * SAMPLE_ROWS / check.rows
        leads = sql.SQL("{} tablesample system ({})").format(leads, sql.Literal(percent))
    query = statement(
        "source_sample",
        leads_sampled=leads,
        source=mapping.column("source"),
        disposition=mapping.column("disposition"),
        most=sql.Literal(SAMPLE_ROWS),
    )
    try:
        rows = connection.execute(query).fetchall()
    except (psycopg.errors.QueryCanceled, psycopg.errors.InsufficientPrivilege) as error:
        check.note(check.table, f"no sample was read: {error.diag.message_primary}")
        return
    check.sampled = len(rows)
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())
    converted = set(project["vars"]["converted_dispositions"])
    check.sources = _words((source for source, _ in rows), _source)
    check.dispositions = _words(
        (word for _, word in rows),
        lambda word: "converted" if word.strip().lower() in converted else "not converted",
    )
    if rows and not any(word.read_as == "converted" for word in check.dispositions):
        check.note(
            f"{check.table}.{mapping.columns['disposition']}",
            "no sampled lead is converted: see converted_dispositions in dbt_project.yml",
        )


def _words(found: Iterable[str | None], read_as: Callable[[str], str]) -> list[Word]:
    return [
        Word(word, leads, read_as(word or ""))
        for word, leads in Counter(found).most_common(WORDS_SHOWN)
    ]


def _source(word: str) -> str:
    trimmed = word.strip()
    return "Unknown" if trimmed.lower() in ("", "unknown") else trimmed
