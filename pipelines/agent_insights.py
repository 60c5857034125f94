"""Computes the insights of agents whose numbers moved, and notes what they came from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import psycopg
from psycopg import sql

from pipelines.attachment import Attachment
from pipelines.insights.personal_insights import (
    LEAD_DAYS,
    METRIC_DAYS,
    generate_personal_insights,
)
from pipelines.insights.recomputation import insight_basis, significant_moves
from pipelines.replacement import Replaced, replace_by_frame
from pipelines.statements import statement

AGENTS_AT_ONCE = 500
INSIGHT_KEY = ["agent_id", "insight_id"]
BASIS_KEY = ["agent_id", "date_range", "metric"]


@dataclass(frozen=True)
class Recomputed:
    """How many agents' insights were computed again, for which reasons, and what was written.

    An agent may have several reasons.
    """

    agents: int
    reasons: Mapping[str, int]
    replaced: Replaced


def recompute_insights(
    warehouse: psycopg.Connection, marts: Attachment, ranking: pl.DataFrame, *, reason: str | None
) -> Recomputed:
    """Brings insights.agent_insights to what the marts say, for the agents that moved.

    `ranking`: marts.agent_team_ranking. With a `reason` all agents count as moved. Each batch of
    agents is one transaction with the note of its numbers, so that a kill leaves none stale.
    """
    as_of = _as_of(warehouse)
    now = insight_basis(marts.query(statement("read_insight_numbers")).pl())
    basis = marts.query(statement("read_insight_basis")).pl()
    if reason is None:
        moves = significant_moves(now, basis)
    else:
        agents = pl.concat([now, basis]).select("agent_id").unique()
        moves = agents.with_columns(reason=pl.lit(reason))
    replaced = Replaced(0, 0)
    for batch in _batches(moves["agent_id"].unique().sort().to_list()):
        found = _insights(marts, ranking, batch, as_of)
        held = now.filter(pl.col("agent_id").is_in(batch))
        scope = sql.SQL("agent_id = any({})").format(sql.Literal(batch))
        with warehouse.transaction():
            replaced += replace_by_frame(
                warehouse, found, sql.Identifier("insights", "agent_insights"), INSIGHT_KEY, scope
            )
            replace_by_frame(
                warehouse, held, sql.Identifier("insights", "insight_basis"), BASIS_KEY, scope
            )
    reasons = Counter(moves["reason"].to_list())
    return Recomputed(moves["agent_id"].n_unique(), dict(sorted(reasons.items())), replaced)


def _as_of(warehouse: psycopg.Connection) -> date:
    row = warehouse.execute("select as_of from insights.marts_state").fetchone()
    assert row is not None
    as_of: date = row[0]
    return as_of


def _batches(agents: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(agents), AGENTS_AT_ONCE):
        yield agents[start : start + AGENTS_AT_ONCE]


def _insights(
    marts: Attachment, ranking: pl.DataFrame, agents: list[str], as_of: date
) -> pl.DataFrame:
    def read(mart: str, days: int | None = None) -> pl.DataFrame:
        parts: dict[str, sql.Composable] = {"agents": sql.Literal(agents)}
        if days is not None:
            parts["first_date"] = sql.Literal(as_of - timedelta(days=days - 1))
        return marts.query(statement(f"read_{mart}", **parts)).pl()

    return generate_personal_insights(
        read("agent_performance_metrics", METRIC_DAYS),
        read("agent_leads", LEAD_DAYS),
        read("agent_lead_sources"),
        ranking.filter(pl.col("agent_id").is_in(agents)),
        as_of,
    )
