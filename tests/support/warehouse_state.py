"""Contents of a warehouse and its lake, to compare as a whole, empty and search."""

from pathlib import Path

import duckdb
import psycopg

from tests.support.pipeline import NOTES, WHEN_BUILT, Pipeline, contents
from warehouse.databases import Databases
from warehouse.migrate import migrate_warehouse

SCHEMAS = ("raw", "state", "staging", "intermediate", "marts", "insights", "serving")


def state(pipeline: Pipeline) -> dict[str, list[str]]:
    """All that raw, marts, insights and serving hold, but when it was written."""
    url = pipeline.databases.warehouse
    everything, lasting = contents(url), contents(url, without=WHEN_BUILT)
    return {
        name: everything[name] if name.startswith(("raw", "intermediate")) else lasting[name]
        for name in everything
        if name not in NOTES
    }


def empty(databases: Databases) -> None:
    """Makes the warehouse a fresh one, under the name that it has."""
    with psycopg.connect(databases.warehouse) as connection:
        for schema in SCHEMAS:
            connection.execute(f"drop schema if exists {schema} cascade".encode())
    migrate_warehouse(databases.warehouse, databases.api_warehouse)


def mentions(url: str, word: str) -> set[str]:
    """The tables with a row that holds `word`."""
    return {table for table, found in contents(url).items() if any(word in row[0] for row in found)}


def lake_mentions(lake: Path, word: str) -> bool:
    """Whether a file of the lake holds `word`."""
    found = duckdb.sql(
        f"select count(*) from read_parquet('{lake}/**/*.parquet', union_by_name = true) as lake"
        f" where lake::text like '%{word}%'"
    ).fetchone()
    return found != (0,)
