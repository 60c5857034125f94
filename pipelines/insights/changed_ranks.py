"""Rank ranges of the periods whose ranked agents or sums have changed since they were computed."""

import hashlib

import polars as pl
import psycopg
from psycopg import sql

from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LeadsMapping
from pipelines.postgres.duckdb_postgres import AttachedPostgres
from pipelines.postgres.table_sync import SyncResult, sync_from_frame
from warehouse.statements import statement

KEY = ["agent_id", "date_range"]
# Sum and number of the response times by clock of the ranking.
RESPONSES = {
    "elapsed": ("response_hours_total", "response_count"),
    "business": ("business_hours_total", "business_response_count"),
}


def recompute_rank_ranges(
    warehouse: psycopg.Connection, marts: AttachedPostgres, *, full: bool
) -> SyncResult:
    """Updates insights.agent_rank_ranges; with `full` for every period."""
    variables = dbt_vars(LeadsMapping())
    columns = RESPONSES[variables["ranking_response_clock"]]
    hours, responses = (sql.Identifier(column) for column in columns)
    ranked = marts.query(
        statement("pipelines/insights/sql/read_rank_inputs.sql", hours=hours, responses=responses)
    ).pl()
    now = {
        str(name): _digest(rows)
        for (name,), rows in ranked.partition_by("date_range", as_dict=True).items()
    }
    known: dict[str, str] = dict(
        warehouse.execute("select date_range, digest from insights.rank_range_basis").fetchall()
    )
    periods = sorted(name for name in known | now if full or known.get(name) != now.get(name))
    if not periods and not full:
        return SyncResult(0, 0)
    # numpy takes a quarter of a second to load, which other commands and refreshes need not.
    from pipelines.insights.formulas.rank_ranges import rank_ranges

    half_life = float(variables["response_half_life_hours"])
    ranges = rank_ranges(ranked.filter(pl.col("date_range").is_in(periods)), half_life)
    scope = (
        sql.SQL("true") if full else sql.SQL("date_range = any({})").format(sql.Literal(periods))
    )
    with warehouse.transaction():
        synced = sync_from_frame(
            warehouse, ranges, sql.Identifier("insights", "agent_rank_ranges"), KEY, scope
        )
        warehouse.execute("delete from insights.rank_range_basis")
        for name, digest in sorted(now.items()):
            warehouse.execute(
                "insert into insights.rank_range_basis (date_range, digest) values (%s, %s)",
                [name, digest],
            )
    return synced


def _digest(rows: pl.DataFrame) -> str:
    return hashlib.blake2b(rows.write_csv().encode(), digest_size=16).hexdigest()
