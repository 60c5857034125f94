"""Installs our tables, triggers and indexes in the CRM's database, and upgrades them."""

from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from config.paths import ROOT
from crm.sources.mapping import LeadsMapping
from warehouse.migration_runner import (
    LOCK_SECONDS,
    Names,
    api_names,
    apply_file,
    only_migration,
    retry_on_lock,
    set_lock_timeout,
)

FOLDER = Path(__file__).parent / "sql"
INDEX_LOCK_SECONDS = 60  # a concurrent build blocks nobody while it waits

FIND_INDEX = sql.SQL(
    "select nspname, relname, indisvalid"
    " from pg_index join pg_class on pg_class.oid = indexrelid"
    " join pg_namespace on pg_namespace.oid = relnamespace"
    " where relname = {index} and indrelid in (to_regclass({leads_name}),"
    " 'public.agent_goals'::regclass, 'public.agent_activity_log'::regclass)"
)
FIND_PARTITIONS = sql.SQL(
    "select relid::oid::int8, nspname, relname"
    " from pg_partition_tree(to_regclass({leads_name}))"
    " join pg_class on pg_class.oid = relid join pg_namespace on pg_namespace.oid = relnamespace"
    " where isleaf and relkind = 'r' order by 1"
)


def migrate_operational(url: str, mapping: LeadsMapping, api_url: str) -> None:
    """Installs goals, activity log, lead columns, triggers and indexes beside the CRM's own.

    An empty `api_url` leaves out what the API's role may do. Raises MigrationError.
    """
    with only_migration(url) as connection:
        names = _lead_names(mapping) | api_names(connection, api_url)
        apply_file(connection, ROOT / "warehouse" / "roles" / "10_api_role.sql", names)
        for file in sorted(FOLDER.glob("*.sql")):
            apply_file(connection, file, names)
        for file in sorted((FOLDER / "indexes").glob("*.sql")):
            _build_index(connection, file, names)


def _build_index(connection: psycopg.Connection, file: Path, names: Names) -> None:
    """Builds the index that the file is named after, where there is no valid one of that name.

    A partitioned table has its partitions' indexes built one by one, none of which stops a writer:
    the index of the whole only brings them together.
    """
    text = file.read_text(encoding="utf-8")
    set_lock_timeout(connection, INDEX_LOCK_SECONDS)
    partitions = connection.execute(FIND_PARTITIONS.format(**names)).fetchall()
    if not partitions or "{leads}" not in text:
        retry_on_lock(file, partial(_build_missing, connection, file.stem, text, names))
        return
    found = connection.execute(FIND_INDEX.format(index=sql.Literal(file.stem), **names)).fetchone()
    if found and found[2]:
        return  # It has made itself an index, of another name, on each partition that came since.
    for number, schema, table in partitions:
        partition = sql.Identifier(schema, table)
        its_names = {
            **names,
            "leads": partition,
            "leads_name": sql.Literal(partition.as_string()),
        }
        index = f"{file.stem}_{number}"
        its_text = text.replace(file.stem, index)
        retry_on_lock(file, partial(_build_missing, connection, index, its_text, its_names))
    whole = text.replace(" concurrently", "")
    # Not concurrent: while it waits, every writer of the table would wait behind it.
    set_lock_timeout(connection, LOCK_SECONDS)
    retry_on_lock(file, partial(_build_missing, connection, file.stem, whole, names))


def _build_missing(connection: psycopg.Connection, index: str, text: str, names: Names) -> None:
    find_index = FIND_INDEX.format(index=sql.Literal(index), **names)
    found = connection.execute(find_index).fetchone()
    if found and found[2]:
        return
    if found:
        leftover = sql.Identifier(*found[:2])
        drop = "drop index concurrently {}" if " concurrently" in text else "drop index {}"
        connection.execute(sql.SQL(drop).format(leftover))
    connection.execute(sql.SQL(text).format(**names))


def _lead_names(mapping: LeadsMapping) -> dict[str, sql.Composable]:
    """Placeholders of leads: `{x}` is an identifier, `{x_name}` the same as a string."""
    names: dict[str, sql.Composable] = {
        "leads": mapping.identifier,
        "leads_name": sql.Literal(mapping.identifier.as_string()),
    }
    words = (sql.SQL("lower({})").format(sql.Literal(word)) for word in mapping.converted)
    names["converted_words"] = sql.SQL(", ").join(words)
    for ours, theirs in mapping.columns.items():
        names |= {ours: sql.Identifier(theirs), f"{ours}_name": sql.Literal(theirs)}
    return names
