"""Answers come from one build, also while builds are published and refreshes killed."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.support.clients.polling_dashboards import Answer, polling
from tests.support.oracle import small_expected
from tests.support.pipeline import Pipeline, metadata
from tests.support.servers.api_server import serving_process
from tests.support.servers.refresh_process import RefreshProcess, Run
from tests.support.waiting import wait_until

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
pytestmark = pytest.mark.timeout(3600)

WINDOWED = ("kpis", "funnel", "lead-sources", "ranking", "response-times")
WINDOWS = (7, 30)
PATHS = [
    *(f"{route}?dateRange={window}" for route in WINDOWED for window in WINDOWS),
    *(f"revenue-trends?period={period}" for period in ("daily", "weekly", "monthly")),
    "restatements",
]
QUESTIONS = [
    (agent, f"/agent/analytics/{path}") for agent in small_expected.AGENTS for path in PATHS
]
# Every round moves the leads, the rate and the revenue of three agents and the ranks of all.
ROUND = """
with agents as (select unnest(array['ana', 'ben', 'cem']) as agent_id),
leads as (
    insert into leads (id, created_at, source, disposition, assigned_agent_id)
    select
        format('R%%s %%s', %(round)s::int, agent_id), '2024-02-28T09:00Z', 'Fair',
        case when %(round)s::int %% 3 = 0 then 'won' else 'open' end, agent_id
    from agents
)
insert into agent_activity_log (agent_id, activity_type, timestamp, metadata)
select agent_id, 'conversion', '2024-02-27T09:00Z',
    jsonb_build_object('revenue', %(round)s::int + 0.25)
from agents
"""


def change(pipeline: Pipeline, number: int) -> None:
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute(ROUND, {"round": number})


def kill_where_it_writes(pipeline: Pipeline, table: str) -> None:
    """Kills a refresh that is about to write a table; readers can continue to read it."""
    name = sql.Identifier(*table.split("."))
    waiting = "select 1 from pg_locks where relation = %s::regclass and not granted"
    with (
        psycopg.connect(pipeline.databases.warehouse) as holding,
        psycopg.connect(pipeline.databases.warehouse, autocommit=True) as watching,
    ):
        holding.execute(sql.SQL("lock table {} in exclusive mode").format(name))
        process = RefreshProcess(pipeline, Run())
        try:
            wait_until(
                lambda: watching.execute(waiting, [table]).fetchone() or not process.is_running(),
                300,
            )
            assert process.is_running(), f"{process} has not waited for {table}"
        finally:
            process.kill()


def facts(answer: Answer) -> dict[tuple[str, str], Any]:
    """Returns the numbers of an answer that other routes return too, by window and name."""
    body, (route, _, query) = answer.body, answer.path.rpartition("/")[2].partition("?")
    window = query.rpartition("=")[2]
    match route:
        case "kpis":
            found = {
                "leads": body["kpis"]["leadsHandled"],
                "conversion rate": body["kpis"]["conversionRate"],
                "revenue": body["kpis"]["totalRevenue"],
                "response time": body["kpis"]["responseTimeHours"],
                "rank": (body["kpis"]["teamRanking"], body["kpis"]["totalAgents"]),
            }
        case "funnel":
            found = {
                "leads": body["funnel"]["assigned"],
                "conversion rate": body["conversionRates"]["conversionRate"],
            }
        case "lead-sources":
            found = {
                "leads": sum(source["count"] for source in body["sources"]),
                "revenue": sum(source["revenue"] for source in body["sources"]),
            }
        case "ranking":
            found = {"rank": (body["rank"], body["totalAgents"])}
        case "response-times":
            found = {"response time": body["mean"]}
        case "revenue-trends" if window == "daily":
            found, window = {"revenue": sum(day["revenue"] for day in body["data"])}, "30"
        case _:
            found = {}
    return {(window, name): value for name, value in found.items()}


def assert_each_build_agrees_with_itself(answers: Iterable[Answer]) -> None:
    texts: dict[tuple[str, str, int], Answer] = {}
    facts_of: dict[tuple[str, int], dict[tuple[str, str], Any]] = defaultdict(dict)
    for answer in answers:
        assert answer.status == 200, answer
        agent, build_id = answer.agent, answer.build_id
        assert texts.setdefault((agent, answer.path, build_id), answer) == answer
        for fact, value in facts(answer).items():
            assert facts_of[agent, build_id].setdefault(fact, value) == value, (fact, answer)
    assert {name for known in facts_of.values() for _, name in known} == {
        *("leads", "conversion rate", "revenue", "response time", "rank")
    }
    # The least that any of the agents has had from the first build on.
    leads = [known["30", "leads"] for known in facts_of.values() if ("30", "leads") in known]
    assert min(leads) == 1


@pytest.mark.parametrize(
    ("refreshes", "killed_at"),
    [
        (6, ["serving.agent_funnel"]),
        pytest.param(
            50,
            [
                "raw.leads",
                "marts.agent_kpis",
                "insights.agent_trends",
                "serving.agent_funnel",
                "serving.refreshes",
            ],
            marks=pytest.mark.slow,
        ),
    ],
)
def test_agents_never_see_an_error_an_empty_answer_or_two_builds_at_once(
    small_pipeline: Pipeline, tmp_path: Path, refreshes: int, killed_at: list[str]
) -> None:
    RefreshProcess.warm()
    builds = {1}
    between = refreshes // len(killed_at)
    kills = dict(zip(range(between // 2, refreshes, between), killed_at, strict=True))
    with (
        serving_process(tmp_path, small_pipeline.databases, API_RATE_LIMIT="100000") as url,
        polling(url, QUESTIONS, tmp_path / "received.json") as received,
    ):
        for number in range(refreshes):
            change(small_pipeline, number)
            if number in kills:
                kill_where_it_writes(small_pipeline, kills[number])
            published = metadata(small_pipeline.refreshed(), "serving/builds")
            assert published["is_new"]
            builds.add(published["build_id"])
    assert_each_build_agrees_with_itself(received.answers)
    assert {answer.build_id for answer in received.answers} == builds
