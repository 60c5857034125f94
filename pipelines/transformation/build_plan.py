"""Build plan: decides whether a build is full or incremental, and why.

Compares definitions, dates and changed agent-days with the state of the marts and with the
last published build.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import psycopg

from warehouse.state.build_state import invalidate_marts, needs_full_rebuild
from warehouse.statements import statement

# A full build is faster above this number and this share of changed agent-days: with two million
# leads in four years and one year of them changed, it took 32 s instead of 47.
MANY_CHANGED = 50_000
MOST_CHANGED = 0.2


class BuildError(RuntimeError):
    """A build that must not be used; the message gives the reason in one line."""


class Scope(StrEnum):
    """Scope of a build, from least to most work."""

    NOTHING = "nothing"
    INCREMENTAL = "incremental"
    PERIODS = "periods"
    FULL = "full"


@dataclass(frozen=True)
class BuildPlan:
    """Scope of a build, its as-of date, the last complete day, and the reason.

    `definition_hash` of the models and `checks_hash` of the tests: see `definition_hash.py`.
    `checks_all`: unchanged agents have to pass the gate, too.
    """

    scope: Scope
    reason: str
    as_of: date
    through: date
    definition_hash: str
    checks_hash: str
    checks_all: bool


def as_of_date(fixed: date | None, time_zone: str, now: datetime | None = None) -> date:
    """Returns the date that periods end at: `fixed`, else that of `now` in the business zone."""
    return fixed or (now or datetime.now(UTC)).astimezone(ZoneInfo(time_zone)).date()


def through_date(as_of: date, time_zone: str, now: datetime) -> date:
    """Returns the last complete day: the as-of date if it is over, else the day before."""
    is_over = as_of < now.astimezone(ZoneInfo(time_zone)).date()
    return as_of if is_over else as_of - timedelta(days=1)


def plan_build(
    connection: psycopg.Connection,
    as_of: date,
    through: date,
    definition_hash: str,
    checks_hash: str,
    *,
    is_full: bool,
    even_unchanged: bool = False,
) -> BuildPlan:
    """Returns the plan; needs the build lock. The marts may be ahead of the published build."""
    published = connection.execute(
        "select as_of, through, definition_hash from serving.builds order by build_id desc limit 1"
    ).fetchone()
    marts = connection.execute(statement("pipelines/transformation/sql/built_marts.sql")).fetchone()
    changed = connection.execute(
        statement("pipelines/transformation/sql/changed_agents.sql")
    ).fetchone()
    agents, changed_days, agent_days = changed or (0, 0, 0)

    # Unchanged agents have passed the same checks with the same rows.
    has_passed = marts is not None and marts[4] and marts[3] == checks_hash

    def plan(scope: Scope, reason: str) -> BuildPlan:
        checks_all = scope in (Scope.PERIODS, Scope.FULL) or not has_passed
        return BuildPlan(scope, reason, as_of, through, definition_hash, checks_hash, checks_all)

    if is_full:
        return plan(Scope.FULL, "full refresh requested")
    if published is None or marts is None:
        return plan(Scope.FULL, "the marts hold no finished build")
    if {published[2], marts[2]} != {definition_hash}:
        return plan(Scope.FULL, "definitions changed")
    if changed_days > max(MANY_CHANGED, MOST_CHANGED * agent_days):
        return plan(Scope.FULL, f"{changed_days} of {agent_days:.0f} agent-days changed")
    if {published[0], marts[0]} != {as_of}:
        return plan(Scope.PERIODS, f"the as-of date moved to {as_of}")
    if {published[1], marts[1]} != {through}:
        return plan(Scope.PERIODS, f"{through} is over")
    if agents or even_unchanged:
        return plan(Scope.INCREMENTAL, f"{agents} agents changed")
    if not has_passed:
        return plan(Scope.INCREMENTAL, "not all checks have passed yet")
    return plan(Scope.NOTHING, "nothing changed")


def begin_build(connection: psycopg.Connection, plan: BuildPlan) -> None:
    """Records that the marts will change: publishing waits until all checks have passed."""
    # If autoanalyze last saw the table empty, the planner expects no rows and chooses nested loops.
    connection.execute("analyze state.changed_agent_days")
    if plan.scope == Scope.INCREMENTAL:
        connection.execute("update state.build_state set is_checked = false")
    else:
        invalidate_marts(connection)


def finish_build(connection: psycopg.Connection, plan: BuildPlan) -> None:
    """Records the state of the marts after every blocking check has passed.

    Raises BuildError if someone ran dbt by hand meanwhile, which takes no lock.
    """
    if plan.scope == Scope.INCREMENTAL and needs_full_rebuild(connection):
        raise BuildError("the marts were built by hand during this build: run it again")
    connection.execute(
        statement("pipelines/transformation/sql/finish_build.sql"),
        {
            "as_of": plan.as_of,
            "through": plan.through,
            "definition_hash": plan.definition_hash,
            "checks_hash": plan.checks_hash,
            "is_wholly_changed": plan.scope != Scope.INCREMENTAL,
        },
    )


def served_build_id(connection: psycopg.Connection) -> int:
    """Returns the id of the served build; call it only if a build has been published."""
    row = connection.execute("select max(build_id) from serving.builds").fetchone()
    assert row is not None
    return int(row[0])
