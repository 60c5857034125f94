"""What a build has to recompute, decided from what the marts hold and what was published last."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import psycopg

# From so many agent-days on, and this share of all, a build of everything is the faster one: of two
# million leads in four years, with one year touched, the tables took 32 s instead of 47.
MANY_TOUCHED = 50_000
MOST_TOUCHED = 0.2


class BuildError(RuntimeError):
    """What was built cannot be trusted; the message says why in one line."""


class Mode(StrEnum):
    """From least to most work."""

    NOTHING = "nothing"
    TOUCHED = "touched"
    WINDOWS = "windows"
    WHOLE = "whole"


@dataclass(frozen=True)
class BuildPlan:
    """How much is recomputed, as of which date, and why.

    `fingerprint` of the definitions and `checks` of the tests: see `definition_hash`.
    `checks_all`: agents that were not touched, too, have to pass the gate.
    """

    mode: Mode
    reason: str
    as_of: date
    fingerprint: str
    checks: str
    checks_all: bool


def as_of_date(fixed: date | None, time_zone: str) -> date:
    """The date that windows end at: `fixed`, else today in the business time zone."""
    return fixed or datetime.now(ZoneInfo(time_zone)).date()


def plan_build(
    connection: psycopg.Connection,
    as_of: date,
    fingerprint: str,
    checks: str,
    *,
    is_whole: bool,
    even_unchanged: bool = False,
) -> BuildPlan:
    """The plan for marts that may hold more than was published; needs the build lock."""
    published = connection.execute(
        "select as_of, fingerprint from serving.builds order by build_id desc limit 1"
    ).fetchone()
    held = connection.execute(
        "select as_of, fingerprint, checks, is_checked from insights.marts_state"
    ).fetchone()
    touched = connection.execute(
        "select count(distinct agent_id), count(distinct (agent_id, date)),"
        " greatest(reltuples, 0)"
        " from raw.touched_agent_days, pg_class"
        " where pg_class.oid = to_regclass('marts.agent_performance_metrics') group by reltuples"
    ).fetchone()
    agents, touched_days, agent_days = touched or (0, 0, 0)

    # Who was not touched has passed the same checks before, and nothing of them has changed.
    has_passed = held is not None and held[3] and held[2] == checks

    def plan(mode: Mode, reason: str) -> BuildPlan:
        checks_all = mode in (Mode.WINDOWS, Mode.WHOLE) or not has_passed
        return BuildPlan(mode, reason, as_of, fingerprint, checks, checks_all)

    if is_whole:
        return plan(Mode.WHOLE, "asked for")
    if published is None or held is None:
        return plan(Mode.WHOLE, "the marts hold no finished build")
    if {published[1], held[1]} != {fingerprint}:
        return plan(Mode.WHOLE, "definitions changed")
    if touched_days > max(MANY_TOUCHED, MOST_TOUCHED * agent_days):
        return plan(Mode.WHOLE, f"{touched_days} of {agent_days:.0f} agent-days touched")
    if {published[0], held[0]} != {as_of}:
        return plan(Mode.WINDOWS, f"the as-of date moved to {as_of}")
    if agents or even_unchanged:
        return plan(Mode.TOUCHED, f"{agents} agents touched")
    if not has_passed:
        return plan(Mode.TOUCHED, "not all checks have passed yet")
    return plan(Mode.NOTHING, "nothing changed")


def begin_build(connection: psycopg.Connection, plan: BuildPlan) -> None:
    """Notes that the marts are about to change: until they are checked nothing can be published.

    Takes the statistics of `raw.touched_agent_days`, by which small builds are planned.
    """
    # Autovacuum may have seen it empty last. Planned for no row, joins with it are nested loops.
    connection.execute("analyze raw.touched_agent_days")
    if plan.mode == Mode.TOUCHED:
        connection.execute("update insights.marts_state set is_checked = false")
    else:
        connection.execute("delete from insights.marts_state")


def finish_build(connection: psycopg.Connection, plan: BuildPlan) -> None:
    """Notes what the marts hold now that every blocking check has passed.

    Raises BuildError where someone else has built marts meanwhile, which needs no lock.
    """
    if plan.mode == Mode.TOUCHED:
        held = connection.execute("select from insights.marts_state").fetchone()
        if held is None:
            raise BuildError("the marts were built by hand during this build: run it again")
    connection.execute(
        "insert into insights.marts_state"
        " (as_of, fingerprint, checks, load_ids, is_wholly_changed, is_checked)"
        " select %(as_of)s, %(fingerprint)s, %(checks)s,"
        " array(select distinct load_id from raw.touched_agent_days order by load_id),"
        " %(is_whole)s, true"
        " on conflict (singleton) do update set"
        " checks = excluded.checks, load_ids = excluded.load_ids, is_checked = true,"
        " is_wholly_changed = marts_state.is_wholly_changed or excluded.is_wholly_changed",
        {
            "as_of": plan.as_of,
            "fingerprint": plan.fingerprint,
            "checks": plan.checks,
            "is_whole": plan.mode != Mode.TOUCHED,
        },
    )


def served_build_id(connection: psycopg.Connection) -> int:
    """The build that is served, of which there is one where nothing is left to do."""
    row = connection.execute("select max(build_id) from serving.builds").fetchone()
    assert row is not None
    return int(row[0])


def is_distrusted(connection: psycopg.Connection) -> bool:
    """Whether there is a published build and no marts that the next one could go on from."""
    row = connection.execute(
        "select exists (select from serving.builds)"
        " and not exists (select from insights.marts_state)"
    ).fetchone()
    return row == (True,)


def distrust_marts(connection: psycopg.Connection) -> None:
    """After a check has failed: the next build computes everything from raw again."""
    connection.execute("delete from insights.marts_state")
