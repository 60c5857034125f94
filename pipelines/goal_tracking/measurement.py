"""Where every open goal stands, by the daily rows of the marts or of the served build."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from goals.goal import Goal
from goals.progress import GoalProgress, update_goal_progress
from goals.stored import stored_goal
from goals.types import GoalFacts
from warehouse.statements import statement

Span = tuple[str, date, date]

CONNECT_SECONDS = 10
LOCK_TIMEOUT = "1s"
STATEMENT_TIMEOUT = "10s"


class MeasuredGoal(NamedTuple):
    """Progress beside what the row said: `version` is another one whenever anybody writes it."""

    progress: GoalProgress
    current_value: Decimal | None
    version: str


def goal_progress(
    operational: psycopg.Connection[Any],
    warehouse: psycopg.Connection[Any],
    schema: Literal["marts", "serving"],
    as_of: date,
) -> list[MeasuredGoal]:
    """The goals that are not closed, measured over [period_start, min(as_of, period_end)].

    `schema`: whose daily rows are summed, those of `marts` before a publish, of `serving` after it.
    """
    with short_transaction(operational):
        rows = (
            operational.cursor(row_factory=dict_row)
            .execute(statement("pipelines/goal_tracking/sql/open_goals.sql"))
            .fetchall()
        )
    found = [(goal, row) for row in rows if (goal := stored_goal(row))]
    facts = _facts(warehouse, schema, {_span(goal, as_of) for goal, _ in found})
    return [
        MeasuredGoal(
            update_goal_progress(goal, facts[_span(goal, as_of)], as_of),
            row["current_value"],
            row["version"],
        )
        for goal, row in found
    ]


@contextmanager
def short_transaction(operational: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction that neither waits for a lock of the CRM nor makes it wait for long."""
    with operational.transaction():
        operational.execute(
            "select set_config('lock_timeout', %s, true),"
            " set_config('statement_timeout', %s, true)",
            [LOCK_TIMEOUT, STATEMENT_TIMEOUT],
        )
        yield


def _span(goal: Goal, as_of: date) -> Span:
    return goal.agent_id, goal.period_start, min(as_of, goal.period_end)


def _facts(
    warehouse: psycopg.Connection[Any], schema: str, spans: Iterable[Span]
) -> dict[Span, GoalFacts]:
    wanted = list(spans)
    rows = warehouse.execute(
        statement("pipelines/goal_tracking/sql/goal_facts.sql", schema=sql.Identifier(schema)),
        {
            "agent_ids": [agent for agent, _, _ in wanted],
            "first_dates": [first for _, first, _ in wanted],
            "last_dates": [last for _, _, last in wanted],
        },
    )
    return {(agent, first, last): GoalFacts(*sums) for agent, first, last, *sums in rows}
