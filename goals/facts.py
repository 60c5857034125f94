"""Query for the facts of goals: sums of the daily metrics of each goal's period.

The pipeline runs it over the marts for all open goals, the API over the served rows for one agent.
"""

from decimal import Decimal
from pathlib import Path

from goals.types import FACT_TYPES

# Postgres sums bigint to numeric, which psycopg returns as Decimal.
SQL_TYPES: dict[object, str] = {int: "bigint", Decimal: "numeric"}
FACTS_FILE = Path(__file__).with_name("facts.sql")


def facts_query(*, schema: str, agent: str, as_of: str) -> str:
    """The query over `schema`; `agent` and `as_of` are SQL of the caller, such as a parameter.

    Parameters: agent_ids, period_starts and period_ends, lists of equal length without repetitions.
    Columns: agent_id, period_start, period_end, then the fields of GoalFacts.
    """
    sums = ",\n    ".join(
        f"coalesce(sum(daily.{column}), 0)::{SQL_TYPES[kind]} as {column}"
        for column, kind in FACT_TYPES.items()
    )
    return FACTS_FILE.read_text(encoding="utf-8").format(
        schema=schema, agent=agent, as_of=as_of, sums=sums
    )
