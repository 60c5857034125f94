"""Smoke test of the benchmarks: both sides of each comparison return the same rows, at size S."""

import psycopg
from psycopg import sql

from benchmarks.harness.deployment import Deployment
from benchmarks.pipeline.extract_load import EVERYTHING, copy_bare, extract_whole, load_first
from benchmarks.pipeline.plain_sql import SCHEMA, compiled_models
from benchmarks.pipeline.refreshes import change_some_agents
from crm.sources.change_queries import SOURCE_TABLES, changed_rows
from crm.sources.mapping import LeadsMapping
from pipelines.postgres.duckdb_postgres import attached
from pipelines.postgres.table_sync import table_columns
from pipelines.publishing.publish import SERVING_TABLES


def check(deployment: Deployment) -> None:
    """SystemExit with what differs: lake from source, raw from COPY, served from compiled."""
    extracts = extract_whole(deployment, deployment.home / "lake")
    for table in SOURCE_TABLES:
        _same_as_source(deployment, table, [str(file) for file in extracts[table].files])
    load_first(deployment, extracts)
    copy_bare(deployment, extracts)
    deployment.empty_warehouse()
    first = deployment.refresh()
    _served_as_compiled(deployment)
    nothing = deployment.refresh()
    if nothing.is_new or nothing.build_id != first.build_id:
        raise SystemExit("a refresh with nothing changed has published a build")
    change_some_agents(deployment, 0)
    changed = deployment.refresh()
    if not changed.is_new:
        raise SystemExit("a refresh after a change has published nothing")
    _served_as_compiled(deployment)


def _same_as_source(deployment: Deployment, table: str, files: list[str]) -> None:
    query = changed_rows(table, LeadsMapping(), EVERYTHING, "UTC")
    with attached(deployment.databases.operational, "operational") as source:
        held = f"from read_parquet({files}, hive_partitioning = false)"
        for one, other in (
            (f"from {source.scan(query)}", held),
            (held, f"from {source.scan(query)}"),
        ):
            row = source.connection.execute(
                f"select count(*) from ({one} except all {other})"
            ).fetchone()
            if row != (0,):
                raise SystemExit(f"{table}: lake and source differ: {row}")


def _served_as_compiled(deployment: Deployment) -> None:
    """Every served mart, row by row, against the compiled models in psql."""
    deployment.psql(compiled_models(deployment))
    with psycopg.connect(deployment.databases.warehouse) as warehouse:
        for table in SERVING_TABLES:
            if table.source_schema != "marts":
                continue
            parts = {
                "columns": sql.SQL(", ").join(
                    map(sql.Identifier, table_columns(warehouse, "serving", table.name))
                ),
                "served": sql.Identifier("serving", table.name),
                "compiled": sql.SQL("{} where {}").format(
                    sql.Identifier(SCHEMA, table.name), sql.SQL(table.condition)
                ),
            }
            row = warehouse.execute(
                sql.SQL(
                    "select (select count(*) from {served}), (select count(*) from ("
                    "(table {served} except all select {columns} from {compiled}) union all"
                    " (select {columns} from {compiled} except all table {served})) as differing)"
                ).format(**parts)
            ).fetchone()
            if row is None or not row[0] or row[1]:
                raise SystemExit(f"serving.{table.name} differs from the compiled models: {row}")
