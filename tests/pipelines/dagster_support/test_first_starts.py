"""First starts in a row on a busy machine: Dagster processes that start together all open."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Barrier
from pathlib import Path

import dagster as dg
import pytest

from pipelines.dagster_support.home import configure
from tests.conftest import PostgresServer
from tests.support.waiting import PATIENCE
from warehouse.databases import Databases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

FIRST_STARTS = 20
# Code server, daemon, webserver, and a refresh.
PROCESSES = 4


def open_instance(home: str, variables: dict[str, str], together: Barrier) -> None:
    os.environ.update(variables)
    together.wait(PATIENCE)
    with dg.DagsterInstance.from_config(f"{home}/dagster") as instance:
        assert instance.get_runs_count() == 0


def spin() -> None:
    while True:
        pass


@contextmanager
def busy_machine(context: ForkServerContext) -> Iterator[None]:
    """Twice as many processes that never wait as there are processors."""
    spinning = [context.Process(target=spin, daemon=True) for _ in range(2 * (os.cpu_count() or 1))]
    for process in spinning:
        process.start()
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.join()


def test_twenty_first_starts_in_a_row_succeed_on_a_busy_machine(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dagster", "pipelines.dagster_support.storage", __name__])
    ended: list[int | None] = []
    with busy_machine(context):
        for number in range(FIRST_STARTS):
            home = tmp_path / str(number)
            with postgres_server.database() as name:
                databases = Databases("", "", "", "", postgres_server.url(name))
                variables = configure(home, databases)
                together = context.Barrier(PROCESSES)
                processes = [
                    context.Process(target=open_instance, args=(str(home), variables, together))
                    for _ in range(PROCESSES)
                ]
                for process in processes:
                    process.start()
                for process in processes:
                    process.join(PATIENCE)
                    ended.append(process.exitcode)
    assert ended == [0] * (FIRST_STARTS * PROCESSES)
