"""A shutdown completes running requests, within limits."""

import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.observability.traces import SEND_SECONDS
from cli.processes.process_reaper import TERM_SECONDS
from cli.processes.process_supervisor import END_SECONDS
from cli.serve import SHUTDOWN_SECONDS, is_free, serve
from config.environment import environment
from config.settings import Settings
from tests.support.lock_waits import statements_that_wait
from tests.support.servers.addresses import answers, free_port
from tests.support.servers.api_server import Api, api_command_line, fill
from tests.support.servers.command_line import processes_of
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases

if TYPE_CHECKING:
    import subprocess

    import httpx

KPIS = "/agent/analytics/kpis"


def started(
    home: Path, databases: Databases, workers: int, **variables: str
) -> tuple[Api, "subprocess.Popen[str]"]:
    command_line = api_command_line(home, databases, **variables)
    port = free_port(18800)
    server = command_line.start("serve", "--port", str(port), "--workers", str(workers))
    api = Api(f"http://127.0.0.1:{port}")
    wait_until(lambda: answers(f"{api.url}/health/ready"))
    return api, server


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_answer_under_way_is_sent_and_the_exit_code_is_0(
    tmp_path: Path, databases: Databases, workers: int, number: signal.Signals
) -> None:
    fill(databases.warehouse)
    admin = free_port(19500)
    # Spans without a collector must not delay the shutdown.
    variables = {
        "API_ADMIN_PORT": str(admin),
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    }
    api, server = started(tmp_path, databases, workers, **variables)
    found: list[httpx.Response] = []
    try:
        for other in range(workers):
            wait_until(lambda port=admin + other: not is_free("127.0.0.1", port))
        with psycopg.connect(databases.warehouse) as lock:
            lock.execute("lock table serving.agent_kpis in access exclusive mode")
            requesting = threading.Thread(target=lambda: found.append(api.get(KPIS)))
            requesting.start()
            with psycopg.connect(databases.warehouse, autocommit=True) as other_session:
                wait_until(lambda: len(statements_that_wait(other_session)) == 1)
            if workers > 1:
                option = f"--timeout-graceful-shutdown {SHUTDOWN_SECONDS} "
                assert any(option in command for command in processes_of(tmp_path).values())
            server.send_signal(number)
            time.sleep(0.5)
        requesting.join(PATIENCE)
        assert server.wait(PATIENCE) == 0
    finally:
        server.kill()
        server.wait()
        api.client.close()
    [answer] = found
    assert answer.status_code == 200
    assert answer.json()["agentId"] == "agent-1"


def test_uvicorn_has_a_limit_for_open_responses(
    tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: dict[str, object] = {}
    monkeypatch.setattr("uvicorn.run", lambda _application, **given: options.update(given))
    with environment(**api_command_line(tmp_path, databases).environment):
        serve(Settings(_env_file=None), "127.0.0.1", free_port(18900), workers=1)
    assert options["timeout_graceful_shutdown"] == SHUTDOWN_SECONDS


def test_each_limit_of_a_shutdown_leaves_time_for_those_inside_it() -> None:
    assert SHUTDOWN_SECONDS + SEND_SECONDS <= TERM_SECONDS < END_SECONDS
