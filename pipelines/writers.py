"""Whether anybody but the pipeline has written to the tables that a build reads and makes.

Told from Postgres's own counts. They may be behind for an instant, and forget in a crash: then
somebody else is suspected where there is nobody, never the reverse.
"""

import psycopg
from psycopg import sql

from pipelines.statements import statement

WRITTEN_HERE = (
    "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
    " where relid = to_regclass(%s)"
)


def rows_written_here(connection: psycopg.Connection, table: str) -> int:
    """Rows that this session has written to a table, of late and in its open transaction."""
    row = connection.execute(WRITTEN_HERE, [table]).fetchone()
    assert row is not None
    return int(row[0])


def account_for_writes(connection: psycopg.Connection) -> None:
    """Takes whatever was written to the tables so far for the pipeline's own."""
    connection.execute(
        sql.SQL(
            "update insights.marts_state set unaccounted_writes = found.by_table"
            " from ({}) as found where unaccounted_writes is distinct from found.by_table"
        ).format(statement("unaccounted_writes"))
    )


def has_other_writers(connection: psycopg.Connection) -> bool:
    """Whether a row was written since the last publish that no load accounts for."""
    row = connection.execute(
        sql.SQL(
            "select unaccounted_writes is distinct from found.by_table"
            " from insights.marts_state cross join ({}) as found"
        ).format(statement("unaccounted_writes"))
    ).fetchone()
    return row != (False,)
