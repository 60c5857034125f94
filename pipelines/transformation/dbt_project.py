"""The dbt project: parsed, and with what it reads from its environment."""

import hashlib
import logging
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from config import paths
from config.environment import environment
from config.settings import Settings

NO_WAREHOUSE = "postgresql://nobody:@localhost/nothing"
# What is told comes through a callback.
UNTOLD = ("--quiet", "--log-level", "none", "--log-level-file", "none")


class DbtError(RuntimeError):
    """dbt failed; the message names the models and tests, one line each."""

    def __init__(self, message: str, *, is_refusal: bool = False) -> None:
        """`is_refusal`: a check found wrong data, so that a second try finds the same."""
        super().__init__(message)
        self.is_refusal = is_refusal


def manifest_path(settings: Settings) -> Path:
    """The parsed project, parsed again where a file of it or the time zone is another.

    Raises DbtError where the project does not parse.
    """
    target = settings.home / "dbt"
    manifest = target / "manifest.json"
    stamp = target / "parsed_from"
    parsed_from = f"{settings.analytics_timezone} {contents()}"
    if not manifest.exists() or not stamp.exists() or stamp.read_text() != parsed_from:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as aside:
            url = settings.warehouse_database_url or NO_WAREHOUSE
            parse(settings, url, paths.DBT_PROJECT, Path(aside), "--write-json")
            (Path(aside) / "manifest.json").replace(manifest)
        stamp.write_text(parsed_from)
    return manifest


def parse(
    settings: Settings, warehouse_url: str, project: Path, target: Path, artifacts: str
) -> Any:
    """dbt's own manifest of a project for a warehouse, which it names but does not reach.

    `artifacts`: `--write-json` or `--no-write-json`, whether it is written to `target` as well.
    """
    with dbt_environment(settings, warehouse_url):
        parsed = invoke([artifacts, "parse", *directory_options(project, target)])
    if not parsed.success:
        raise DbtError(f"dbt parse: {parsed.exception}")
    return parsed.result


def invoke(arguments: list[str], **given: Any) -> Any:
    """What came of a command of dbt; what is `given` is its `dbtRunner`'s.

    Raises an interruption, which dbt tells as a failure like any other.
    """
    root = logging.getLogger()
    handlers = [*root.handlers]
    from dbt.cli.main import dbtRunner

    # A library of dbt's adds a handler to the root logger, which would tell Dagster's lines twice.
    root.handlers = handlers
    outcome = dbtRunner(**given).invoke([*UNTOLD, *arguments])
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        raise outcome.exception
    return outcome


def directory_options(project: Path, target: Path) -> list[str]:
    """The options that name the project, and what dbt writes to."""
    directories = {"--project-dir": project, "--profiles-dir": project, "--target-path": target}
    options = [part for name, path in directories.items() for part in (name, str(path))]
    return [*options, "--log-path", str(target)]


def contents() -> str:
    """A hash of the project's files: their times say nothing after a copy."""
    digest = hashlib.sha256()
    for path in sorted(paths.DBT_PROJECT.rglob("*")):
        if path.suffix in {".sql", ".yml", ".csv"} and "target" not in path.parts:
            digest.update(str(path.relative_to(paths.DBT_PROJECT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _connection_variables(warehouse_url: str) -> dict[str, str]:
    """The parts of the URL as libpq reads them, for a profile that has no such reader."""
    parts = conninfo_to_dict(warehouse_url)
    names = {
        "host": "DBT_WAREHOUSE_HOST",
        "port": "DBT_WAREHOUSE_PORT",
        "user": "DBT_WAREHOUSE_USER",
        "password": "DBT_ENV_SECRET_WAREHOUSE_PASSWORD",
        "dbname": "DBT_WAREHOUSE_DBNAME",
        "sslmode": "DBT_WAREHOUSE_SSLMODE",
        "sslrootcert": "DBT_WAREHOUSE_SSLROOTCERT",
    }
    return {names[key]: str(value) for key, value in parts.items() if key in names}


def dbt_environment(settings: Settings, warehouse_url: str) -> AbstractContextManager[None]:
    """What the project reads from its environment, and nothing that phones home."""
    return environment(
        WAREHOUSE_DATABASE_URL=warehouse_url,
        **_connection_variables(warehouse_url),
        ANALYTICS_TIMEZONE=settings.analytics_timezone,
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        DO_NOT_TRACK="1",
    )
