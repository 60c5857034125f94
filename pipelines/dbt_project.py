"""The dbt project: its folders, its environment variables and its parsed manifest.

`manifest_path` parses the project if a file has changed. Only functions that parse or build import
dbt, because the import takes longer than the rest of the pipeline.
"""

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from config import paths
from config.environment import environment
from config.settings import Settings

NO_SERVER = "postgresql://unused@localhost"
EMBEDDED_WAREHOUSE = "warehouse"
DATABASE = "DBT_WAREHOUSE_DBNAME"
APPLICATION_NAME = "DBT_WAREHOUSE_APPLICATION_NAME"
# Keys are libpq's names. dbt leaves variables that begin with DBT_ENV_SECRET out of its logs.
CONNECTION_VARIABLES = {
    "host": "DBT_WAREHOUSE_HOST",
    "port": "DBT_WAREHOUSE_PORT",
    "user": "DBT_WAREHOUSE_USER",
    "password": "DBT_ENV_SECRET_WAREHOUSE_PASSWORD",
    "dbname": DATABASE,
    "sslmode": "DBT_WAREHOUSE_SSLMODE",
    "sslrootcert": "DBT_WAREHOUSE_SSLROOTCERT",
    "sslcert": "DBT_WAREHOUSE_SSLCERT",
    "sslkey": "DBT_WAREHOUSE_SSLKEY",
}
PARTIAL_PARSE = "partial_parse.msgpack"
LONGEST_BUILD_SECONDS = 86_400
# dbt's events arrive by callbacks instead.
SILENT = ("--quiet", "--log-level", "none", "--log-level-file", "none")


class DbtError(RuntimeError):
    """dbt failed; the message names the models and tests, one line each."""

    def __init__(self, message: str, *, is_permanent: bool = False) -> None:
        """`is_permanent`: a retry would not help, and the marts must be rebuilt.

        So it is if a check found wrong data, or if dbt did not stop.
        """
        super().__init__(message)
        self.is_permanent = is_permanent


def manifest_path(settings: Settings) -> Path:
    """Returns the manifest; parses the project if a file, time zone, currency or database changed.

    Raises DbtError if the project does not parse.
    """
    folder = settings.home / "dbt"
    manifest = folder / "manifest.json"
    stamp = folder / "parsed_from"
    url = settings.warehouse_database_url
    database = database_name(url) if url else EMBEDDED_WAREHOUSE
    variables = f"{settings.analytics_timezone} {settings.analytics_currency}"
    parsed_from = f"{variables} {database} {contents()}"
    if not manifest.exists() or not stamp.exists() or stamp.read_text() != parsed_from:
        with target_folder(settings) as target:
            parse(settings, database, target, "--write-json")
            (target / "manifest.json").replace(manifest)
        stamp.write_text(parsed_from)
    return manifest


def parse(settings: Settings, database: str, target: Path, artifacts: str) -> Any:
    """Returns dbt's manifest of the project for a warehouse database, without connecting to it.

    Parses only files that changed since the last parse of this home. `artifacts`:
    `--write-json` writes the manifest to `target` as well, `--no-write-json` does not.
    Raises DbtError if the project does not parse.
    """
    cached = settings.home / "dbt" / PARTIAL_PARSE
    if cached.exists():
        shutil.copy(cached, target)
    # dbt parses all files again if host, port or user changed, so pass fixed ones.
    with dbt_environment(settings, {**connection_variables(NO_SERVER), DATABASE: database}):
        parsed = invoke([artifacts, "parse", *folders(target)])
    if not parsed.success:
        raise DbtError(f"dbt parse: {parsed.exception}")
    (target / PARTIAL_PARSE).replace(cached)
    return parsed.result


def invoke(arguments: list[str], **runner: Any) -> Any:
    """Returns the result of a dbt command; `runner` are arguments of dbt's `dbtRunner`.

    Raises an interruption, which dbtRunner would return like any other failure.
    """
    root = logging.getLogger()
    handlers = [*root.handlers]
    from dbt.cli.main import dbtRunner

    # A library that dbt imports adds a handler to the root logger, which would print Dagster's
    # lines twice. Remove it.
    root.handlers = handlers
    result = dbtRunner(**runner).invoke([*SILENT, *arguments])
    if result.exception is not None and not isinstance(result.exception, Exception):
        raise result.exception
    return result


@contextmanager
def target_folder(settings: Settings) -> Iterator[Path]:
    """Creates a target folder for one dbt command: processes may run dbt concurrently."""
    home = settings.home / "dbt"
    home.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(home)
    with tempfile.TemporaryDirectory(dir=home, prefix="target-") as target:
        yield Path(target)


def _remove_left_behind(home: Path) -> None:
    """Removes the folders of processes that were killed."""
    for folder in home.glob("target-*"):
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > LONGEST_BUILD_SECONDS:
                shutil.rmtree(folder)


def folders(target: Path) -> list[str]:
    """Returns dbt's options for the project, profiles, target and log folders."""
    project = paths.DBT_PROJECT
    named = {"--project-dir": project, "--profiles-dir": project, "--target-path": target}
    options = [part for name, path in named.items() for part in (name, str(path))]
    return [*options, "--log-path", str(target)]


def contents() -> str:
    """Returns a hash of the project's files; modification times may be wrong after a copy."""
    digest = hashlib.sha256()
    for path in sorted(paths.DBT_PROJECT.rglob("*")):
        if path.suffix in {".sql", ".yml", ".csv"} and "target" not in path.parts:
            digest.update(str(path.relative_to(paths.DBT_PROJECT)).encode() + path.read_bytes())
    return digest.hexdigest()


def database_name(warehouse_url: str) -> str:
    """Returns the name of the URL's database by libpq's rules."""
    return connection_variables(warehouse_url)[DATABASE]


def connection_variables(warehouse_url: str) -> dict[str, str]:
    """Returns the variables that profiles.yml reads: parts of the URL, else libpq's defaults."""
    defaults = {
        option.keyword.decode(): option.val.decode()
        for option in pq.Conninfo.get_defaults()
        if option.val is not None
    }
    parts = {**defaults, **conninfo_to_dict(warehouse_url)}
    parts.setdefault("dbname", parts["user"])
    return {variable: str(parts.get(name, "")) for name, variable in CONNECTION_VARIABLES.items()}


def dbt_environment(
    settings: Settings, connection: Mapping[str, str]
) -> AbstractContextManager[None]:
    """Sets dbt's environment variables in this process for the block."""
    return environment(**connection, **project_variables(settings))


def project_variables(settings: Settings) -> dict[str, str]:
    """Returns the variables that the project's SQL reads, and those that turn off telemetry."""
    as_of = settings.analytics_as_of
    return {
        "ANALYTICS_TIMEZONE": settings.analytics_timezone,
        "ANALYTICS_AS_OF": as_of.isoformat() if as_of else "",
        "ANALYTICS_CURRENCY": settings.analytics_currency or "",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
