"""Rights of the API role and of the CRM's own roles in the CRM's database."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.support.login_role import as_role, login_role
from warehouse.databases import Databases

GOAL = (
    "insert into agent_goals (agent_id, period, goal_type, target_value, period_start, period_end)"
    " values (%s, 'monthly', 'revenue', 100, '2026-01-01', '2026-01-31')"
)


@pytest.fixture
def owner(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.operational, autocommit=True) as connection:
        yield connection


@pytest.fixture
def api(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.api_operational, autocommit=True) as connection:
        yield connection


def become(api: psycopg.Connection, agent: str) -> None:
    api.execute("select set_config('analytics.agent_id', %s, false)", [agent])


def test_an_agent_sees_and_changes_only_its_own_goals(
    owner: psycopg.Connection, api: psycopg.Connection
) -> None:
    owner.execute(GOAL, ["A2"])
    become(api, "A1")
    api.execute(GOAL, ["A1"])
    assert api.execute("select agent_id from agent_goals").fetchall() == [("A1",)]
    assert api.execute("update agent_goals set target_value = 7").rowcount == 1
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute(GOAL, ["A3"])
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute("update agent_goals set agent_id = 'A2'")
    targets = owner.execute("select agent_id, target_value from agent_goals order by 1").fetchall()
    assert targets == [("A1", 7), ("A2", 100)]
    assert api.execute("delete from agent_goals").rowcount == 1
    assert owner.execute("select agent_id from agent_goals").fetchall() == [("A2",)]


@pytest.mark.parametrize("agent", [None, ""])
def test_without_an_agent_the_api_sees_nothing(
    owner: psycopg.Connection, api: psycopg.Connection, agent: str | None
) -> None:
    owner.execute(GOAL, ["A1"])
    owner.execute(GOAL, [""])
    owner.execute("select log_agent_activity('', 'L1', 'call')")
    if agent is not None:
        become(api, agent)
    assert api.execute("select count(*) from agent_goals").fetchone() == (0,)
    assert api.execute("select count(*) from agent_activity_log").fetchone() == (0,)


def test_the_api_reads_an_agents_own_activities_and_writes_none(
    owner: psycopg.Connection, api: psycopg.Connection
) -> None:
    owner.execute("select log_agent_activity('A1', 'L1', 'call')")
    owner.execute("select log_agent_activity('A2', 'L2', 'call')")
    become(api, "A1")
    assert api.execute("select lead_id from agent_activity_log").fetchall() == [("L1",)]
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute("select log_agent_activity('A1', 'L1', 'conversion')")


@pytest.mark.parametrize(
    "statement",
    [
        "select * from leads",
        "update leads set disposition = 'won'",
        "truncate agent_goals",
        "create table public.mine (id int)",
        "set role agent_analytics",
        "alter table agent_goals disable row level security",
    ],
)
def test_the_api_may_do_nothing_else(api: psycopg.Connection, statement: str) -> None:
    become(api, "A1")
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute(statement)


def test_the_api_cannot_forge_activities_through_the_lead_trigger(api: psycopg.Connection) -> None:
    api.execute("create temp table forged (id text, assigned_agent_id text, disposition text)")
    with pytest.raises(errors.InsufficientPrivilege):
        api.execute(
            "create trigger forged after insert on forged"
            " for each statement execute function public.agent_analytics_log_leads()"
        )


def test_the_crms_own_users_see_and_write_every_row(
    owner: psycopg.Connection, databases: Databases
) -> None:
    with login_role(databases.operational) as role:
        owner.execute(f"grant select, insert on agent_goals to {role}".encode())
        owner.execute(f"grant usage on sequence agent_goals_id_seq to {role}".encode())
        with psycopg.connect(as_role(databases.operational, role), autocommit=True) as user:
            user.execute(GOAL, ["A1"])
            user.execute(GOAL, ["A2"])
            assert user.execute("select count(*) from agent_goals").fetchone() == (2,)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("period", "'weekly'"),
        ("goal_type", "'calls'"),
        ("target_value", "0"),
        ("period_end", "period_start"),
    ],
)
def test_a_goal_outside_its_bounds_is_rejected(
    owner: psycopg.Connection, column: str, value: str
) -> None:
    owner.execute(GOAL, ["A1"])
    with pytest.raises(errors.CheckViolation):
        owner.execute(f"update agent_goals set {column} = {value}")


def test_an_agent_has_one_goal_per_type_and_period(owner: psycopg.Connection) -> None:
    owner.execute(GOAL, ["A1"])
    with pytest.raises(errors.UniqueViolation):
        owner.execute(GOAL, ["A1"])


def test_a_replaced_api_role_loses_its_rights(
    owner: psycopg.Connection, api: psycopg.Connection, databases: Databases
) -> None:
    owner.execute("select log_agent_activity('A1', 'L1', 'call')")
    with login_role(databases.operational) as role:
        next_url = as_role(databases.operational, role)
        migrate_operational(databases.operational, LeadsMapping(), next_url)
        become(api, "A1")
        with pytest.raises(errors.InsufficientPrivilege):
            api.execute("select * from agent_activity_log")
        with psycopg.connect(next_url, autocommit=True) as successor:
            become(successor, "A1")
            assert len(successor.execute("select id from agent_activity_log").fetchall()) == 1
