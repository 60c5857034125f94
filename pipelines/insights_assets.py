"""Reads marts as Arrow, runs the polars formulas, and writes what differs into insights."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl
import psycopg
from psycopg import sql

from pipelines.attachment import attached
from pipelines.insights.trends import agent_trends, month_trend
from pipelines.replacement import Replaced, replace_differing, table_columns
from pipelines.statements import statement
from pipelines.stations import Stations

KEYS = {
    "agent_trends": ["agent_id", "date_range", "metric"],
    "agent_month_trend": ["agent_id"],
}
MARTS = {
    "agent_trends": ["agent_kpis", "agent_team_ranking"],
    "agent_month_trend": ["agent_revenue_summary"],
}
DESCRIPTIONS = {
    "agent_trends": "One row per agent, window and metric: the window against the one before it.",
    "agent_month_trend": "One row per agent: the month so far against the month before.",
}


def insights_assets(
    partitions: dg.PartitionsDefinition,
) -> dg.AssetsDefinition:
    """What polars finds in the marts."""

    @dg.multi_asset(
        name="compute_insights",
        specs=[
            dg.AssetSpec(
                ["insights", table],
                deps=[dg.AssetKey(["marts", mart]) for mart in MARTS[table]],
                group_name="insights",
                kinds={"polars"},
                description=DESCRIPTIONS[table],
            )
            for table in KEYS
        ],
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        retry_policy=dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL),
    )
    def compute_insights(
        stations: Stations,
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        warehouse = stations.build_session()
        started = time.monotonic()
        for table, frame in _frames(stations.databases.warehouse).items():
            replaced = _replace(warehouse, table, frame)
            yield dg.MaterializeResult(
                asset_key=["insights", table],
                metadata={
                    "dagster/row_count": len(frame),
                    "rows_written": replaced.written,
                    "rows_deleted": replaced.deleted,
                    "seconds": time.monotonic() - started,
                },
            )

    return compute_insights


def _frames(warehouse_url: str) -> dict[str, pl.DataFrame]:
    with attached(warehouse_url, "warehouse") as warehouse:
        kpis, ranking, summary = (
            warehouse.query(statement(f"read_{mart}")).pl()
            for mart in ("agent_kpis", "agent_team_ranking", "agent_revenue_summary")
        )
    return {
        "agent_trends": agent_trends(kpis, ranking),
        "agent_month_trend": month_trend(summary),
    }


def _replace(warehouse: psycopg.Connection[Any], table: str, frame: pl.DataFrame) -> Replaced:
    target = sql.Identifier("insights", table)
    found = sql.Identifier("found")
    with warehouse.transaction():
        warehouse.execute(
            sql.SQL("create temporary table {} (like {}) on commit drop").format(found, target)
        )
        columns = sql.SQL(", ").join(map(sql.Identifier, frame.columns))
        copy = sql.SQL("copy {} ({}) from stdin (format csv)").format(found, columns)
        with warehouse.cursor().copy(copy) as rows:
            rows.write(frame.write_csv(include_header=False, quote_style="non_numeric"))
        return replace_differing(
            warehouse,
            found,
            target,
            table_columns(warehouse, "insights", table),
            KEYS[table],
            sql.SQL("true"),
        )
