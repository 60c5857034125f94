"""Who goes first on a busy machine: sessions of agents, before those of the pipeline."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.conftest import wait_until_stopped
from tests.support.servers.command_line import wait_until
from warehouse.embedded.shared_server import API_ROLE, Server, embedded_server
from warehouse.niceness import NICE

DEADLINE_SECONDS = 30.0
LOWEST = 19
GIVING_WAY = """
import os
from tests.warehouse.test_priority import group_priority
from warehouse.niceness import lower_priority

lower_priority()
print(os.getpriority(os.PRIO_PROCESS, 0), group_priority(os.getpid()))
"""


@pytest.fixture
def server(server_directory: Path) -> Iterator[Server]:
    directory = server_directory / "priority" / "postgres"
    assert os.getpriority(os.PRIO_PROCESS, 0) < NICE, "nothing could be seen to be lowered"
    with embedded_server(directory, databases=["warehouse"], durable=False) as server:
        yield server
    wait_until_stopped(directory)


def group_priority(pid: int) -> int | None:
    """The nice value that the kernel gives a session as a whole, where it has such groups.

    The file of a session that is in none of them, such as a container's first one, is empty.
    """
    group = Path("/proc") / str(pid) / "autogroup"
    found = group.read_text().split() if group.exists() else []
    return int(found[-1]) if found else None


def is_lowered(pid: int) -> bool:
    return os.getpriority(os.PRIO_PROCESS, pid) >= NICE and group_priority(pid) in (NICE, None)


def test_sessions_of_the_pipeline_give_way_to_those_of_the_api(server: Server) -> None:
    with psycopg.connect(server.url("warehouse"), autocommit=True) as owner:
        owner.execute(
            sql.SQL("create role {} login password {}").format(
                sql.Identifier(API_ROLE), sql.Literal(server.api_password)
            )
        )
    before = os.getpriority(os.PRIO_PROCESS, server.pid)
    with psycopg.connect(server.api_url("warehouse")) as api:
        for _ in range(2):  # so that the sessions have been looked through once at least
            with psycopg.connect(server.url("warehouse"), autocommit=True) as owner:
                pid = owner.info.backend_pid
                wait_until(lambda pid=pid: is_lowered(pid), DEADLINE_SECONDS)

        assert os.getpriority(os.PRIO_PROCESS, api.info.backend_pid) == before < NICE
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
                wait_until(lambda: any(is_lowered(pid) for pid in workers()), DEADLINE_SECONDS)
            finally:
                watching.execute("select pg_cancel_backend(%s)", [owner.info.backend_pid])
                while working.get_result():
                    pass


def given_way(*, leads_its_session: bool, before: int) -> tuple[int, int | None]:
    """Priority of a process that has given way, and that of its session."""
    told = subprocess.run(
        ["nice", f"--adjustment={before}", sys.executable, "-c", GIVING_WAY],
        start_new_session=leads_its_session,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    priority, of_session = told.split()
    return int(priority), None if of_session == "None" else int(of_session)


def test_a_run_gives_way_and_its_session_where_it_is_alone_in_it() -> None:
    assert given_way(leads_its_session=False, before=0) == (
        NICE,
        group_priority(os.getpid()),
    )
    assert given_way(leads_its_session=True, before=0) in ((NICE, NICE), (NICE, None))


def test_whoever_has_given_way_further_stays_there() -> None:
    assert given_way(leads_its_session=False, before=LOWEST) == (
        LOWEST,
        group_priority(os.getpid()),
    )
