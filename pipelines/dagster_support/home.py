"""DAGSTER_HOME of the command line: instance file, workspace, and environment of its processes."""

import os
import shutil
from pathlib import Path

import yaml

from config.paths import DAGSTER_YAML
from config.user_error import UserError
from warehouse.databases import Databases

LOCATION = "agent_analytics"
WORKSPACE = {
    "load_from": [
        {"python_module": {"module_name": "pipelines.definitions", "location_name": LOCATION}}
    ]
}
LONGEST_FOLDER = 90


def configure(home: Path, databases: Databases) -> dict[str, str]:
    """Copies `dagster.yaml` into DAGSTER_HOME; returns the environment for Dagster processes."""
    directory = home / "dagster"
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "dagster.yaml", DAGSTER_YAML.read_text())
    return {
        "AGENT_ANALYTICS_HOME": str(home),
        "DAGSTER_HOME": str(directory),
        "DAGSTER_DATABASE_URL": databases.dagster or "",
        "DO_NOT_TRACK": "1",
        # Dagster writes an event per asset and day of a range. Without batches this takes longer
        # than the rest of the run.
        "DAGSTER_EVENT_BATCH_SIZE": "1000",
    }


def write_workspace(home: Path) -> Path:
    """Writes the workspace file of `dagster dev`."""
    file = home / "dagster" / "workspace.yaml"
    _write(file, yaml.safe_dump(WORKSPACE))
    return file


def new_socket_folder(home: Path) -> Path:
    """Empties and returns the folder of the code server's socket, for TMPDIR.

    The path of the socket shows which runs this home's code server launched, and whether it is
    alive.
    """
    folder = home / "dagster" / "tmp"
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        raise UserError(f"AGENT_ANALYTICS_HOME: path is too long for a Unix socket: {home}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _write(file: Path, text: str) -> None:
    # A deployment may mount the file read-only, with the same content.
    if file.exists() and file.read_text() == text:
        return
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.replace(file)
