"""Goals belong to one agent, are written once, and all goals of a request or none."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier

import httpx
import psycopg
import pytest

from api.db.statements import Statement
from api.goals.service import ADD_GOALS, DELETE_GOAL, GOALS, GOALS_OF_PERIOD, SET_TARGETS
from tests.support.clients.goals import PATH, monthly, of_each, seen
from tests.support.crm.stored_goals import add_goal, goal
from tests.support.lock_waits import statements_that_wait
from tests.support.servers.api_server import Api, serving, serving_at_a_rate, settings
from tests.support.waiting import wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

ADDING = "insert into public.agent_goals"
AWAY = {"error": "Operational database unavailable"}


@pytest.fixture
def operational(module_databases: Databases) -> str:
    return module_databases.operational


def at_once(api: Api, *requests: tuple[str, str, dict[str, object]]) -> list[httpx.Response]:
    """The answers to requests that start together: method, agent and body."""
    together = Barrier(len(requests))

    def send(request: tuple[str, str, dict[str, object]]) -> httpx.Response:
        method, agent, body = request
        together.wait()
        return api.send(method, PATH, agent, json=body)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def test_an_agent_sees_only_its_own_goals(api: Api) -> None:
    for agent, target in (("amy", 11), ("ben", 22)):
        api.send("POST", PATH, agent, json=monthly(revenue=target))
    assert [one["target"] for one in seen(api, "amy")] == [11.0]
    assert [one["target"] for one in seen(api, "ben")] == [22.0]


def test_a_put_changes_only_ones_own_goal_of_the_same_name(api: Api) -> None:
    for agent in ("cay", "dee"):
        api.send("POST", PATH, agent, json=monthly(revenue=1))
    api.send("PUT", PATH, "cay", json=monthly(revenue=2))
    assert [one["target"] for one in seen(api, "dee")] == [1.0]


@pytest.mark.parametrize(
    "statement",
    [GOALS, GOALS_OF_PERIOD, SET_TARGETS, DELETE_GOAL],
    ids=lambda statement: statement.name,
)
def test_the_database_restricts_goals_to_the_agent_without_the_filter(
    module_databases: Databases, operational: str, statement: Statement
) -> None:
    mine, other = (add_goal(operational, agent, "revenue", "1") for agent in ("me", "other"))
    unfiltered = statement.sql().replace(b"agent_id = %(agent_id)s", b"true")
    unfiltered = unfiltered.replace(b"goal.true", b"true")
    bound = {
        "period": "monthly",
        "period_start": "2024-02-01",
        "goal_ids": [mine, other],
        "targets": [5, 5],
        "achieved_ats": [None, None],
        "repeats": None,
        "goal_id": other,
        "today": "2024-02-01",
    }
    with psycopg.connect(module_databases.api_operational, autocommit=True) as connection:
        connection.execute("select set_config('analytics.agent_id', 'me', false)")
        cursor = connection.execute(unfiltered, bound)
        if statement is DELETE_GOAL:
            assert cursor.fetchall() == []
        elif cursor.description:
            assert {row[1] for row in cursor.fetchall()} == {"me"}
        else:
            assert cursor.rowcount == 1
    assert goal(operational, other)["target_value"] == 1
    with psycopg.connect(operational) as owner:
        owner.execute("delete from agent_goals where agent_id in ('me', 'other')")


def test_the_database_takes_no_goal_for_another_agent(module_databases: Databases) -> None:
    bound = {
        "agent_id": "other",
        "period": "monthly",
        "period_start": "2024-02-01",
        "period_end": "2024-02-29",
        "goal_types": ["revenue"],
        "targets": [1],
        "repeats": None,
    }
    with psycopg.connect(module_databases.api_operational, autocommit=True) as connection:
        connection.execute("select set_config('analytics.agent_id', 'me', false)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(ADD_GOALS.sql(), bound)


def test_an_agent_deletes_its_own_open_goals_alone(api: Api, operational: str) -> None:
    (own,) = api.send("POST", PATH, "del", json=monthly(revenue=1)).json()["goals"]
    (other,) = api.send("POST", PATH, "other", json=monthly(revenue=1)).json()["goals"]
    over = add_goal(operational, "del", "revenue", "1", day=date(2026, 2, 1))
    closed = add_goal(operational, "del", "revenue", "1", "yearly", date(2026, 2, 1))
    with psycopg.connect(operational) as owner:
        owner.execute("update agent_goals set closed_at = now() where id = %s", [closed])
    ids = (other["id"], over, closed)
    before = [goal(operational, one) for one in ids]
    for one in (*ids, 2**31, 10**30, -1):
        answer = api.send("DELETE", f"{PATH}/{one}", "del")
        assert (answer.status_code, answer.json()) == (404, {"error": "Goal not found"})
    assert [goal(operational, one) for one in ids] == before

    answer = api.send("DELETE", f"{PATH}/{own['id']}", "del")
    assert (answer.status_code, answer.content) == (204, b"")
    assert {one["id"] for one in seen(api, "del")} == {over, closed}
    assert api.send("DELETE", f"{PATH}/{own['id']}", "del").status_code == 404
    assert api.client.delete(f"{PATH}/{other['id']}").status_code == 401


def test_two_simultaneous_posts_create_one_goal(api: Api) -> None:
    for number in range(8):
        body = monthly(conversions=number + 1, revenue=2, responseTimeHours=3)
        answers = at_once(api, *[("POST", f"twice {number}", body)] * 2)
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
        assert refused == {
            "error": "Monthly goals already exist: conversions, responseTimeHours, revenue"
        }
        assert len(seen(api, f"twice {number}")) == 3


def test_posts_that_share_one_goal_write_all_of_one_and_nothing_of_the_other(api: Api) -> None:
    for number in range(8):
        agent = f"shared {number}"
        answers = at_once(
            api,
            ("POST", agent, monthly(conversions=1, revenue=1)),
            ("POST", agent, monthly(revenue=2, responseTimeHours=2)),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert of_each(seen(api, agent), "target") in (
            {"conversions": 1.0, "revenue": 1.0},
            {"revenue": 2.0, "response_time": 2.0},
        )


def test_puts_at_once_all_succeed_and_one_of_them_is_the_last(api: Api) -> None:
    for number in range(8):
        agent = f"puts {number}"
        requests = [("PUT", agent, monthly(conversions=one, revenue=one)) for one in (1, 2, 3)]
        assert [answer.status_code for answer in at_once(api, *requests)] == [200] * 3
        targets = of_each(seen(api, agent), "target")
        assert set(targets) == {"conversions", "revenue"}
        assert targets["conversions"] == targets["revenue"]


def test_a_goal_that_the_crm_makes_meanwhile_is_seen(api: Api, operational: str) -> None:
    with psycopg.connect(operational) as crm, ThreadPoolExecutor(1) as pool:
        crm.execute(
            "insert into agent_goals"
            " (agent_id, period, goal_type, target_value, period_start, period_end)"
            " values ('meanwhile', 'monthly', 'revenue', 5, '2026-03-01', '2026-03-31')"
        )
        posted = pool.submit(
            api.send, "POST", PATH, "meanwhile", json=monthly(conversions=1, revenue=1)
        )
        with psycopg.connect(operational, autocommit=True) as watcher:
            wait_until(lambda: len(statements_that_wait(watcher, ADDING)) == 1)
        crm.commit()
        answer = posted.result()
    assert answer.status_code == 409
    assert answer.json() == {"error": "Monthly goal already exists: revenue"}
    assert of_each(seen(api, "meanwhile"), "target") == {"revenue": 5.0}


def test_a_row_that_is_no_goal_is_in_the_way_and_said_so(api: Api, operational: str) -> None:
    with psycopg.connect(operational) as crm:
        crm.execute(
            "insert into agent_goals"
            " (agent_id, period, goal_type, target_value, period_start, period_end)"
            " values ('odd', 'monthly', 'revenue', 5, '2026-03-01', '2026-03-30')"
        )
    for method in ("POST", "PUT"):
        answer = api.send(method, PATH, "odd", json=monthly(conversions=1, revenue=1))
        assert answer.status_code == 409
        assert answer.json() == {"error": "Monthly goal already exists: revenue"}
    assert [one["periodEnd"] for one in seen(api, "odd")] == ["2026-03-30"]
    made = api.send("PUT", PATH, "odd", json=monthly(conversions=1))
    assert set(of_each(made.json()["goals"], "target")) == {"conversions"}


def test_a_goal_whose_period_is_closed_keeps_its_target(api: Api, operational: str) -> None:
    (made,) = api.send("POST", PATH, "shut", json=monthly(revenue=5)).json()["goals"]
    with psycopg.connect(operational) as owner:
        owner.execute("update agent_goals set closed_at = now() where id = %s", [made["id"]])
    answer = api.send("PUT", PATH, "shut", json=monthly(revenue=6, conversions=1))
    assert answer.status_code == 409
    assert answer.json() == {"error": "Goal period ended on 2026-03-31: revenue"}
    assert of_each(seen(api, "shut"), "target") == {"revenue": 5.0}


@contextmanager
def locked(url: str, goal_id: int) -> Iterator[None]:
    with psycopg.connect(url) as crm:
        crm.execute("select from agent_goals where id = %s for update", [goal_id])
        yield


def test_a_goal_that_the_crm_holds_is_not_waited_for_and_not_changed_later(
    api: Api, operational: str
) -> None:
    (made,) = api.send("POST", PATH, "held", json=monthly(revenue=5)).json()["goals"]
    with locked(operational, made["id"]):
        answer = api.send("PUT", PATH, "held", json=monthly(revenue=6))
        assert (answer.status_code, answer.json()) == (503, AWAY)
        assert int(answer.headers["Retry-After"]) >= 1
    assert of_each(seen(api, "held"), "target") == {"revenue": 5.0}
    assert api.send("PUT", PATH, "held", json=monthly(revenue=6)).status_code == 200


def test_an_operational_database_that_takes_no_writes_is_away_for_these_alone(
    databases: Databases, module_databases: Databases, filled_warehouse: str
) -> None:
    name = databases.operational.rsplit("/", 1)[1].split("?")[0]
    with psycopg.connect(databases.operational, autocommit=True) as owner:
        owner.execute(f"alter database {name} set default_transaction_read_only = on".encode())
    mixed = Databases(
        databases.operational,
        filled_warehouse,
        databases.api_operational,
        module_databases.api_warehouse,
        None,
    )
    with serving(settings(), mixed) as api:
        for method in ("POST", "PUT"):
            answer = api.send(method, PATH, json=monthly(revenue=1))
            assert (answer.status_code, answer.json()) == (503, AWAY)
        assert seen(api, "agent-1") == []


def test_without_an_operational_database_goals_alone_are_away(
    module_databases: Databases, filled_warehouse: str
) -> None:
    nowhere = "postgresql://somebody:hidden@127.0.0.1:1/operational"
    api_warehouse = module_databases.api_warehouse
    with serving(
        settings(), Databases(nowhere, filled_warehouse, nowhere, api_warehouse, None)
    ) as api:
        for method in ("GET", "POST", "PUT"):
            answer = api.send(method, PATH, json=monthly(revenue=1))
            assert (answer.status_code, answer.json()) == (503, AWAY)
        assert api.get("/agent/analytics/kpis").status_code == 200


def test_without_a_published_build_nothing_is_answered_and_nothing_written(
    databases: Databases,
) -> None:
    with serving(settings(), databases) as api:
        for method in ("GET", "POST", "PUT"):
            answer = api.send(method, PATH, json=monthly(revenue=1))
            assert (answer.status_code, answer.json()) == (
                503,
                {"error": "No build published yet"},
            )
    with psycopg.connect(databases.operational) as owner:
        assert owner.execute("select count(*) from agent_goals").fetchone() == (0,)


def test_goals_are_within_the_agents_rate(
    module_databases: Databases, filled_warehouse: str
) -> None:
    with serving_at_a_rate(2.0, module_databases) as api:
        statuses = [
            api.send("PUT", PATH, "quick", json=monthly(revenue=1)).status_code for _ in range(5)
        ]
    assert statuses == [200] * 4 + [429]
