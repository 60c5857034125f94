"""Incremental computation of insights: of the agents whose numbers moved, in batches."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import psycopg
from psycopg import sql

from goals.progress import GoalProgress
from goals.rounding import served
from pipelines.insights.formulas.goal_pace import GOALS
from pipelines.insights.formulas.invalidation import BASIS, insight_basis, significant_moves
from pipelines.insights.formulas.personal_insights import (
    LEAD_DAYS,
    METRIC_DAYS,
    generate_personal_insights,
)
from pipelines.insights.rules import Rules
from pipelines.postgres.duckdb_postgres import AttachedPostgres
from pipelines.postgres.table_sync import SyncResult, sync_from_frame
from warehouse.statements import statement

AGENTS_AT_ONCE = 500
INSIGHT_KEY = ["agent_id", "insight_id"]
BASIS_KEY = ["agent_id", "date_range", "metric"]


@dataclass(frozen=True)
class RecomputeResult:
    """Number of agents computed again, how many for which reason, and what was written.

    An agent may have several reasons.
    """

    agents: int
    reasons: Mapping[str, int]
    replaced: SyncResult


def recompute_insights(
    warehouse: psycopg.Connection,
    marts: AttachedPostgres,
    ranking: pl.DataFrame,
    goals: list[GoalProgress],
    as_of: date,
    rules: Rules,
    *,
    reason: str | None,
) -> RecomputeResult:
    """Updates insights.agent_insights from the marts, for the agents that moved.

    `ranking`: marts.agent_team_ranking; `goals`: as they stand by the marts. With a `reason` all
    agents count as moved. Each batch of agents is one transaction with the numbers that its
    insights were computed from, so that a kill leaves none stale.
    """
    paced = [goal for goal in goals if goal.goal.period_start <= as_of <= goal.goal.period_end]
    numbers = insight_basis(
        marts.query(statement("pipelines/insights/sql/read_insight_numbers.sql")).pl(),
        rules.recompute,
    )
    # A goal of somebody without a lead or a conversion is nobody's insight.
    known = numbers.select("agent_id").unique()
    now = pl.concat([numbers, _goal_basis(paced).join(known, on="agent_id", how="semi")])
    basis = marts.query(statement("pipelines/insights/sql/read_insight_basis.sql")).pl()
    if reason is None:
        moves = significant_moves(now, basis, rules.recompute)
    else:
        agents = pl.concat([now, basis]).select("agent_id").unique()
        moves = agents.with_columns(reason=pl.lit(reason))
    replaced = SyncResult(0, 0)
    for batch in _batches(moves["agent_id"].unique().sort().to_list()):
        insights = _insights(marts, ranking, paced, batch, as_of, rules)
        current = now.filter(pl.col("agent_id").is_in(batch))
        scope = sql.SQL("agent_id = any({})").format(sql.Literal(batch))
        with warehouse.transaction():
            replaced += sync_from_frame(
                warehouse,
                insights,
                sql.Identifier("insights", "agent_insights"),
                INSIGHT_KEY,
                scope,
            )
            sync_from_frame(
                warehouse,
                current,
                sql.Identifier("insights", "insight_basis"),
                BASIS_KEY,
                scope,
            )
    reasons = Counter(moves["reason"].to_list())
    return RecomputeResult(moves["agent_id"].n_unique(), dict(sorted(reasons.items())), replaced)


def _batches(agents: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(agents), AGENTS_AT_ONCE):
        yield agents[start : start + AGENTS_AT_ONCE]


def _goal_basis(goals: list[GoalProgress]) -> pl.DataFrame:
    """Any change of a goal's status or target counts."""
    told: dict[str, list[str]] = {}
    for progress in sorted(goals, key=lambda progress: progress.goal.goal_id):
        goal = progress.goal
        told.setdefault(goal.agent_id, []).append(f"{goal.goal_id} {goal.target} {progress.status}")
    rows = [(agent, 0, "goals", "; ".join(words)) for agent, words in told.items()]
    return pl.DataFrame(rows, BASIS, orient="row")


def _goal_rows(goals: list[GoalProgress], agents: list[str], as_of: date) -> pl.DataFrame:
    wanted = set(agents)
    rows = []
    for progress in goals:
        goal, shown = progress.goal, served(progress)
        if goal.agent_id in wanted:
            rows.append(
                {
                    "agent_id": goal.agent_id,
                    "goal_type": goal.goal_type,
                    "period": goal.period,
                    "status": shown.status,
                    "target": goal.target,
                    "current": shown.current,
                    "needed_per_day": shown.needed_per_day,
                    "elapsed_days": goal.elapsed_days(as_of),
                }
            )
    return pl.DataFrame(rows, GOALS)


def _insights(
    marts: AttachedPostgres,
    ranking: pl.DataFrame,
    goals: list[GoalProgress],
    agents: list[str],
    as_of: date,
    rules: Rules,
) -> pl.DataFrame:
    def read(mart: str, days: int | None = None) -> pl.DataFrame:
        parts: dict[str, sql.Composable] = {"agents": sql.Literal(agents)}
        if days is not None:
            parts["first_date"] = sql.Literal(as_of - timedelta(days=days - 1))
        return marts.query(statement(f"pipelines/insights/sql/read_{mart}.sql", **parts)).pl()

    return generate_personal_insights(
        read("agent_performance_metrics", METRIC_DAYS),
        read("agent_leads", LEAD_DAYS),
        read("agent_lead_sources"),
        ranking.filter(pl.col("agent_id").is_in(agents)),
        as_of,
        _goal_rows(goals, agents, as_of),
        rules=rules,
    )
