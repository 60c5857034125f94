"""Rows and counts of the operational tables."""

from typing import Any

import psycopg


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        connection.execute("set timezone to 'UTC'")
        return connection.execute(query).fetchall()


def counts(url: str) -> tuple[int, int]:
    [found] = rows(
        url,
        "select (select count(*) from leads), (select count(*) from agent_activity_log)",
    )
    return found[0], found[1]
