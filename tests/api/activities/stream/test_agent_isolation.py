"""The connection that polls for many agents sees only their rows, and cannot write."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from api.activities.stream.poller import BECOME_AGENTS
from api.db.pool import BECOME_AGENT, BEGIN_READ
from tests.support.crm.activity_log import log
from warehouse.databases import Databases

AGENTS = ["agent-1", "agent-2", "{odd, \"agent'\\"]
ALL_ROWS = "select agent_id from agent_activity_log union all select agent_id from agent_goals"
GOAL = (
    "insert into agent_goals (agent_id, period, goal_type, target_value, period_start, period_end)"
    " values (%s, 'monthly', 'revenue', 100, '2026-01-01', '2026-01-31')"
)


@pytest.fixture
def api(databases: Databases) -> Iterator[psycopg.Connection]:
    """The API's role, where each of five agents has an activity and a goal."""
    with psycopg.connect(databases.operational, autocommit=True) as owner:
        for agent in [*AGENTS, "agent-3", ""]:
            log(databases.operational, "Call", agent=agent)
            owner.execute(GOAL, [agent])
    with psycopg.connect(databases.api_operational, autocommit=True) as connection:
        yield connection


def seen(api: psycopg.Connection) -> list[str]:
    return sorted(agent for (agent,) in api.execute(ALL_ROWS).fetchall())


@pytest.mark.parametrize("agents", [AGENTS, AGENTS[:1], ["nobody"], []])
def test_a_poll_for_some_agents_sees_no_others(api: psycopg.Connection, agents: list[str]) -> None:
    api.execute(BEGIN_READ)
    api.execute(BECOME_AGENTS, [agents])
    assert seen(api) == sorted(2 * [agent for agent in agents if agent in AGENTS])
    api.execute("commit")
    assert seen(api) == []


def test_whoever_can_write_is_a_single_agent(api: psycopg.Connection) -> None:
    api.execute("begin")
    api.execute(BECOME_AGENTS, [AGENTS])
    assert seen(api) == []
    assert api.execute("update agent_goals set target_value = 7").rowcount == 0
    api.execute(BECOME_AGENT, {"agent_id": "agent-3"})
    assert seen(api) == ["agent-3", "agent-3"]
    assert api.execute("update agent_goals set target_value = 7").rowcount == 1
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute(GOAL, ["agent-1"])
    api.execute("rollback")


def test_whoever_sees_several_agents_cannot_begin_to_write(api: psycopg.Connection) -> None:
    api.execute(BEGIN_READ)
    api.execute(BECOME_AGENTS, [AGENTS])
    assert len(seen(api)) == 6
    with pytest.raises(errors.ActiveSqlTransaction):
        api.execute("set transaction read write")
    api.execute("rollback")
