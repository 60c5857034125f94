"""Rows of the activity log as a CRM writes them, for the tests of the live routes."""

from typing import Any

import psycopg
from psycopg.types.json import Jsonb


def log(url: str, *titles: str, agent: str = "agent-1", kind: str = "call") -> None:
    """An activity per title, each in a transaction of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for title in titles:
            write(connection, title, agent=agent, kind=kind)


def write(
    connection: psycopg.Connection[Any], title: str, *, agent: str = "agent-1", kind: str = "call"
) -> None:
    connection.execute("select log_agent_activity(%s, 'L1', %s, %s)", [agent, kind, title])


def insert(url: str, *rows: dict[str, Any]) -> None:
    """Rows of the given columns, of agent-1 and of type call where they do not say otherwise."""
    with psycopg.connect(url) as connection:
        for row in rows:
            values = {"agent_id": "agent-1", "activity_type": "call", **row}
            if "metadata" in values:
                values["metadata"] = Jsonb(values["metadata"])
            names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, values))
            places = psycopg.sql.SQL(", ").join([psycopg.sql.Placeholder()] * len(values))
            statement = psycopg.sql.SQL("insert into agent_activity_log ({}) values ({})")
            connection.execute(statement.format(names, places), list(values.values()))


def logged(crm: psycopg.Connection[Any]) -> list[tuple[str | None, str, str, str, dict[str, str]]]:
    return crm.execute(
        "select agent_id, lead_id, activity_type, title, metadata"
        " from agent_activity_log order by id"
    ).fetchall()
