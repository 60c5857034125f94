"""An agent sees only its own rows: by token, by statement, and by the database."""

import asyncio
from itertools import chain

import psycopg
import pytest

from api.db.libpq_pipeline import PendingQuery, run_pipelined
from api.db.pool import with_members_of
from api.db.statements import BUILD, Statement, filters_own_rows
from pipelines.publishing.metric_catalogue import Catalogue
from tests.support.servers.api_server import ROUTES, WITHOUT_PERIOD, Api, unfiltered
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api", "tests.support.fixtures.catalogue")

# Served tables of agents besides the marts of the catalogue.
OTHER_TABLES = {"agent_insights", "agent_rank_ranges", "agent_trends", "restatements"}
OF_THE_OTHER = {
    "agent-1": ["agent-2", "77.77", "Secret source", "8.8"],
    "agent-2": ["agent-1", "2033009", "Website", "1250.5"],
}


@pytest.mark.parametrize("agent", OF_THE_OTHER)
def test_an_agent_sees_only_its_own_rows(api: Api, agent: str) -> None:
    for route in ROUTES:
        for parameters in ({}, {"dateRange": "7"}):
            if route.endswith(WITHOUT_PERIOD):
                parameters = {}
            answer = api.get(route, agent=agent, params=parameters)
            assert answer.json()["agentId"] == agent
            rows = answer.text.partition('"meta"')[0]  # whose instants hold any digits
            assert not [text for text in OF_THE_OTHER[agent] if text in rows], route


def test_another_agents_id_is_refused_before_validation(api: Api) -> None:
    for route in ROUTES:
        for query in (
            "agentId=agent-2",
            "agentId=",
            "agentId=AGENT-1",
            "agentId=agent-1&agentId=agent-2",
            "agentId=agent-2&agentId=agent-1",
            "agentId=agent-2&dateRange=8&period=hourly&unknown=1",
        ):
            answer = api.get(f"{route}?{query}")
            assert answer.status_code == 403, (route, query)
            assert answer.json() == {"error": "Can only access own data"}


def test_ones_own_id_is_accepted(api: Api) -> None:
    for route in ROUTES:
        for query in ("agentId=agent-1", "agentId=agent-1&agentId=agent-1"):
            answer = api.get(f"{route}?{query}")
            assert answer.status_code == 200
            assert answer.json()["agentId"] == "agent-1"


def test_the_role_comes_before_another_agents_id(api: Api) -> None:
    answer = api.anonymous(f"{ROUTES[0]}?agentId=agent-2")
    assert answer.status_code == 401


@pytest.fixture(scope="module")
def agent_tables(filled_warehouse: str, catalogue: Catalogue) -> set[str]:
    """The serving tables that hold rows of agents."""
    with psycopg.connect(filled_warehouse) as connection:
        rows = connection.execute(
            """select table_name from information_schema.columns
               where table_schema = 'serving' and column_name = 'agent_id'"""
        ).fetchall()
    names = {name for (name,) in rows}
    marts = {mart.name for mart in catalogue.marts.values() if "agent_id" in mart.key}
    assert names == marts | OTHER_TABLES
    return names


def test_the_database_shows_the_api_role_one_agent_without_any_filter(
    module_databases: Databases, agent_tables: set[str]
) -> None:
    seen = {}
    with psycopg.connect(module_databases.api_warehouse) as connection:
        for table in agent_tables:
            connection.execute("select set_config('analytics.agent_id', 'agent-2', true)")
            rows = connection.execute(f"select agent_id from serving.{table}").fetchall()
            seen[table] = {agent for (agent,) in rows}
            connection.rollback()
            assert connection.execute(f"select count(*) from serving.{table}").fetchone() == (0,)
            connection.rollback()
    assert seen == {table: {"agent-2"} for table in agent_tables}


OF_WHOM = unfiltered("select array_agg(distinct agent_id) as agents from serving.agent_kpis")
FAILING = unfiltered("select 1 / (count(*) - count(*)) as none from serving.agent_kpis")


NOBODYS = unfiltered("""
    select nullif(current_setting('analytics.agent_id', true), '') as agent,
        count(*) as seen
    from serving.agent_kpis
""")


@pytest.mark.parametrize("plans", ["auto", "force_generic_plan", "force_custom_plan"])
def test_agents_who_share_a_connection_see_only_their_own_rows(
    module_databases: Databases, filled_warehouse: str, plans: str
) -> None:
    async def ask() -> None:
        async with await psycopg.AsyncConnection.connect(
            module_databases.api_warehouse, autocommit=True
        ) as connection:
            await connection.execute(f"set plan_cache_mode = {plans}")
            for turn in range(7):
                agents = [f"agent-{1 + (turn + place) % 2}" for place in range(4)]
                queries = {
                    statement: [
                        PendingQuery([(with_members_of(BUILD, statement), {"agent_id": agent})])
                        for agent in agents
                    ]
                    for statement in (OF_WHOM, FAILING)
                }
                between = [PendingQuery([(NOBODYS.sql(), {})]) for _ in agents]
                mixed = zip(queries[OF_WHOM], between, queries[FAILING], strict=True)
                last = PendingQuery([(NOBODYS.sql(), {})])
                await run_pipelined(connection, [*chain.from_iterable(mixed), last])
                for query, agent in zip(queries[OF_WHOM], agents, strict=True):
                    [[row]] = await query.rows
                    assert row["members"] == {"agents": [agent]}
                for query in [*between, last]:
                    assert await query.rows == [[{"agent": None, "seen": 0}]]
                for query in queries[FAILING]:
                    assert isinstance(query.error, psycopg.errors.DivisionByZero)

    asyncio.run(ask())


def test_the_api_role_can_write_nothing(
    module_databases: Databases, agent_tables: set[str]
) -> None:
    with psycopg.connect(module_databases.api_warehouse, autocommit=True) as connection:
        for table in [*agent_tables, "builds", "refreshes"]:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"delete from serving.{table}")


def test_a_statement_that_forgets_the_agent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"build\.sql does not filter agent_id"):
        Statement(BUILD.path).sql()


def test_each_table_of_agents_has_a_filter_of_its_own() -> None:
    kpis = "serving.agent_kpis as kpis on kpis.agent_id = %(agent_id)s"
    assert filters_own_rows(f"select 1 from {kpis}")
    assert not filters_own_rows(f"select 1 from {kpis} cross join serving.agent_leads")
