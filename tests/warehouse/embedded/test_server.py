"""The embedded Postgres: shared while in use, stopped after, and recovered after any kill."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.conftest import wait_until_stopped
from tests.support.waiting import wait_until
from warehouse.embedded.shared_server import EmbeddedPostgresError, Server, embedded_server

USER = """
import sys
from pathlib import Path
from warehouse.embedded.shared_server import embedded_server

with embedded_server(Path(sys.argv[1]), durable=False) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""
homes = count(1)


@pytest.fixture
def directory(server_directory: Path) -> Iterator[Path]:
    """Directory of a server; waits until the server has stopped after the test."""
    directory = server_directory / f"home_{next(homes)}" / "postgres"
    yield directory
    wait_until_stopped(directory)
    shutil.rmtree(directory.parent, ignore_errors=True)


class OtherUser:
    """Another process that uses the server until it leaves or is killed."""

    def __init__(self, directory: Path) -> None:
        command = [sys.executable, "-c", USER, str(directory)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def server_pid(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def execute(server: Server, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_the_first_user_starts_the_server_and_the_last_stops_it(directory: Path) -> None:
    with embedded_server(directory, durable=False) as server:
        other = OtherUser(directory)
        assert other.server_pid() == server.pid
    assert execute(server, "select 1") == [(1,)]
    other.leave()
    wait_until_stopped(directory)
    with pytest.raises(psycopg.OperationalError):
        execute(server, "select 1")


def test_three_users_that_start_together_share_one_server(directory: Path) -> None:
    users = [OtherUser(directory) for _ in range(3)]
    assert len({user.server_pid() for user in users}) == 1
    for user in users:
        user.leave()


def test_data_and_port_survive_a_stop(directory: Path) -> None:
    with embedded_server(directory, durable=False) as first:
        execute(first, "create table answers as select 42 as answer")
    wait_until_stopped(directory)
    with embedded_server(directory, durable=False) as second:
        assert second.pid != first.pid
        assert second.port == first.port
        assert execute(second, "select answer from answers") == [(42,)]


def test_a_port_in_use_is_replaced(directory: Path) -> None:
    with embedded_server(directory, durable=False) as first:
        pass
    wait_until_stopped(directory)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first.port))
        taken.listen()
        with embedded_server(directory, durable=False) as second:
            assert second.port != first.port
            assert execute(second, "select 1") == [(1,)]


def test_a_killed_user_leaves_nothing_running(directory: Path) -> None:
    user = OtherUser(directory)
    user.server_pid()
    user.kill()
    wait_until_stopped(directory)


def test_a_killed_user_does_not_stop_the_server_of_others(directory: Path) -> None:
    user = OtherUser(directory)
    user.server_pid()
    with embedded_server(directory, durable=False) as server:
        user.kill()
        later = OtherUser(directory)
        assert later.server_pid() == server.pid
        later.leave()
        assert execute(server, "select 1") == [(1,)]


def test_a_killed_supervisor_stops_the_server_and_the_next_start_recovers(
    directory: Path,
) -> None:
    with embedded_server(directory, durable=False) as first:
        execute(first, "create table answers as select 42 as answer")
        os.kill(first.supervisor_pid, signal.SIGKILL)
        with embedded_server(directory, durable=False) as second:
            assert second.pid != first.pid
            assert execute(second, "select answer from answers") == [(42,)]


def test_a_killed_supervisor_leaves_nothing_running(
    directory: Path,
) -> None:
    user = OtherUser(directory)
    user.server_pid()
    state = json.loads((directory / "server.json").read_text())
    os.kill(state["supervisor"], signal.SIGKILL)
    wait_until_stopped(directory)
    user.leave()


def test_a_killed_postgres_is_logged_and_restarted_with_its_data(
    directory: Path,
) -> None:
    with embedded_server(directory) as first:
        execute(first, "create table answers as select 42 as answer")
        os.kill(first.pid, signal.SIGKILL)
        with embedded_server(directory) as second:
            assert execute(second, "select answer from answers") == [(42,)]
    assert "Postgres exited with code -9" in (directory / "log").read_text()


def test_sigterm_to_the_supervisor_stops_postgres(directory: Path) -> None:
    with embedded_server(directory, durable=False) as server:
        os.kill(server.supervisor_pid, signal.SIGTERM)
        wait_until_stopped(directory)
    assert not (directory / "server.json").exists()


def test_an_interrupted_initdb_is_repeated(directory: Path) -> None:
    user = OtherUser(directory)
    wait_until((directory / "data.new").exists)
    user.kill()
    wait_until_stopped(directory)
    shutil.rmtree(directory / "data", ignore_errors=True)
    (directory / "data.new").mkdir(exist_ok=True)
    (directory / "data.new" / "half").touch()
    with embedded_server(directory, durable=False) as server:
        assert execute(server, "select 1") == [(1,)]


def test_a_stale_pid_file_with_a_reused_process_id_is_ignored(
    directory: Path,
) -> None:
    with embedded_server(directory, durable=False):
        pid_file = (directory / "data" / "postmaster.pid").read_text()
    wait_until_stopped(directory)
    stale = "\n".join([str(os.getpid()), *pid_file.splitlines()[1:]])
    (directory / "data" / "postmaster.pid").write_text(stale)
    with embedded_server(directory, durable=False) as server:
        assert execute(server, "select 1") == [(1,)]


def test_the_server_listens_on_loopback_and_requires_a_password(directory: Path) -> None:
    with embedded_server(directory) as server:
        assert execute(server, "show listen_addresses") == [("127.0.0.1",)]
        assert execute(server, "show unix_socket_directories") == [("",)]
        assert execute(server, "show fsync") == [("on",)]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url("postgres").replace(server.password, "guess"))
        for name in ("credentials.json", "server.json", "log"):
            assert stat.S_IMODE((directory / name).stat().st_mode) == 0o600
        assert server.password not in repr(server)


def test_a_failed_start_reports_the_reason(directory: Path) -> None:
    with embedded_server(directory, durable=False):
        pass
    wait_until_stopped(directory)
    (directory / "data" / "PG_VERSION").write_text("9.6\n")
    with (
        pytest.raises(EmbeddedPostgresError, match=r"initialized by PostgreSQL version 9\.6"),
        embedded_server(directory, durable=False),
    ):
        pass


def test_a_missing_password_file_is_reported_with_a_remedy(directory: Path) -> None:
    with embedded_server(directory, durable=False):
        pass
    wait_until_stopped(directory)
    (directory / "credentials.json").unlink()
    with (
        pytest.raises(EmbeddedPostgresError, match=r"credentials\.json is missing"),
        embedded_server(directory, durable=False),
    ):
        pass


if os.geteuid() == 0:  # only root's server runs as another account

    def test_a_folder_that_the_server_cannot_enter_is_reported(directory: Path) -> None:
        directory.parent.mkdir(mode=0o700)
        with (
            pytest.raises(EmbeddedPostgresError, match=f"chmod o\\+x {directory.parent}`"),
            embedded_server(directory, durable=False),
        ):
            pass


def test_an_error_inside_the_block_is_not_changed(directory: Path) -> None:
    with pytest.raises(TimeoutError, match="mine"), embedded_server(directory, durable=False):
        raise TimeoutError("mine")
