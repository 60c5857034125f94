"""A client of the event stream, as a browser's would be: it keeps the last event id."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg

from tests.support.servers.api_server import Api, bearer, token

STREAM = "/agent/analytics/activities/stream"
POLLERS = "select count(*) from pg_stat_activity where application_name = 'agent-analytics-streams'"


@dataclass(frozen=True)
class Event:
    name: str
    data: dict[str, Any]
    id: str


class EventStream:
    """`last_event_id` moves with every block that names one, also where it is no event."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.last_event_id = ""
        self._lines = answer.iter_lines()

    def __iter__(self) -> Iterator[Event]:
        """Every event, until the server closes the stream."""
        name, data = "message", []
        for line in self._lines:
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
            elif field == "id":
                self.last_event_id = value
            elif not line and data:
                yield Event(name, json.loads("\n".join(data)), self.last_event_id)
                name, data = "message", []

    def next(self) -> Event:
        return next(iter(self))

    def place(self, comment: str) -> str:
        """Reads on to the end of the block with this comment, and returns its id."""
        while next(self._lines) != f": {comment}":
            pass
        self.last_event_id = next(self._lines).removeprefix("id: ")
        while next(self._lines):
            pass
        return self.last_event_id

    def titles_until(self, title: str) -> list[str]:
        """The titles of the activities that come before one, which is the last read."""
        titles = []
        for event in self:
            if event.name == "activity":
                if event.data["title"] == title:
                    return titles
                titles.append(event.data["title"])
        raise AssertionError(f"the stream ended before {title}")


def pollers(crm: str) -> int:
    """How many connections poll the operational database."""
    with psycopg.connect(crm) as connection:
        [(count,)] = connection.execute(POLLERS).fetchall()
    return int(count)


@contextmanager
def opened(
    api: Api, agent: str = "agent-1", after: str = "", **claims: object
) -> Iterator[EventStream]:
    """An open stream, from which on all is news to it."""
    headers = bearer(token(agent, **claims)) | ({"Last-Event-ID": after} if after else {})
    with api.client.stream("GET", STREAM, headers=headers) as answer:
        if answer.status_code != 200:
            answer.read()
        assert answer.status_code == 200, answer.text
        yield EventStream(answer)
