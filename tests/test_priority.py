"""Who goes first on a busy machine: sessions of agents, before those of the pipeline."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import wait_until_stopped
from warehouse.embedded import API_ROLE, Server, embedded_server
from warehouse.priority import NICE, give_way

DEADLINE_SECONDS = 30.0
LOWEST = 19


@pytest.fixture
def server(server_directory: Path) -> Iterator[Server]:
    directory = server_directory / "priority" / "postgres"
    with embedded_server(directory, databases=["warehouse"], durable=False) as server:
        yield server
    wait_until_stopped(directory)


def group_priority(pid: int) -> int | None:
    """The nice value that the kernel gives a session as a whole, where it has such groups."""
    group = Path("/proc") / str(pid) / "autogroup"
    return int(group.read_text().split()[-1]) if group.exists() else None


def is_lowered(pid: int) -> bool:
    return os.getpriority(os.PRIO_PROCESS, pid) >= NICE and group_priority(pid) in (NICE, None)


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def test_sessions_of_the_pipeline_give_way_to_those_of_the_api(server: Server) -> None:
    with psycopg.connect(server.url("warehouse"), autocommit=True) as owner:
        owner.execute(f"create role {API_ROLE} login password '{server.api_password}'".encode())
        with psycopg.connect(server.api_url("warehouse")) as api:
            before = os.getpriority(os.PRIO_PROCESS, server.pid)

            assert eventually(lambda: is_lowered(owner.info.backend_pid))

            assert os.getpriority(os.PRIO_PROCESS, api.info.backend_pid) == before
            assert group_priority(api.info.backend_pid) in (0, None)
            assert group_priority(server.pid) in (0, None)


def test_parallel_workers_of_the_pipeline_give_way_as_well(server: Server) -> None:
    with psycopg.connect(server.url("warehouse"), autocommit=True) as owner:
        owner.execute("create table numbers as select generate_series(1, 2000) as number")
        owner.execute("set debug_parallel_query = on")
        working = owner.pgconn
        working.send_query(
            b"select count(*) from numbers as one, numbers as two, numbers as three"
            b" where one.number + two.number + three.number < 0"
        )
        with psycopg.connect(server.url("warehouse"), autocommit=True) as watching:

            def workers() -> list[int]:
                found = watching.execute(
                    "select pid from pg_stat_activity where leader_pid = %s",
                    [owner.info.backend_pid],
                )
                return [pid for (pid,) in found]

            try:
                assert eventually(lambda: any(is_lowered(pid) for pid in workers()))
            finally:
                watching.execute("select pg_cancel_backend(%s)", [owner.info.backend_pid])
                while working.get_result():
                    pass


def test_a_run_gives_way_and_never_takes_it_back() -> None:
    child = os.fork()
    if child == 0:
        give_way()
        first = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, LOWEST)
        give_way()
        os._exit(0 if first >= NICE and os.getpriority(os.PRIO_PROCESS, 0) == LOWEST else 1)

    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
