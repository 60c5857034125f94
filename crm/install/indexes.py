"""Index builds in a CRM that is in use: concurrent, and repeatable after an interrupted build."""

from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from warehouse.migration_runner import LOCK_SECONDS, Names, retry_on_lock, set_lock_timeout

INDEX_LOCK_SECONDS = 60  # a concurrent build blocks no other session while it waits

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


def build_index(connection: psycopg.Connection, file: Path, names: Names) -> None:
    """Build the index that the file is named after, unless a valid one of that name exists.

    Postgres cannot build an index of a partitioned table concurrently. Each partition gets its own
    concurrent build; the index of the partitioned table then only attaches them.
    """
    text = file.read_text(encoding="utf-8")
    set_lock_timeout(connection, INDEX_LOCK_SECONDS)
    partitions = connection.execute(FIND_PARTITIONS.format(**names)).fetchall()
    if not partitions or "{leads}" not in text:
        retry_on_lock(file, partial(_build_missing, connection, file.stem, text, names))
        return
    query = FIND_INDEX.format(index=sql.Literal(file.stem), **names)
    existing = connection.execute(query).fetchone()
    if existing and existing[2]:
        return  # Postgres has created the index of every partition added since, under another name.
    for number, schema, table in partitions:
        partition = sql.Identifier(schema, table)
        partition_names = {
            **names,
            "leads": partition,
            "leads_name": sql.Literal(partition.as_string()),
        }
        index = f"{file.stem}_{number}"
        partition_text = text.replace(file.stem, index)
        retry_on_lock(
            file, partial(_build_missing, connection, index, partition_text, partition_names)
        )
    attaching_text = text.replace(" concurrently", "")
    # Not concurrent: writers of the table queue behind its lock request, so it must not wait long.
    set_lock_timeout(connection, LOCK_SECONDS)
    retry_on_lock(file, partial(_build_missing, connection, file.stem, attaching_text, names))


def _build_missing(connection: psycopg.Connection, index: str, text: str, names: Names) -> None:
    """Build the index unless it is valid; an invalid one of an interrupted build is dropped."""
    query = FIND_INDEX.format(index=sql.Literal(index), **names)
    existing = connection.execute(query).fetchone()
    if existing and existing[2]:
        return
    if existing:
        drop = "drop index concurrently {}" if " concurrently" in text else "drop index {}"
        connection.execute(sql.SQL(drop).format(sql.Identifier(*existing[:2])))
    connection.execute(sql.SQL(text).format(**names))
