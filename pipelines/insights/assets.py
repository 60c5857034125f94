"""Assets of insights: reads marts as Arrow, runs polars formulas, writes the rows that differ."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import psycopg
from psycopg import sql

from pipelines.dagster_support.steps import refresh_step
from pipelines.insights.changed_ranks import recompute_rank_ranges
from pipelines.insights.formulas.trends import KEY, agent_trends
from pipelines.insights.incremental import recompute_insights
from pipelines.insights.rules_file import load_rules
from pipelines.postgres.duckdb_postgres import attached
from pipelines.postgres.table_sync import sync_from_frame
from pipelines.resources import WarehouseResource
from warehouse.state.build_state import MartsBuild
from warehouse.statements import statement

MARTS = {
    "agent_trends": ["agent_comparisons"],
    "agent_rank_ranges": ["agent_team_ranking", "agent_period_sums"],
    "agent_insights": [
        "agent_performance_metrics",
        "agent_kpis",
        "agent_lead_sources",
        "agent_leads",
        "agent_response_times",
        "agent_team_ranking",
    ],
}
# Agents of the loads that the marts include and no published build does.
CHANGED_AGENTS = sql.SQL(
    "agent_id = any(array(select distinct agent_id from state.changed_agent_days))"
)
GOAL_PROGRESS = dg.AssetKey(["insights", "goal_progress"])
DESCRIPTIONS = {
    "agent_trends": "One row per agent, period and comparison: both sides and the change of every "
    "key figure.",
    "agent_rank_ranges": "One row per ranked agent and period: the places that its numbers leave "
    "open. Recomputed for periods in which the numbers of any ranked agent changed.",
    "agent_insights": "One row per agent and insight, at most five per agent, the most important "
    "first. Recomputed for agents whose numbers moved past a threshold.",
}


class InsightsConfig(dg.Config):
    """Run config: `full` computes the insights of all agents."""

    full: bool = False


def insights_assets(
    partitions: dg.PartitionsDefinition,
) -> dg.AssetsDefinition:
    """Returns the assets of trends and insights; raises RulesError if rules.yml is not valid."""
    load_rules()

    @refresh_step(
        "compute_insights",
        [
            dg.AssetSpec(
                ["insights", table],
                deps=[
                    *(dg.AssetKey(["marts", mart]) for mart in MARTS[table]),
                    *([GOAL_PROGRESS] if table == "agent_insights" else []),
                ],
                group_name="insights",
                kinds={"polars"},
                description=DESCRIPTIONS[table],
            )
            for table in MARTS
        ],
        partitions,
    )
    def compute_insights(
        context: dg.AssetExecutionContext, config: InsightsConfig, databases: WarehouseResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        warehouse, build = databases.build_session(), databases.checked_marts()
        started = time.monotonic()
        with attached(databases.urls.warehouse, "warehouse") as marts:
            scope = sql.SQL("true") if build.is_wholly_changed else CHANGED_AGENTS
            comparisons = marts.query(
                statement("pipelines/insights/sql/read_agent_comparisons.sql", scope=scope)
            ).pl()
            target = sql.Identifier("insights", "agent_trends")
            synced = sync_from_frame(warehouse, agent_trends(comparisons), target, KEY, scope)
            yield dg.MaterializeResult(
                asset_key=["insights", "agent_trends"],
                metadata={
                    "agents_recomputed": comparisons["agent_id"].n_unique(),
                    "rows_written": synced.written,
                    "rows_deleted": synced.deleted,
                    "seconds": time.monotonic() - started,
                },
            )
            ranges = recompute_rank_ranges(
                warehouse, marts, full=config.full or build.is_wholly_changed
            )
            yield dg.MaterializeResult(
                asset_key=["insights", "agent_rank_ranges"],
                metadata={"rows_written": ranges.written, "rows_deleted": ranges.deleted},
            )
            ranking = marts.query(
                statement("pipelines/insights/sql/read_agent_team_ranking.sql")
            ).pl()
            reason = "all agents changed" if build.is_wholly_changed else None
            waits_for = _goals_failure(warehouse, build)
            if waits_for is not None:
                # Publish the numbers anyway; the next run computes the insights.
                context.log.warning("insights are not computed: %s", waits_for)
                if config.full or build.is_wholly_changed:
                    warehouse.execute("delete from insights.insight_basis")
                yield dg.MaterializeResult(
                    asset_key=["insights", "agent_insights"],
                    metadata={"agents_recomputed": 0, "waiting": waits_for},
                )
                return
            recomputed = recompute_insights(
                warehouse,
                marts,
                ranking,
                build.as_of,
                load_rules(),
                reason="full refresh requested" if config.full else reason,
            )
        yield dg.MaterializeResult(
            asset_key=["insights", "agent_insights"],
            metadata={
                "agents_recomputed": recomputed.agents,
                "agents_by_reason": dg.MetadataValue.json(recomputed.reasons),
                "rows_written": recomputed.synced.written,
                "rows_deleted": recomputed.synced.deleted,
                "seconds": time.monotonic() - started,
            },
        )

    return compute_insights


def _goals_failure(warehouse: psycopg.Connection, build: MartsBuild) -> str | None:
    """Returns why the goals are not measured over these marts; None if they are."""
    row = warehouse.execute(
        "select failure, marts_built_at from insights.goal_measurement"
    ).fetchone()
    if row is None:
        return "the goals have not been measured yet"
    failure, marts_built_at = row
    if failure is None and marts_built_at != build.built_at:
        return "the goals have not been measured over these marts"
    return str(failure) if failure else None
