"""An agent's goals: targets as the operational database has them now, progress as it is served."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from psycopg.errors import UniqueViolation

from api.builds import Build
from api.errors import GoalClosedError, GoalsExistError
from api.goal_models import FIELDS, AskedGoals, Goals
from api.pool import AgentPool, Run
from api.query import Warehouse
from api.statements import Statement
from goals.goal import Goal, GoalFacts
from goals.period import GoalPeriod, goal_period
from goals.progress import update_goal_progress
from goals.rounding import rounded, served
from goals.stored import stored_goal
from goals.target import ClosedGoalError, with_target

GOALS = Statement("goals")
GOALS_OF_PERIOD = Statement("goals_of_period")
ADD_GOALS = Statement("add_goals")
SET_TARGETS = Statement("set_targets")
FACTS = Statement("goal_facts")
PATIENCE_SECONDS = 3.0
TARGET_DECIMALS = 2


class Facts(NamedTuple):
    """The agent's sums by first and last day of a period, of one build."""

    build: Build
    sums: Mapping[tuple[date, date], GoalFacts]


class AgentGoals:
    def __init__(
        self, operational: AgentPool, warehouse: Warehouse, stale_after: timedelta
    ) -> None:
        self._operational = operational
        self._warehouse = warehouse
        self._stale_after = stale_after

    async def all(self, agent: str) -> Goals:
        """The open goals and the newest closed ones, 100 at the most."""
        rows = await self._operational.read(agent, [GOALS], {}, PATIENCE_SECONDS)
        goals = _goals(rows[GOALS.name])
        facts = await self._facts(agent, {(goal.period_start, goal.period_end) for goal in goals})
        return self._answer(agent, goals, facts)

    async def set(self, agent: str, asked: AskedGoals, *, replaces: bool) -> Goals:
        """The agent's goals of the period of today, once all that is asked for is written.

        GoalsExistError where one is there already, unless it `replaces` that one's target.
        """
        # What the answer needs is read first: nothing can fail once the goals are written.
        today = (await self._warehouse.build(PATIENCE_SECONDS)).today(datetime.now(UTC))
        period = goal_period(asked.period, today)
        facts = await self._facts(agent, [(period.start, period.end)])
        try:
            goals = await self._write(agent, asked, period, today, replaces=replaces)
        except UniqueViolation:
            # Another request has made one of them meanwhile: now it is there to be seen.
            goals = await self._write(agent, asked, period, today, replaces=replaces)
        return self._answer(agent, goals, facts)

    async def _write(
        self, agent: str, asked: AskedGoals, period: GoalPeriod, today: date, *, replaces: bool
    ) -> list[Goal]:
        async def work(run: Run) -> list[Goal]:
            bounds = {
                "period": asked.period,
                "period_start": period.start,
                "period_end": period.end,
            }
            targets, rows = asked.targets(), await run(GOALS_OF_PERIOD, bounds)
            kept = {one.goal_type: one for one in _goals(rows) if one.period_end == period.end}
            existing = sorted(targets.keys() & {row["goal_type"] for row in rows})
            # A row that is no goal of ours is in the way as well.
            if in_the_way := [one for one in existing if not replaces or one not in kept]:
                raise GoalsExistError(asked.period, [FIELDS[one] for one in in_the_way])
            replaced = [_with_target(kept[one], targets[one], today) for one in existing]
            await run(SET_TARGETS, _columns(replaced))
            added = {one: target for one, target in targets.items() if one not in kept}
            new = await run(
                ADD_GOALS,
                {**bounds, "goal_types": list(added), "targets": list(added.values())},
            )
            now = kept | {goal.goal_type: goal for goal in [*replaced, *_goals(new)]}
            return [now[one] for one in sorted(now)]

        return await self._operational.write(agent, work, PATIENCE_SECONDS)

    async def _facts(self, agent: str, periods: Iterable[tuple[date, date]]) -> Facts:
        wanted = list(periods)
        spans = {
            "period_starts": [start for start, _ in wanted],
            "period_ends": [end for _, end in wanted],
        }
        read = await self._warehouse.read(agent, [FACTS], spans, PATIENCE_SECONDS)
        sums = {
            (row.pop("period_start"), row.pop("period_end")): GoalFacts(**row)
            for row in read.rows[FACTS.name]
        }
        return Facts(read.build, sums)

    def _answer(self, agent: str, goals: Iterable[Goal], facts: Facts) -> Goals:
        is_stale = facts.build.is_stale(self._stale_after)
        return Goals.model_validate(
            {
                "agent_id": agent,
                "goals": [_shown(goal, facts) for goal in goals],
                "meta": facts.build.meta(is_stale=is_stale),
            }
        )


def _goals(rows: Iterable[Mapping[str, Any]]) -> list[Goal]:
    return [goal for row in rows if (goal := stored_goal(row))]


def _with_target(goal: Goal, target: Decimal, today: date) -> Goal:
    try:
        return with_target(goal, target, today)
    except ClosedGoalError:
        raise GoalClosedError(FIELDS[goal.goal_type], goal.period_end) from None


def _columns(goals: list[Goal]) -> dict[str, list[Any]]:
    return {
        "goal_ids": [goal.goal_id for goal in goals],
        "targets": [goal.target for goal in goals],
        "achieved_ats": [goal.achieved_at for goal in goals],
    }


def _shown(goal: Goal, facts: Facts) -> dict[str, Any]:
    sums = facts.sums[goal.period_start, goal.period_end]
    progress = served(update_goal_progress(goal, sums, facts.build.as_of))
    return {
        **asdict(progress),
        "id": goal.goal_id,
        "period": goal.period,
        "goal_type": goal.goal_type,
        "target": rounded(Fraction(goal.target), TARGET_DECIMALS),
        "period_start": goal.period_start,
        "period_end": goal.period_end,
        "achieved_at": goal.achieved_at and goal.achieved_at.astimezone(UTC),
    }
