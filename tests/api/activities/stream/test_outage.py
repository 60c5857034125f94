"""An open stream survives an outage of the operational database and loses no event."""

from pathlib import Path

import pytest

from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.support.clients.event_stream import opened
from tests.support.crm.activity_log import log
from tests.support.servers.api_server import fill, serving, settings
from tests.support.servers.own_postgres import frozen, own_server
from tests.support.waiting import wait_until
from warehouse.databases import Databases
from warehouse.embedded.shared_server import Server
from warehouse.migrate import migrate_warehouse

pytest_plugins = ("tests.support.fixtures.own_postgres",)

ACTIVITIES = "/agent/analytics/activities"


def migrated(server: Server) -> Databases:
    databases = Databases(
        server.url("operational"),
        server.url("warehouse"),
        server.api_url("operational"),
        server.api_url("warehouse"),
        None,
    )
    migrate_operational(databases.operational, LeadsMapping(), databases.api_operational)
    migrate_warehouse(databases.warehouse, databases.api_warehouse)
    fill(databases.warehouse)
    return databases


def test_a_stream_and_the_timeline_continue_after_a_restart(directory: Path) -> None:
    with own_server(directory) as server:
        databases = migrated(server)
        running = serving(settings(), databases)
        api = running.__enter__()
        listening = opened(api)
        stream = listening.__enter__()
        log(databases.operational, "before")
        assert stream.next().data["title"] == "before"
    try:
        wait_until(lambda: api.get(ACTIVITIES).status_code == 503)
        with own_server(directory):
            log(databases.operational, "after")
            event = stream.next()
            assert event.data["title"] == "after"
            assert api.get(ACTIVITIES).json()["activities"][0] == event.data
    finally:
        listening.__exit__(None, None, None)
        running.__exit__(None, None, None)


def test_a_stream_continues_after_an_unresponsive_database(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.activities.stream.poller.TIMEOUT_SECONDS", 1.0)
    with own_server(directory) as server:
        databases = migrated(server)
        with serving(settings(), databases) as api, opened(api) as stream:
            log(databases.operational, "before")
            assert stream.next().data["title"] == "before"
            with frozen(server):
                for path in (ACTIVITIES, f"{ACTIVITIES}/stream"):
                    answer = api.get(path)
                    assert answer.status_code == 503
                    assert answer.json() == {"error": "Operational database unavailable"}
            log(databases.operational, "after")
            assert stream.next().data["title"] == "after"
