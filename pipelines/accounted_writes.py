"""An account of what the pipeline has written to the tables that builds read and make.

Whatever goes beyond it was written by somebody else. Postgres counts the rows, with a delay of up
to some seconds after a session that stays open, from anew after a crash, and rolled-back ones too:
so a build may be checked whole for nothing. A write of the same minute may be found by the next
only, and one that falls between a build's plan and its publish by the next that checks all agents.
"""

import psycopg
from psycopg import sql

from warehouse.statements import statement


def rows_written_here(connection: psycopg.Connection, table: str) -> int:
    """Rows of a table that this session has written and not reported yet, committed or not."""
    row = connection.execute(
        "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
        " where relid = to_regclass(%s)",
        [table],
    ).fetchone()
    assert row is not None
    return int(row[0])


def account_for_load(connection: psycopg.Connection, table: str, written_before: int) -> None:
    """Notes the open transaction as a load's, and what it has written since `written_before`."""
    connection.execute(
        "insert into raw.loads (transaction) select pg_current_xact_id()::xid"
        " where not exists (select from raw.loads where transaction = pg_current_xact_id()::xid)"
    )
    connection.execute(
        "update raw.source_marks set rows_written = rows_written + %s where table_name = %s",
        [rows_written_here(connection, f"raw.{table}") - written_before, table],
    )


def adopt_rows(connection: psycopg.Connection, table: str) -> None:
    """Takes the rows of `raw.<table>`, which were found to be the source's, for loaded ones."""
    connection.execute(
        sql.SQL(
            "insert into raw.loads (transaction) select distinct xmin from {}"
            " where xmin not in (select transaction from raw.loads)"
        ).format(sql.Identifier("raw", table))
    )


def account_for_writes(connection: psycopg.Connection) -> None:
    """Takes whatever was written to the tables so far for the pipeline's own."""
    connection.execute(
        sql.SQL(
            "update insights.marts_state set unaccounted_writes = found.by_table"
            " from ({}) as found where unaccounted_writes is distinct from found.by_table"
        ).format(statement("pipelines/dagster_support/sql/unaccounted_writes.sql"))
    )


def has_other_writers(connection: psycopg.Connection) -> bool:
    """Whether a table was written or replaced since the last publish, by no load."""
    row = connection.execute(
        sql.SQL(
            "select unaccounted_writes is distinct from found.by_table"
            " from insights.marts_state cross join ({}) as found"
        ).format(statement("pipelines/dagster_support/sql/unaccounted_writes.sql"))
    ).fetchone()
    return row != (False,)
