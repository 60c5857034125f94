"""An agent whose rank stays reads the same bytes, whatever other agents do."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import httpx
import psycopg
import pytest

from api.analytics.endpoints import ENDPOINTS
from api.analytics.parameters import OfPeriod, RecordsOfPeriod, RevenueBuckets
from config.periods import periods
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import Api, serving, settings
from tests.support.simulated_pipeline import simulated_pipeline
from warehouse.databases import Databases

AS_OF = date(2024, 6, 14)
AGENTS = [f"agent-{number:03d}" for number in range(1, 9)]
OF_THE_BUILD = ("buildId", "builtAt")

# As history, so that the CRM writes no timestamp and no log entry.
OTHERS_CHANGED = """
select set_config('analytics.bulk_load', 'on', true);
create temporary table other_names (agent_id text, new_id text) on commit drop;
insert into other_names select * from unnest(%(before)s::text[], %(after)s::text[]);
update leads set
    assigned_agent_id = new_id,
    source = case
        when exists (
            select from agent_activity_log where lead_id = leads.id and agent_id = %(caller)s
        ) then source  -- that of a conversion of the caller's own
        else source || ' of another'
    end,
    created_at = created_at - interval '1 second' * %(seconds)s,
    updated_at = updated_at
from other_names where agent_id = assigned_agent_id;
update agent_activity_log as log set
    agent_id = new_id,
    title = 'private',
    metadata = case when activity_type = 'conversion'
        then metadata || jsonb_build_object('revenue', (%(seconds)s * id) %% 9000) else metadata end
from other_names where other_names.agent_id = log.agent_id;
"""


@pytest.fixture(scope="module")
def pipeline(
    module_databases: Databases, pipeline_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Pipeline:
    lake = tmp_path_factory.mktemp("lake")
    return simulated_pipeline(
        module_databases, pipeline_home, lake, AS_OF, agents=len(AGENTS), days=150, seed=3
    )


RANK_RANGE = re.compile(rb'"rankRange":(null|{[^}]*}),')


@pytest.fixture(scope="module")
def api(pipeline: Pipeline) -> Iterator[Api]:
    with serving(settings(), pipeline.databases) as running:
        yield running


def requests() -> Iterator[tuple[str, dict[str, str]]]:
    """Every analytics route with each of its parameters' values."""
    for endpoint in ENDPOINTS:
        if issubclass(endpoint.parameters, RecordsOfPeriod):
            for metric in ("leads", "conversion", "revenue", "response", "satisfaction"):
                yield endpoint.path, {"dateRange": "365", "metric": metric}
        elif issubclass(endpoint.parameters, OfPeriod):
            for date_range in periods().date_ranges:
                yield endpoint.path, {"dateRange": date_range}
        elif issubclass(endpoint.parameters, RevenueBuckets):
            for period in ("daily", "weekly", "monthly"):
                yield endpoint.path, {"period": period}
                yield endpoint.path, {"period": period, "dateRange": "mtd"}
        else:
            yield endpoint.path, {}


def without_build(answer: httpx.Response) -> bytes:
    """Returns the bytes of an answer without the identity of its build, and without the range of
    the rank, which depends on the spread of the team."""
    assert answer.status_code == 200, answer.text
    content, _, meta = answer.content.rpartition(b'"meta":')
    content = RANK_RANGE.sub(b"", content)
    for name in OF_THE_BUILD:
        meta = meta.replace(f'"{name}":{json.dumps(answer.json()["meta"][name])}'.encode(), b"")
    return content + meta


def everything(api: Api, agent: str) -> dict[str, bytes]:
    return {
        f"{path} {parameters}": without_build(api.get(path, agent, params=parameters))
        for path, parameters in requests()
    }


def ranks(pipeline: Pipeline, agent: str) -> list[tuple[str, int | None]]:
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        return connection.execute(
            "select date_range, rank from marts.agent_team_ranking where agent_id = %s order by 1",
            [agent],
        ).fetchall()


@pytest.mark.parametrize("seed", range(3))
def test_private_values_of_others_change_no_byte_of_an_agents_answers(
    pipeline: Pipeline, api: Api, seed: int
) -> None:
    random = Random(seed)
    caller = random.choice(AGENTS)
    others = [agent for agent in AGENTS if agent != caller]
    before, ranks_before = everything(api, caller), ranks(pipeline, caller)
    others_before = {agent: everything(api, agent) for agent in others[:2]}

    with psycopg.connect(pipeline.databases.operational) as connection:
        parameters = {
            "caller": caller,
            "before": others,
            "after": random.sample(others, len(others)),
            "seconds": random.randrange(1, 60),
        }
        with psycopg.ClientCursor(connection) as cursor:
            cursor.execute(OTHERS_CHANGED, parameters)
    pipeline.refreshed(is_full=True)

    assert ranks(pipeline, caller) == ranks_before
    assert everything(api, caller) == before
    assert {agent: everything(api, agent) for agent in others[:2]} != others_before
