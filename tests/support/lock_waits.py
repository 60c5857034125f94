"""Statements that wait for a lock in the database of a connection."""

import psycopg

WAITING = """
select query from pg_stat_activity
where
    datname = current_database() and wait_event_type = 'Lock'
    and position(%s in query) > 0
"""


def statements_that_wait(connection: psycopg.Connection, part: str = "") -> list[str]:
    """Returns those with `part` in their text."""
    return [query for (query,) in connection.execute(WAITING, [part])]
