"""The comparisons that dbt builds from raw as of any dates, also as of one that is not over."""

from datetime import date

import polars as pl
from psycopg import sql

from config.settings import Settings
from pipelines.postgres.duckdb_postgres import attached
from pipelines.transformation.dbt_resource import DbtResource

# Models that depend on the dates; those before them have to be built.
DATED = ("int_periods", "agent_period_sums", "agent_comparisons")


def built_comparisons(
    warehouse: str, as_of: date, through: date, *, only_dated: bool = False
) -> pl.DataFrame:
    """Rows of marts.agent_comparisons; builds all models before it too, unless `only_dated`."""
    select = DATED if only_dated else ("+agent_comparisons",)
    arguments = ["--select", *select, "--resource-type", "model", "--resource-type", "seed"]
    variables = {"as_of": as_of.isoformat(), "through": through.isoformat()}
    for _ in DbtResource().build(Settings(), warehouse, arguments, variables):
        pass
    with attached(warehouse, "warehouse") as marts:
        return marts.query(sql.SQL("select * from marts.agent_comparisons")).pl()
