"""Build state: whether the marts need a full rebuild from raw."""

import psycopg


def needs_full_rebuild(connection: psycopg.Connection) -> bool:
    """Whether the next build computes everything from raw; False before the first build."""
    row = connection.execute("select needs_full_rebuild from state.build_state").fetchone()
    return row == (True,)


def invalidate_marts(connection: psycopg.Connection) -> None:
    """Makes the next build compute everything from raw. Nothing is published until then."""
    connection.execute("update state.build_state set needs_full_rebuild = true, is_checked = false")
