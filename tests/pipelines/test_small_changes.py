"""A refresh writes the rows of the agents that changed, and no others."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import dagster as dg
import psycopg
import pytest
from psycopg import sql

from crm.simulation.history import simulate
from crm.sources.mapping import LeadsMapping
from pipelines.publishing.publish import SERVING_TABLES
from tests.support.crm.operational_tables import rows
from tests.support.pipeline import Pipeline, metadata
from warehouse.databases import Databases

AS_OF = date(2024, 4, 30)
# The newest lead of each of two agents that has shown no interest yet.
INTEREST_TWO = """
update leads set interested_at = created_at
where id in (
    select max(id) from leads
    where assigned_agent_id in ('agent-017', 'agent-042') and interested_at is null
    group by assigned_agent_id
)
returning assigned_agent_id
"""


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    """Over 2,000 leads of 100 simulated agents, refreshed once."""
    counts = simulate(
        databases.operational,
        agents=100,
        days=20,
        seed=7,
        until=AS_OF,
        mapping=LeadsMapping(),
        leads_per_agent_per_day=1.0,
    )
    assert counts.leads == 2000
    pipeline = Pipeline(databases, pipeline_home, tmp_path, AS_OF)
    pipeline.refreshed()
    return pipeline


def versions(url: str, tables: Iterable[str], without: list[str]) -> dict[str, dict[str, str]]:
    """Content and row version of each row, except those of some agents."""
    with psycopg.connect(url) as connection:
        return {
            table: dict(
                connection.execute(
                    sql.SQL(
                        "select held::text, format('%%s %%s', held.ctid, held.xmin)"
                        " from {} as held where agent_id <> all(%s)"
                    ).format(sql.Identifier(*table.split("."))),
                    [without],
                ).fetchall()
            )
            for table in tables
        }


def rows_of(url: str, table: str, agents: list[str]) -> int:
    query = sql.SQL("select count(*) from {} where agent_id = any({})").format(
        sql.Identifier(*table.split(".")), sql.Literal(agents)
    )
    [(count,)] = rows(url, query.as_string())
    return int(count)


def rows_written(result: dg.ExecuteInProcessResult) -> dict[str, int]:
    """By asset, from its metadata."""
    assets = [
        event.asset_key.to_user_string()
        for event in result.get_asset_materialization_events()
        if event.asset_key
    ]
    written_rows = {asset: metadata(result, asset).get("rows_written") for asset in assets}
    return {asset: count for asset, count in written_rows.items() if count is not None}


def test_one_lead_in_a_thousand_costs_the_rows_of_its_agents(pipeline: Pipeline) -> None:
    url = pipeline.databases.warehouse
    with psycopg.connect(pipeline.databases.operational) as connection:
        agents = sorted(row[0] for row in connection.execute(INTEREST_TWO))
    assert agents == ["agent-017", "agent-042"]
    served = {f"serving.{table.name}": table for table in SERVING_TABLES}
    before = versions(url, served, agents)

    result = pipeline.refreshed()

    assert metadata(result, "raw/leads")["rows_changed"] == 2
    kpis = metadata(result, "marts/agent_kpis")
    assert (kpis["scope"], kpis["reason"]) == ("incremental", "2 agents changed")
    written = rows_written(result)
    assert set(written) >= {"intermediate/int_leads", "marts/agent_kpis", "serving/agent_kpis"}
    # Two agents; all periods but the last whole ones.
    assert written["serving/agent_funnel"] == 2 * 7
    assert written.pop("serving/metrics") == 0  # definitions, of no agent
    relative = {name.split(".")[1] for name, table in served.items() if table.is_relative}
    bounds = {
        asset: rows_of(url, asset.replace("/", "."), agents)
        for asset in written
        if asset.split("/")[1] not in relative
    }
    assert {asset: written[asset] for asset in bounds if written[asset] > bounds[asset]} == {}

    after = versions(url, served, agents)
    for name, table in served.items():
        if table.is_relative:
            # Other agents may have moved in rank; rows of those who did not stay unwritten.
            unchanged = {
                row: version for row, version in after[name].items() if row in before[name]
            }
            assert unchanged == {row: before[name][row] for row in unchanged}, name
        else:
            assert after[name] == before[name], name
