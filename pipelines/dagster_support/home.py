"""The folder that the Dagster processes of a home share: configuration, workspace and socket."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import yaml

from config.paths import DAGSTER_YAML
from config.user_error import UserError
from warehouse.databases import Databases

LOCATION = "agent_analytics"
LONGEST_SOCKET = 100


def configure(home: Path, databases: Databases) -> dict[str, str]:
    """Copies `dagster.yaml` into DAGSTER_HOME; returns the environment of its Dagster processes."""
    directory = home / "dagster"
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "dagster.yaml", DAGSTER_YAML.read_text())
    return {
        "AGENT_ANALYTICS_HOME": str(home),
        "DAGSTER_HOME": str(directory),
        "DAGSTER_DATABASE_URL": databases.dagster or "",
        "DO_NOT_TRACK": "1",
        # A range of days has an event per asset and day: one by one, writing them takes longer
        # than the run's own work.
        "DAGSTER_EVENT_BATCH_SIZE": "1000",
    }


def new_code_server(home: Path) -> tuple[Path, Path]:
    """A socket of its own for each code server, and the workspace file that names it.

    So a run tells by its socket which code server has launched it, and whether that is alive.
    """
    directory = home / "dagster"
    for old in directory.glob("code-*.sock"):
        with suppress(FileNotFoundError):
            old.unlink()
    socket = directory / f"code-{secrets.token_hex(4)}.sock"
    if len(os.fsencode(socket)) > LONGEST_SOCKET:
        raise UserError(f"AGENT_ANALYTICS_HOME: {home} is too long a path to hold a socket")
    workspace = directory / "workspace.yaml"
    server = {"socket": str(socket), "location_name": LOCATION}
    _write(workspace, yaml.safe_dump({"load_from": [{"grpc_server": server}]}))
    return socket, workspace


def _write(file: Path, text: str) -> None:
    # A deployment may mount the file read-only, with the same content.
    if file.exists() and file.read_text() == text:
        return
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.replace(file)
