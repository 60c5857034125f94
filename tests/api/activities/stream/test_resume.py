"""A client that resumes with its last event id loses no event and gets none twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from api.activities.stream.resume_token import Position, ResumeToken, Snapshot
from api.auth.signed_tokens import EVENT, TokenSigner, signing_key
from tests.support.clients.event_stream import STREAM, Event, opened, pollers
from tests.support.crm.activity_log import log, write
from tests.support.servers.api_server import Api, publish_build, serving, settings
from tests.support.waiting import wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

REFUSED_ID = {"field": "Last-Event-ID", "message": "Unknown event id"}


@pytest.fixture
def other_worker(module_databases: Databases, filled_warehouse: str) -> Iterator[Api]:
    with serving(settings(), module_databases) as running:
        yield running


def titles(events: list[Event]) -> list[str]:
    return [event.data["title"] for event in events]


def test_from_every_event_on_exactly_the_rest_comes_from_any_worker(
    api: Api, other_worker: Api, crm: str
) -> None:
    """Also of transactions that end in another order than they write in."""
    with opened(api) as stream, psycopg.connect(crm) as one, psycopg.connect(crm) as two:
        ids = [stream.place("open")]
        write(one, "one")
        with two.transaction():
            write(two, "two")
            with two.transaction():
                write(two, "two inside")
            log(crm, "early", "early too")
            events = [stream.next(), stream.next()]
        events += [stream.next(), stream.next()]
        log(crm, "another's", agent="agent-2")
        log(crm, "later")
        events.append(stream.next())
        write(one, "one more")
        one.commit()
        events += [stream.next(), stream.next()]
    expected = ["early", "early too", "two", "two inside", "later", "one", "one more"]
    assert titles(events) == expected
    ids += [event.id for event in events]
    for place, event_id in enumerate(ids):
        with opened([api, other_worker][place % 2], after=event_id) as again:
            log(crm, f"end {place}")
            ends = [f"end {number}" for number in range(place)]
            missed = again.titles_until(f"end {place}")
        # What was missed comes in the order in which it was recorded.
        assert sorted(missed) == sorted([*expected[place:], *ends])


def test_a_client_that_reconnects_after_each_event_gets_all_once(
    api: Api, other_worker: Api, crm: str
) -> None:
    with opened(api) as stream:
        last_event_id = stream.place("open")
    open_transaction = psycopg.connect(crm)
    received = []
    for number in range(6):
        write(open_transaction, f"late {number}")
        log(crm, f"{number} a", f"{number} b", f"{number} c")
        for worker in (api, other_worker):
            with opened(worker, after=last_event_id) as stream:
                event = stream.next()
            received.append(event.data["title"])
            last_event_id = event.id
    open_transaction.commit()
    open_transaction.close()
    log(crm, "end")
    with opened(api, after=last_event_id) as stream:
        received += stream.titles_until("end")
    assert sorted(received) == sorted(
        [f"late {n}" for n in range(6)] + [f"{n} {letter}" for n in range(6) for letter in "abc"]
    )


def test_more_than_is_read_at_once_is_caught_up_with_in_order(api: Api, crm: str) -> None:
    with opened(api) as stream:
        place = stream.place("open")
    with psycopg.connect(crm) as connection:
        connection.execute(
            "insert into agent_activity_log (agent_id, activity_type, title)"
            " select 'agent-1', 'call', n from generate_series(1, 700) as n"
        )
        connection.execute(
            "insert into agent_goals"
            " (agent_id, period, goal_type, target_value, period_start, period_end)"
            " select 'agent-1', 'monthly', 'revenue', 1, '2026-01-01', date '2026-01-01' + n"
            " from generate_series(1, 300) as n on conflict do nothing"
        )
    with opened(api, after=place) as stream:
        log(crm, "end")
        events = []
        for event in stream:
            events.append(event)
            if event.data.get("title") == "end":
                break
    activities = [event for event in events if event.name == "activity"]
    assert titles(activities) == [*map(str, range(1, 701)), "end"]
    assert [event.data["id"] for event in events if event.name == "goal"] == [1]
    with opened(api, after=activities[449].id) as stream:
        log(crm, "end again")
        assert stream.titles_until("end again") == [*map(str, range(451, 701)), "end"]


def test_goals_are_caught_up_with_after_the_activities_of_their_moment(api: Api, crm: str) -> None:
    with opened(api) as stream:
        place = stream.place("open")
        with psycopg.connect(crm) as connection:
            connection.execute(
                "insert into agent_goals"
                " (agent_id, period, goal_type, target_value, period_start, period_end)"
                " values ('agent-1', 'monthly', 'revenue', 1, '2026-01-01', '2026-01-31'),"
                " ('agent-1', 'monthly', 'conversions', 1, '2026-01-01', '2026-01-31')"
            )
            write(connection, "Call")
        events = [stream.next() for _ in range(3)]
    expected = ["activity", "goal", "goal"]
    assert [event.name for event in events] == expected
    for number, event_id in enumerate([place, *(event.id for event in events)]):
        with opened(api, after=event_id) as again:
            log(crm, "end")
            names = [again.next().name for _ in expected[number:]]
            assert names == expected[number:]
            assert again.next().data["title"] == "end"


def test_a_build_that_was_missed_is_sent_once(api: Api, crm: str, filled_warehouse: str) -> None:
    with opened(api) as stream:
        publish_build(filled_warehouse)
        before = stream.next()
    build_id = publish_build(filled_warehouse)
    with opened(api, "agent-2") as stream:
        while api.get("/agent/analytics/activities").json()["meta"]["buildId"] != build_id:
            pass
    with opened(api, after=before.id) as stream:
        missed = stream.next()
        log(crm, "Call")
        call = stream.next()
    assert (missed.name, missed.data["buildId"]) == ("build", build_id)
    assert call.name == "activity"
    for event in (missed, call):
        with opened(api, after=event.id) as stream:
            log(crm, "end")
            assert {stream.next().name for _ in range(1)} == {"activity"}


def test_another_agents_event_id_is_403_before_validation(api: Api, crm: str) -> None:
    with opened(api, "agent-2") as stream:
        log(crm, "theirs", agent="agent-2")
        foreign = stream.next().id
    answer = api.get(STREAM, params={"limit": "1"}, headers={"Last-Event-ID": foreign})
    assert (answer.status_code, answer.json()) == (403, {"error": "Can only access own data"})


@pytest.mark.parametrize("event_id", ["1", "AAAA", "a" * 3000, "=", "%00"])
def test_what_is_no_event_id_is_422(api: Api, event_id: str) -> None:
    answer = api.get(STREAM, headers={"Last-Event-ID": event_id})
    assert (answer.status_code, answer.json()["details"]) == (422, [REFUSED_ID])


def test_a_cursor_is_no_event_id(api: Api, crm: str) -> None:
    log(crm, "one", "two")
    cursor = api.get("/agent/analytics/activities", params={"limit": 1}).json()["nextCursor"]
    answer = api.get(STREAM, headers={"Last-Event-ID": cursor})
    assert (answer.status_code, answer.json()["details"]) == (422, [REFUSED_ID])


def test_an_event_of_another_database_is_422(api: Api, module_databases: Databases) -> None:
    signer = TokenSigner(signing_key(settings(), module_databases.api_operational))
    ahead = Position(Snapshot(2**40, ()), datetime.now(UTC))
    event_id = signer.sign(EVENT, "agent-1", ResumeToken(ahead, 1).to_bytes())
    answer = api.get(STREAM, headers={"Last-Event-ID": event_id})
    assert (answer.status_code, answer.json()["details"]) == (422, [REFUSED_ID])


def test_a_slow_client_is_disconnected_and_resumes_without_loss(api: Api, crm: str) -> None:
    received: list[str] = []
    with opened(api) as stream:
        with psycopg.connect(crm) as connection:
            connection.execute(
                "insert into agent_activity_log (agent_id, activity_type, title, description)"
                " select 'agent-1', 'call', n, repeat('x', 10000)"
                " from generate_series(1, 4000) as n"
            )
        log(crm, "end")
        wait_until(lambda: pollers(crm) == 0)
        events = list(stream)
    assert (events[-1].name, events[-1].data) == ("end", {"reason": "too_slow"})
    received += titles(events[:-1])
    assert 0 < len(received) < 4000
    with opened(api, after=events[-1].id) as stream:
        received += stream.titles_until("end")
    assert received == [str(n) for n in range(1, 4001)]


def test_a_client_that_never_reads_is_disconnected(
    api: Api, crm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.activities.stream.response.UNREAD_SECONDS", 0.2)
    with opened(api) as stream:
        with psycopg.connect(crm) as connection:
            connection.execute(
                "insert into agent_activity_log (agent_id, activity_type, title, description)"
                " select 'agent-1', 'call', n, repeat('x', 10000)"
                " from generate_series(1, 4000) as n"
            )
        wait_until(lambda: pollers(crm) == 0)
        assert stream.answer.status_code == 200
