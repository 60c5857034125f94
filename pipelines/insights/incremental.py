"""Incremental computation of insights: recomputes agents whose numbers moved, in batches."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import psycopg
from psycopg import sql

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

AGENTS_PER_BATCH = 500
INSIGHT_KEY = ["agent_id", "insight_id"]
BASIS_KEY = ["agent_id", "date_range", "metric"]


@dataclass(frozen=True)
class RecomputeResult:
    """Number of agents recomputed, number by reason, and rows written.

    An agent may have several reasons.
    """

    agents: int
    reasons: Mapping[str, int]
    synced: SyncResult


def recompute_insights(
    warehouse: psycopg.Connection,
    marts: AttachedPostgres,
    ranking: pl.DataFrame,
    as_of: date,
    rules: Rules,
    *,
    reason: str | None,
) -> RecomputeResult:
    """Updates insights.agent_insights from the marts, for agents whose numbers moved.

    `ranking`: marts.agent_team_ranking. With a `reason` all agents count as moved. One transaction
    per batch of agents writes insights and the numbers that they were computed from, so that a
    killed run leaves none stale.
    """
    goals = marts.query(statement("pipelines/insights/sql/read_goal_progress.sql")).pl()
    numbers = insight_basis(
        marts.query(statement("pipelines/insights/sql/read_insight_numbers.sql")).pl(),
        rules.recompute,
    )
    # Only agents with a lead or a conversion get insights, so drop the goals of others.
    known = numbers.select("agent_id").unique()
    now = pl.concat([numbers, _goal_basis(goals).join(known, on="agent_id", how="semi")])
    basis = marts.query(statement("pipelines/insights/sql/read_insight_basis.sql")).pl()
    if reason is None:
        moves = significant_moves(now, basis, rules.recompute)
    else:
        agents = pl.concat([now, basis]).select("agent_id").unique()
        moves = agents.with_columns(reason=pl.lit(reason))
    synced = SyncResult(0, 0)
    for batch in _batches(moves["agent_id"].unique().sort().to_list()):
        insights = _insights(marts, ranking, goals, batch, as_of, rules)
        current = now.filter(pl.col("agent_id").is_in(batch))
        scope = sql.SQL("agent_id = any({})").format(sql.Literal(batch))
        with warehouse.transaction():
            synced += sync_from_frame(
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
    return RecomputeResult(moves["agent_id"].n_unique(), dict(sorted(reasons.items())), synced)


def _batches(agents: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(agents), AGENTS_PER_BATCH):
        yield agents[start : start + AGENTS_PER_BATCH]


def _goal_basis(goals: pl.DataFrame) -> pl.DataFrame:
    """Returns the goals as text per agent; any change of a status or target changes it."""
    text = pl.format("{} {} {}", "goal_id", "target", "status")
    return (
        goals.sort("goal_id")
        .group_by("agent_id", maintain_order=True)
        .agg(value=text.str.join("; "))
        .select(
            pl.col("agent_id"),
            pl.lit("").alias("date_range"),
            pl.lit("goals").alias("metric"),
            pl.col("value"),
        )
        .cast(BASIS)  # type: ignore[arg-type]
    )


def _insights(
    marts: AttachedPostgres,
    ranking: pl.DataFrame,
    goals: pl.DataFrame,
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
        goals.filter(pl.col("agent_id").is_in(agents)),
        rules=rules,
    )
