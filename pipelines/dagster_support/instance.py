"""Dagster instance of a home: opened, migrated, and cleared of runs that were killed."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.storage.tags import GRPC_INFO_TAG

from pipelines.dagster_support.home import configure
from pipelines.dagster_support.run_lock import has_lost_process, remove_run_lock
from warehouse.databases import Databases

POOL = "warehouse"
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def migrate_dagster(home: Path, databases: Databases) -> None:
    """Creates Dagster's storage tables, and upgrades those of an earlier version of Dagster."""
    os.environ.update(configure(home, databases))
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        instance.upgrade()


@contextmanager
def dagster_instance(home: Path, databases: Databases) -> Iterator[dg.DagsterInstance]:
    """Opens the instance of this home, and marks killed runs as failed."""
    os.environ.update(configure(home, databases))
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        if POOL not in instance.event_log_storage.get_concurrency_keys():
            # Dagster's UI shows a pool's limit only after its first use.
            instance.event_log_storage.initialize_concurrency_limit_to_default(POOL)
        fail_killed_runs(instance, home)
        yield instance


def fail_killed_runs(instance: dg.DagsterInstance, home: Path) -> None:
    """Fails runs of this home that cannot end by themselves, and frees their pool slots.

    These are runs of the command line whose process was killed, and runs that a code server
    launched that is gone: its children never outlive it.
    """
    for run in instance.get_runs(dg.RunsFilter(statuses=UNFINISHED)):
        if not (has_lost_process(home, run.run_id) or _has_lost_code_server(run, home)):
            continue
        # Read the run again: one that ended since the query released its lock by itself.
        current = instance.get_run_by_id(run.run_id)
        if current is not None and not current.is_finished:
            instance.report_run_failed(current, "The process of this run was killed.")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        remove_run_lock(home, run.run_id)


def _has_lost_code_server(run: dg.DagsterRun, home: Path) -> bool:
    path = json.loads(run.tags.get(GRPC_INFO_TAG, "{}")).get("socket")
    if path is None or not Path(path).is_relative_to(home):
        return False
    with closing(socket.socket(socket.AF_UNIX)) as client:
        return client.connect_ex(path) != 0
