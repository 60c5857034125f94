"""Goals service: targets live from the operational database, progress from the served build."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, get_args

from psycopg.errors import UniqueViolation

from api.db.build_meta import BuildMeta
from api.db.pool import AgentPool, Run
from api.db.repository import ServingRepository
from api.db.statements import Statement
from api.goals.schemas import FIELDS, Goal, GoalsRequest, PeriodStarts
from api.http.errors import (
    GoalClosedError,
    GoalNotFoundError,
    GoalsExistError,
    InvalidParameterError,
)
from goals.achievement import with_achievement
from goals.facts import (
    ACHIEVED_FILE,
    COMPLETE,
    FACTS_FILE,
    Target,
    achieved_parameters,
    achieved_query,
    facts_query,
    target_of,
)
from goals.goal import Goal as StoredGoal
from goals.goal import Period
from goals.pace import calendar_days
from goals.period import GoalPeriod, settable_periods
from goals.progress import update_goal_progress
from goals.rounding import rounded, served
from goals.row_mapping import GOAL_COLUMNS, stored_goal
from goals.target import ClosedGoalError, with_target
from goals.types import FACT_TYPES, GoalFacts, PeriodFacts
from warehouse.served_build import Build

QUERIES = Path(__file__).parent / "queries"
GOALS = Statement.of_template(QUERIES / "goals.sql", goal_columns=GOAL_COLUMNS)
GOALS_OF_PERIOD = Statement.of_template(QUERIES / "goals_of_period.sql", goal_columns=GOAL_COLUMNS)
ADD_GOALS = Statement.of_template(QUERIES / "add_goals.sql", goal_columns=GOAL_COLUMNS)
SET_TARGETS = Statement(QUERIES / "set_targets.sql")
DELETE_GOAL = Statement(QUERIES / "delete_goal.sql")
SERVED: dict[str, str] = {
    "schema": "serving",
    "agent": "%(agent_id)s",
    "build": (
        "select as_of, coalesce(through, as_of) as through"
        " from serving.builds order by build_id desc limit 1"
    ),
}
FACTS = Statement(FACTS_FILE, rendered=facts_query(**SERVED))
ACHIEVED = Statement(ACHIEVED_FILE, rendered=achieved_query(**SERVED))
TIMEOUT_SECONDS = 3.0
TARGET_DECIMALS = 2


class AgentGoals(NamedTuple):
    """Goals with their progress, and the serialised `meta` of the build it is measured in."""

    agent: str
    goals: list[Goal]
    period_starts: PeriodStarts
    meta: bytes


class Facts(NamedTuple):
    """Sums by first and last day of a period, and instants at which targets were reached.

    `targets` are those that were read: for any other the stored achievement holds. All of one
    agent and one build.
    """

    build: Build
    sums: Mapping[tuple[date, date], PeriodFacts]
    achieved: Mapping[Target, datetime]
    targets: frozenset[Target]


class GoalService:
    def __init__(
        self, operational: AgentPool, repository: ServingRepository, meta: BuildMeta
    ) -> None:
        self._operational = operational
        self._repository = repository
        self._meta = meta

    async def all(self, agent: str) -> AgentGoals:
        """The open goals and the newest closed ones, 100 at the most."""
        rows = await self._operational.read(agent, [GOALS], {}, TIMEOUT_SECONDS)
        goals = _stored_goals(rows[GOALS.name])
        facts = await self._facts(agent, {target_of(goal) for goal in goals})
        return self._with_progress(agent, goals, facts)

    async def set(self, agent: str, request: GoalsRequest, *, replaces: bool) -> AgentGoals:
        """The agent's goals of the requested period, once all targets are written.

        GoalsExistError where a goal exists, unless the request `replaces` its target.
        """
        # All that the answer needs is read first: nothing can fail once the goals are written.
        build = await self._repository.build(TIMEOUT_SECONDS)
        today = build.today(datetime.now(UTC))
        period = _period(request, today, build.fiscal_year_starts_in or 1)
        stored = await self._operational.read(agent, [GOALS], {}, TIMEOUT_SECONDS)
        known = {target_of(goal) for goal in _stored_goals(stored[GOALS.name])}
        requested = {
            Target(agent, period.start, period.end, goal_type, target)
            for goal_type, target in request.targets().items()
        }
        facts = await self._facts(agent, requested | known)
        try:
            goals = await self._write(agent, request, period, today, replaces=replaces)
        except UniqueViolation:
            # A concurrent request inserted one of them; this time the read finds it.
            goals = await self._write(agent, request, period, today, replaces=replaces)
        return self._with_progress(agent, goals, facts)

    async def delete(self, agent: str, goal_id: int) -> None:
        """Deletes an open goal of the agent; GoalNotFoundError where there is none of this id."""
        today = (await self._repository.build(TIMEOUT_SECONDS)).today(datetime.now(UTC))

        async def work(run: Run) -> bool:
            return bool(await run(DELETE_GOAL, {"goal_id": goal_id, "today": today}))

        if not await self._operational.write(agent, work, TIMEOUT_SECONDS):
            raise GoalNotFoundError

    async def _write(
        self, agent: str, request: GoalsRequest, period: GoalPeriod, today: date, *, replaces: bool
    ) -> list[StoredGoal]:
        async def work(run: Run) -> list[StoredGoal]:
            bounds = {
                "period": request.period,
                "period_start": period.start,
                "period_end": period.end,
                "repeats": request.repeats,
            }
            targets, rows = request.targets(), await run(GOALS_OF_PERIOD, bounds)
            stored = {
                goal.goal_type: goal
                for goal in _stored_goals(rows)
                if goal.period_end == period.end
            }
            existing = sorted(targets.keys() & {row["goal_type"] for row in rows})
            # A row that is not a goal of this period's length conflicts too: its key is taken.
            if conflicts := [one for one in existing if not replaces or one not in stored]:
                raise GoalsExistError(request.period, [FIELDS[one] for one in conflicts])
            replaced = [
                _with_target(stored[one], targets[one], request.repeats, today) for one in existing
            ]
            await run(SET_TARGETS, {**_columns(replaced), "repeats": request.repeats})
            added = {one: target for one, target in targets.items() if one not in stored}
            new = await run(
                ADD_GOALS,
                {**bounds, "goal_types": list(added), "targets": list(added.values())},
            )
            now = stored | {goal.goal_type: goal for goal in [*replaced, *_stored_goals(new)]}
            return [now[one] for one in sorted(now)]

        return await self._operational.write(agent, work, TIMEOUT_SECONDS)

    async def _facts(self, agent: str, targets: AbstractSet[Target]) -> Facts:
        spans = list({(one.period_start, one.period_end) for one in targets})
        bounds = {
            "agent_ids": [agent] * len(spans),
            "period_starts": [start for start, _ in spans],
            "period_ends": [end for _, end in spans],
        }
        bound = {**bounds, **achieved_parameters(targets)}
        read = await self._repository.read(agent, [FACTS, ACHIEVED], bound, TIMEOUT_SECONDS)
        sums = {
            (row["period_start"], row["period_end"]): PeriodFacts(
                _sums(row, ""), _sums(row, COMPLETE)
            )
            for row in read.rows[FACTS.name]
        }
        achieved = {
            Target(*(row[field] for field in Target._fields)): row["achieved_at"]
            for row in read.rows[ACHIEVED.name]
        }
        return Facts(read.build, sums, achieved, frozenset(targets))

    def _with_progress(self, agent: str, goals: Iterable[StoredGoal], facts: Facts) -> AgentGoals:
        return AgentGoals(
            agent,
            [_with_progress(goal, facts) for goal in goals],
            _period_starts(facts.build),
            self._meta.of(facts.build),
        )


def _stored_goals(rows: Iterable[Mapping[str, Any]]) -> list[StoredGoal]:
    return [goal for row in rows if (goal := stored_goal(row))]


def _period_starts(build: Build) -> PeriodStarts:
    today, year_starts_in = build.today(datetime.now(UTC)), build.fiscal_year_starts_in or 1
    return PeriodStarts.model_validate(
        {
            period: [one.start for one in settable_periods(period, today, year_starts_in)]
            for period in get_args(Period)
        }
    )


def _period(request: GoalsRequest, today: date, year_starts_in: int) -> GoalPeriod:
    periods = settable_periods(request.period, today, year_starts_in)
    if request.period_start is None:
        return periods[0]
    for period in periods:
        if period.start == request.period_start:
            return period
    starts = ", ".join(period.start.isoformat() for period in periods)
    raise InvalidParameterError(
        "body", "periodStart", f"must be the first day of a period that can be set: {starts}"
    )


def _with_target(
    goal: StoredGoal, target: Decimal, repeats: bool | None, today: date
) -> StoredGoal:
    try:
        changed = with_target(goal, target, today)
        return changed if repeats is None else replace(changed, repeats=repeats)
    except ClosedGoalError:
        raise GoalClosedError(FIELDS[goal.goal_type], goal.period_end) from None


def _columns(goals: list[StoredGoal]) -> dict[str, list[Any]]:
    return {
        "goal_ids": [goal.goal_id for goal in goals],
        "targets": [goal.target for goal in goals],
        "achieved_ats": [goal.achieved_at for goal in goals],
    }


def _sums(row: Mapping[str, Any], prefix: str) -> GoalFacts:
    return GoalFacts(**{name: row[prefix + name] for name in FACT_TYPES})


def _with_progress(goal: StoredGoal, facts: Facts) -> Goal:
    target, as_of = target_of(goal), facts.build.as_of
    if target in facts.targets:
        goal = with_achievement(goal, facts.achieved.get(target))
    days = calendar_days(goal, as_of, facts.build.through or as_of)
    sums = facts.sums[goal.period_start, goal.period_end]
    progress = served(update_goal_progress(goal, sums, as_of, days))
    return Goal.model_validate(
        {
            **asdict(progress),
            "id": goal.goal_id,
            "period": goal.period,
            "goal_type": goal.goal_type,
            "target": rounded(Fraction(goal.target), TARGET_DECIMALS),
            "period_start": goal.period_start,
            "period_end": goal.period_end,
            "achieved_at": goal.achieved_at and goal.achieved_at.astimezone(UTC),
            "repeats": goal.repeats,
        }
    )
