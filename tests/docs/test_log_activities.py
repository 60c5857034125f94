"""`docs/log-activities.md` works from another client, with the grants that it names."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.support.clients.event_stream import EventStream, opened
from tests.support.paths import DOCS
from tests.support.servers.api_server import Api

pytest_plugins = ("tests.support.fixtures.api",)

PAGE = (DOCS / "log-activities.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def crm_app(crm: str) -> Iterator[str]:
    """The URL of a role that may change leads, and what the page grants."""
    role = sql.Identifier("crm_app")
    with psycopg.connect(crm, autocommit=True) as owner:
        owner.execute("create role crm_app login password 'crm'")
        owner.execute("grant select, insert, update on leads to crm_app")
        owner.execute(blocks("sql")[0].encode())
        try:
            yield re.sub(r"//[^@]+@", "//crm_app:crm@", crm)
        finally:
            owner.execute(sql.SQL("drop owned by {0}; drop role {0}").format(role))


def next_activities(stream: EventStream, number: int) -> list[tuple[str, str]]:
    """The next activities, by type and title."""
    events = [stream.next() for _ in range(number)]
    return [(event.data["type"], event.data["title"]) for event in events]


def test_each_statement_of_the_page_reaches_the_stream_and_the_timeline(
    api: Api, crm_app: str
) -> None:
    expected = [
        ("assignment", "Lead Assigned"),
        ("status_change", "Status Changed"),
        ("status_change", "Status Changed"),
        ("conversion", "Lead Converted"),
        ("call", "Call"),
        ("email", "Offer sent"),
        ("meeting", "Demo"),
        ("conversion", "Sale Closed"),
    ]
    received = []
    with opened(api, "ana") as stream, psycopg.connect(crm_app, autocommit=True) as connection:
        for statement in blocks("sql")[1].split(";\n"):
            if statement.strip():
                connection.execute(statement.encode())
                received += next_activities(stream, 2 if "'won'" in statement else 1)
    assert received == expected
    page = api.get("/agent/analytics/activities", "ana").json()["activities"]
    # The sale that was logged replaces the trigger's entry of it.
    shown = [each for each in expected if each != ("conversion", "Lead Converted")]
    assert [(each["type"], each["title"]) for each in page] == list(reversed(shown))
    assert page[0]["metadata"] == {"leadId": "L-1", "revenue": 1250.5}
    assert page[3]["description"] == "Asked for an offer by Friday"


def test_the_python_program_of_the_page_reaches_the_stream(
    api: Api, crm: str, crm_app: str
) -> None:
    with psycopg.connect(crm) as owner:
        owner.execute("insert into leads (id, assigned_agent_id) values ('L-1', 'ana')")
    [program] = blocks("python")
    with opened(api, "ben") as stream:
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            env={**os.environ, "CRM_DATABASE_URL": crm_app},
        )
        received = next_activities(stream, 3)
    assert received == [
        ("assignment", "Lead Assigned"),
        ("call", "First call"),
        ("email", "Offer sent again"),
    ]


def test_the_node_program_of_the_page_sends_what_the_python_program_sends() -> None:
    [python], [node] = blocks("python"), blocks("js")
    statements = [
        re.sub(r"\$\d", "%s", statement)
        for statement in re.findall(r'"((?:select|update) [^"]*)"', node)
    ]
    assert statements == re.findall(r'"((?:select|update) [^"]*)"', python)


def test_the_page_names_every_word_that_is_shown(api: Api, crm: str) -> None:
    rows = re.findall(
        r"^\| (`.*?) \| (.*?) \|$", PAGE.split("## The event stream")[0], re.MULTILINE
    )
    words = {
        word: kind.strip("`")
        for kinds, names in rows
        for kind in kinds.split(", ")
        for word in (re.findall(r"`([^`]+)`", names) or [kind.strip("`")])
    }
    assert len(words) == 12
    with psycopg.connect(crm) as connection:
        for word in words:
            connection.execute("select log_agent_activity('ana', 'L-1', %s, %s)", [word, word])
    page = api.get("/agent/analytics/activities", "ana").json()["activities"]
    assert {each["title"]: each["type"] for each in page} == words
