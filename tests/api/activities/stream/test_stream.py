"""The stream sends an agent's events on commit, exactly once, and none of other agents."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.support.clients.event_stream import POLLERS, STREAM, opened, pollers
from tests.support.crm.activity_log import insert, log, write
from tests.support.servers.api_server import (
    Api,
    bearer,
    publish_build,
    serving_at_a_rate,
    token,
)
from tests.support.waiting import LIFETIMES, wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

GOAL = (
    "insert into agent_goals (agent_id, period, goal_type, target_value, period_start, period_end)"
    " values (%s, 'monthly', 'revenue', 100, '2026-01-01', '2026-01-31')"
)


def test_anonymous_gets_401(api: Api) -> None:
    answer = api.anonymous(STREAM)
    assert (answer.status_code, answer.json()) == (401, {"error": "Authentication required"})


def test_another_agents_id_is_403_and_an_unknown_parameter_422(api: Api) -> None:
    foreign = api.get(STREAM, params={"agentId": "agent-2", "limit": "1"})
    assert (foreign.status_code, foreign.json()) == (403, {"error": "Can only access own data"})
    answer = api.get(STREAM, params={"limit": "1"})
    assert [detail["field"] for detail in answer.json()["details"]] == ["limit"]


def test_the_stream_is_announced_as_what_it_is(api: Api) -> None:
    with opened(api) as stream:
        headers = stream.answer.headers
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Accel-Buffering"] == "no"


def test_an_activity_is_the_same_object_as_on_the_timeline(api: Api, crm: str) -> None:
    with opened(api) as stream:
        insert(crm, {"title": "Call", "metadata": {"minutes": 3}, "activity_type": "Phone Call"})
        event = stream.next()
    assert event.name == "activity"
    assert event.data == api.get("/agent/analytics/activities").json()["activities"][0]
    assert event.data["type"] == "call"
    assert event.id
    assert "agent" not in event.id


def test_each_agent_hears_its_own_activities_in_order(api: Api, crm: str) -> None:
    with opened(api) as one, opened(api, "agent-2") as two, opened(api) as another:
        for number in range(20):
            log(crm, f"one {number}")
            log(crm, f"two {number}", agent="agent-2")
            log(crm, f"three {number}", agent="agent-3")
        for agent in ("agent-1", "agent-2"):
            log(crm, "end", agent=agent)
        expected = [f"one {number}" for number in range(20)]
        assert one.titles_until("end") == expected
        assert another.titles_until("end") == expected
        assert two.titles_until("end") == [f"two {number}" for number in range(20)]


def test_an_activity_that_is_committed_long_after_later_ones_is_not_lost(
    api: Api, crm: str
) -> None:
    with opened(api) as stream, psycopg.connect(crm) as late, psycopg.connect(crm) as later:
        write(late, "late")
        write(later, "later")
        log(crm, "early")
        assert stream.next().data["title"] == "early"
        log(crm, "early too")
        assert stream.next().data["title"] == "early too"
        later.commit()
        assert stream.next().data["title"] == "later"
        late.commit()
        assert stream.next().data["title"] == "late"
        log(crm, "end")
        assert stream.titles_until("end") == []


def test_subtransactions_come_with_their_transaction_and_what_is_undone_never(
    api: Api, crm: str
) -> None:
    with opened(api) as stream, psycopg.connect(crm) as connection:
        with connection.transaction():
            write(connection, "outer")
            with connection.transaction():
                write(connection, "inner")
            with connection.transaction(force_rollback=True):
                write(connection, "undone")
            log(crm, "other")
            assert stream.next().data["title"] == "other"
        with connection.transaction(force_rollback=True):
            write(connection, "undone too")
        log(crm, "end")
        assert stream.titles_until("end") == ["outer", "inner"]


def test_a_bulk_of_more_than_is_read_at_once_comes_whole_and_in_order(api: Api, crm: str) -> None:
    with opened(api, "agent-1") as stream, opened(api, "agent-2") as other:
        with psycopg.connect(crm) as connection:
            connection.execute(
                "insert into agent_activity_log (agent_id, activity_type, title)"
                " select 'agent-' || 1 + n % 5, 'call', n from generate_series(1, 2500) as n"
            )
        log(crm, "end")
        log(crm, "end", agent="agent-2")
        assert stream.titles_until("end") == [str(n) for n in range(5, 2501, 5)]
        assert other.titles_until("end") == [str(n) for n in range(1, 2501, 5)]


def test_a_changed_activity_is_sent_again_and_loaded_history_never(api: Api, crm: str) -> None:
    with opened(api) as stream, psycopg.connect(crm) as connection:
        log(crm, "Call")
        first = stream.next()
        with connection.transaction():
            connection.execute("set local analytics.bulk_load = 'on'")
            write(connection, "history")
        connection.execute("update agent_activity_log set title = 'Long call' where id = 1")
        connection.commit()
        again = stream.next()
        log(crm, "sms", kind="sms")
        log(crm, "end")
        assert stream.titles_until("end") == []
    assert first.data["id"] == again.data["id"]
    page = api.get("/agent/analytics/activities").json()["activities"]
    assert first.data["id"] in {activity["id"] for activity in page}
    assert again.data["title"] == "Long call"


def test_a_goal_is_sent_when_it_is_made_changed_and_achieved(api: Api, crm: str) -> None:
    with opened(api) as stream, psycopg.connect(crm, autocommit=True) as connection:
        connection.execute(GOAL, ["agent-2"])
        connection.execute(GOAL, ["agent-1"])
        made = stream.next()
        connection.execute("update agent_goals set target_value = target_value")
        connection.execute("update agent_goals set target_value = 200")
        changed = stream.next()
        connection.execute("update agent_goals set achieved_at = now()")
        achieved = stream.next()
        log(crm, "end")
        assert stream.next().data["title"] == "end"
    goal = {"id": 2, "period": "monthly", "goalType": "revenue", "isAchieved": False}
    assert (made.name, made.data) == ("goal", goal)
    assert (changed.name, changed.data) == ("goal", goal)
    assert (achieved.name, achieved.data) == ("goal", {**goal, "isAchieved": True})


def test_a_published_build_is_sent(api: Api, crm: str, filled_warehouse: str) -> None:
    with opened(api) as stream, opened(api, "agent-2") as other:
        build_id = publish_build(filled_warehouse)
        events = [stream.next(), other.next()]
    assert [(event.name, event.data["buildId"]) for event in events] == [("build", build_id)] * 2
    meta = api.get("/agent/analytics/kpis").json()["meta"]
    assert set(events[0].data) == set(meta) - {"stale"}


def test_a_silent_stream_tells_its_client_its_place(
    api: Api, crm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.activities.stream.stream.HEARTBEAT_SECONDS", 0.05)
    with opened(api) as stream:
        log(crm, "before")
        assert stream.next().data["title"] == "before"
        place = stream.place("heartbeat")
        log(crm, "after")
        with opened(api, after=place) as resumed:
            assert resumed.next().data["title"] == "after"


def test_the_stream_ends_with_its_token(api: Api, crm: str) -> None:
    for seconds in LIFETIMES:
        with opened(api, exp=int(time.time()) + seconds) as stream:
            log(crm, "before")
            events = list(stream)
        if len(events) == 2:
            break
    assert [event.name for event in events] == ["activity", "end"]
    assert events[-1].data == {"reason": "token_expired"}


def test_an_agent_has_limited_streams_and_closing_one_frees_a_slot(api: Api, crm: str) -> None:
    streams = [opened(api) for _ in range(10)]
    for stream in streams:
        stream.__enter__()
    try:
        refused = api.get(STREAM)
        assert (refused.status_code, refused.json()) == (429, {"error": "Too many requests"})
        assert int(refused.headers["Retry-After"]) >= 1
        with opened(api, "agent-2"):
            pass
    finally:
        for stream in streams[1:]:
            stream.__exit__(None, None, None)
    wait_until(lambda: is_open(api))
    streams[0].__exit__(None, None, None)


def is_open(api: Api) -> bool:
    with api.client.stream("GET", STREAM, headers=bearer(token())) as answer:
        return answer.status_code == 200


def test_one_connection_polls_for_all_and_none_without_streams(api: Api, crm: str) -> None:
    wait_until(lambda: pollers(crm) == 0)
    with opened(api), opened(api), opened(api, "agent-2"), opened(api, "agent-3"):
        assert pollers(crm) == 1
    wait_until(lambda: pollers(crm) == 0)
    with opened(api) as stream:
        log(crm, "again")
        assert stream.next().data["title"] == "again"


def test_a_connection_that_breaks_is_replaced_and_nothing_is_lost(api: Api, crm: str) -> None:
    with opened(api) as stream, psycopg.connect(crm) as late:
        write(late, "late")
        for number in range(3):
            with psycopg.connect(crm, autocommit=True) as connection:
                connection.execute(POLLERS.replace("count(*)", "pg_terminate_backend(pid)"))
            log(crm, str(number))
            assert stream.next().data["title"] == str(number)
        late.commit()
        assert stream.next().data["title"] == "late"


def test_a_stream_that_can_tell_nothing_any_more_says_so(api: Api, crm: str) -> None:
    with psycopg.connect(crm, autocommit=True) as owner, opened(api) as stream:
        owner.execute("alter table agent_activity_log rename column changed_in to renamed")
        try:
            events = list(stream)
        finally:
            owner.execute("alter table agent_activity_log rename column renamed to changed_in")
    assert [(event.name, event.data) for event in events] == [("end", {"reason": "unavailable"})]
    with opened(api) as stream:
        log(crm, "again")
        assert stream.next().data["title"] == "again"


@pytest.fixture
def limited(module_databases: Databases, filled_warehouse: str) -> Iterator[Api]:
    with serving_at_a_rate(1.0, module_databases) as running:
        yield running


def test_opening_a_stream_counts_as_a_request(limited: Api, crm: str) -> None:
    with opened(limited), opened(limited):
        assert limited.get(STREAM).status_code == 429
