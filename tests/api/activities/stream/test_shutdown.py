"""Open streams do not delay a shutdown: they get an `end` event and are closed first."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.support.clients.event_stream import opened, pollers
from tests.support.crm.activity_log import log
from tests.support.servers.addresses import answers, free_port
from tests.support.servers.api_server import Api, api_command_line, fill
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases


@contextmanager
def served(
    home: Path, databases: Databases, workers: str
) -> Iterator[tuple[Api, subprocess.Popen[str]]]:
    command_line = api_command_line(home, databases)
    port = free_port(18700)
    server = command_line.start("serve", "--port", str(port), "--workers", workers)
    try:
        api = Api(f"http://127.0.0.1:{port}")
        wait_until(lambda: answers(f"{api.url}/health/ready"))
        with api.client:
            yield api, server
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_terminated_ends_its_streams_first(
    tmp_path: Path, databases: Databases, workers: str, number: signal.Signals
) -> None:
    fill(databases.warehouse)
    with served(tmp_path, databases, workers) as (api, server), opened(api) as stream:
        log(databases.operational, "Call")
        assert stream.next().data["title"] == "Call"
        server.send_signal(number)
        events = list(stream)
        server.wait(PATIENCE)
    assert [(event.name, event.data) for event in events] == [
        ("end", {"reason": "server_shutdown"})
    ]


def test_a_client_that_does_not_read_its_end_does_not_hold_up_the_server(
    tmp_path: Path, databases: Databases
) -> None:
    fill(databases.warehouse)
    with served(tmp_path, databases, "1") as (api, server), opened(api):
        with psycopg.connect(databases.operational) as connection:
            connection.execute(
                "insert into agent_activity_log (agent_id, activity_type, description)"
                " select 'agent-1', 'call', repeat('x', 10000) from generate_series(1, 4000)"
            )
        wait_until(lambda: pollers(databases.operational) == 0)
        server.terminate()
        server.wait(PATIENCE)
