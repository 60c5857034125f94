"""The Dagster instance of a home: its configuration, and what killed runs have left in it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
import yaml
from dagster._core.storage.tags import GRPC_INFO_TAG

from pipelines.processes import ProcessIdentity
from warehouse.databases import Databases
from warehouse.settings import Settings

TEMPLATE = Path(__file__).parent / "dagster.yaml"
PROCESS_TAG = "agent-analytics/process"
POOL = "warehouse"
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@contextmanager
def dagster_instance(home: Path, databases: Databases) -> Iterator[dg.DagsterInstance]:
    """The instance that the Dagster UI of this home shows, mended."""
    configure(home, databases)
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        if POOL not in instance.event_log_storage.get_concurrency_keys():
            instance.event_log_storage.initialize_concurrency_limit_to_default(POOL)
        yield instance


def configure(home: Path, databases: Databases) -> dict[str, str]:
    """Writes `dagster.yaml`; the environment that a Dagster process of this home needs."""
    directory = home / "dagster"
    directory.mkdir(parents=True, exist_ok=True)
    configuration = yaml.safe_load(TEMPLATE.read_text())
    environment = {"DAGSTER_HOME": str(directory), "DO_NOT_TRACK": "1"}
    if databases.dagster:
        environment["DAGSTER_DATABASE_URL"] = databases.dagster
    else:
        del configuration["storage"]
    unfinished = directory / f"dagster.yaml.{os.getpid()}"
    unfinished.write_text(yaml.safe_dump(configuration))
    unfinished.replace(directory / "dagster.yaml")
    os.environ.update(environment)
    return environment


def fail_killed_runs(instance: dg.DagsterInstance, dead_socket: Path | None = None) -> int:
    """Marks runs that can no longer end by themselves as failed; how many these were.

    Such are the command line's own runs whose process is gone, and those that were launched
    through `dead_socket`, a code server that is known to have ended with all its children.
    """
    killed = [
        run
        for run in instance.get_runs(dg.RunsFilter(statuses=UNFINISHED))
        if _is_gone(run) or (dead_socket and _socket(run) == str(dead_socket))
    ]
    for run in killed:
        instance.report_run_failed(run, "The process of this run was killed.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return len(killed)


def _is_gone(run: dg.DagsterRun) -> bool:
    tag = run.tags.get(PROCESS_TAG)
    return tag is not None and ProcessIdentity.parse(tag).is_gone


def _socket(run: dg.DagsterRun) -> str | None:
    with suppress(KeyError, ValueError):
        socket: str | None = json.loads(run.tags[GRPC_INFO_TAG]).get("socket")
        return socket
    return None
