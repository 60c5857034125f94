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
    """Writes `dagster.yaml`; the environment that a Dagster process of this home needs."""
    directory = home / "dagster"
    directory.mkdir(parents=True, exist_ok=True)
    configuration = yaml.safe_load(DAGSTER_YAML.read_text())
    environment = {
        "DAGSTER_HOME": str(directory),
        "DO_NOT_TRACK": "1",
        # A range of days is an event per asset and day: written one by one they outlast the work.
        "DAGSTER_EVENT_BATCH_SIZE": "1000",
    }
    if databases.dagster:
        environment["DAGSTER_DATABASE_URL"] = databases.dagster
    else:
        del configuration["storage"]
    _write(directory / "dagster.yaml", configuration)
    return environment


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
    _write(workspace, {"load_from": [{"grpc_server": server}]})
    return socket, workspace


def _write(file: Path, document: object) -> None:
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_text(yaml.safe_dump(document))
    unfinished.replace(file)
