"""Paging returns every activity that existed at the first page exactly once, in order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.support.crm.activity_log import insert, log
from tests.support.servers.api_server import Api

pytest_plugins = ("tests.support.fixtures.api",)
ACTIVITIES = "/agent/analytics/activities"
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def number_titles(crm: str) -> list[str]:
    """Titles every activity by its row's number, which its id does not tell; newest first."""
    with psycopg.connect(crm) as connection:
        connection.execute("update agent_activity_log set title = id::text")
        query = "select title from agent_activity_log order by timestamp desc, id desc"
        return [row[0] for row in connection.execute(query)]


def pages(api: Api, limit: int) -> Iterator[list[tuple[str, str]]]:
    """Id and title of each activity."""
    query: dict[str, str | int] = {"limit": limit}
    while True:
        body = api.get(ACTIVITIES, params=query).json()
        yield [(activity["id"], activity["title"]) for activity in body["activities"]]
        if body["nextCursor"] is None:
            return
        query["cursor"] = body["nextCursor"]


def test_500_activities_of_one_instant_come_once_each_while_others_are_logged(
    api: Api, crm: str
) -> None:
    insert(crm, *({"title": "old", "timestamp": NOON} for _ in range(500)))
    old = number_titles(crm)
    seen: list[tuple[str, str]] = []
    for page in pages(api, limit=37):
        seen += page
        log(crm, "now")
        insert(crm, {"title": "same instant", "timestamp": NOON})
        insert(crm, {"title": "earlier", "timestamp": NOON - timedelta(days=1)})
    assert [title for _, title in seen if title in set(old)] == old
    assert len(seen) == len(set(seen))


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    limit=st.integers(1, 5),
    hours=st.lists(st.integers(0, 3), max_size=12),
    inserted=st.lists(st.integers(-1, 4), max_size=6),
)
def test_whatever_is_logged_meanwhile_what_was_there_comes_once_and_in_order(
    api: Api, crm: str, limit: int, hours: list[int], inserted: list[int]
) -> None:
    with psycopg.connect(crm) as connection:
        connection.execute("truncate agent_activity_log")
    insert(crm, *({"timestamp": NOON + timedelta(hours=each)} for each in hours))
    old = number_titles(crm)
    more = iter(inserted)
    seen: list[tuple[str, str]] = []
    for page in pages(api, limit):
        seen += page
        if (hour := next(more, None)) is not None:
            insert(crm, {"timestamp": NOON + timedelta(hours=hour)})
    assert [title for _, title in seen if title in set(old)] == old
    assert len(seen) == len(set(seen))
