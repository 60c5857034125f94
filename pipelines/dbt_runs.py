"""Runs dbt inside the process of the Dagster run: nothing is imported or parsed a second time."""

import hashlib
import json
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pipelines.environment import environment
from warehouse.settings import Settings

PROJECT = Path(__file__).parent.parent / "dbt_project"
RESULT_EVENTS = {"LogModelResult", "LogTestResult", "LogSeedResult"}
PARTIAL_PARSE = "partial_parse.msgpack"
ROWS_NAMED = 10
LONGEST_BUILD_SECONDS = 86_400
NO_WAREHOUSE = "postgresql://nobody:@localhost/nothing"
# What is told comes through the callback.
UNTOLD = ("--quiet", "--log-level-file", "none")


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
    parsed_from = f"{settings.analytics_timezone} {_contents()}"
    if not manifest.exists() or not stamp.exists() or stamp.read_text() != parsed_from:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as aside:
            url = settings.warehouse_database_url or NO_WAREHOUSE
            parse(settings, url, Path(aside), "--write-json")
            (Path(aside) / "manifest.json").replace(manifest)
        stamp.write_text(parsed_from)
    return manifest


def parse(settings: Settings, warehouse_url: str, target: Path, artifacts: str) -> Any:
    """dbt's own manifest of the project for a warehouse, which it names but does not reach.

    `artifacts`: `--write-json` or `--no-write-json`, whether it is written to `target` as well.
    """
    from dbt.cli.main import dbtRunner

    with _environment(settings, warehouse_url):
        parsed = dbtRunner().invoke([*UNTOLD, artifacts, "parse", *_paths(target)])
    if parsed.exception is not None and not isinstance(parsed.exception, Exception):
        # An interruption, which dbt tells as a failure like any other, would be tried once more.
        raise parsed.exception
    if not parsed.success:
        raise DbtError(f"dbt parse: {parsed.exception}")
    return parsed.result


def build(
    settings: Settings, warehouse_url: str, arguments: list[str], variables: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Runs `dbt build` with `arguments`, giving the event of each finished node as it comes.

    Raises DbtError at the end where a model or a blocking test failed.
    """
    from dbt.cli.main import dbtRunner
    from dbt_common.events.functions import msg_to_dict

    home = settings.home / "dbt"
    _remove_left_behind(home)
    with tempfile.TemporaryDirectory(dir=home, prefix="build-") as directory:
        target = Path(directory)
        parsed_before = home / PARTIAL_PARSE
        if parsed_before.exists():
            shutil.copy(parsed_before, target)
        manifest = parse(settings, warehouse_url, target, "--no-write-json")
        (target / PARTIAL_PARSE).replace(parsed_before)
        events: queue.Queue[dict[str, Any] | None] = queue.Queue()
        outcome: list[Any] = []

        def note(event: Any) -> None:
            if event.info.name in RESULT_EVENTS:
                events.put(msg_to_dict(event))

        def invoke() -> None:
            try:
                command = [*UNTOLD, "--no-write-json", "build", *arguments]
                command += ["--vars", json.dumps(dict(variables))]
                with _environment(settings, warehouse_url):
                    outcome.append(
                        dbtRunner(manifest=manifest, callbacks=[note]).invoke(
                            [*command, *_paths(target)]
                        )
                    )
            finally:
                events.put(None)

        worker = threading.Thread(target=invoke, name="dbt", daemon=True)
        worker.start()
        found: dict[str, list[dict[str, Any]]] = {}
        try:
            while (event := events.get()) is not None:
                node = str(event["data"]["node_info"]["unique_id"])
                if event["data"].get("status") in ("fail", "warn"):
                    found[node] = _rows(warehouse_url, manifest.nodes[node].compiled_code)
                yield {**event, "rows": found.get(node, [])}
        finally:
            # Whoever stops listening must not leave dbt writing behind the build lock.
            worker.join()
    if not outcome:
        raise DbtError("dbt ended without a result")
    _raise_failures(outcome[0], found)


def _remove_left_behind(home: Path) -> None:
    """The folders of builds that were killed."""
    for directory in home.glob("build-*"):
        with suppress(FileNotFoundError):
            if time.time() - directory.stat().st_mtime > LONGEST_BUILD_SECONDS:
                shutil.rmtree(directory)


def _rows(warehouse_url: str, query: str) -> list[dict[str, Any]]:
    """The first rows that a test found, as its author selected them.

    As JSON of the server's own, which can say what Python cannot hold, such as the year 12000.
    """
    with psycopg.connect(warehouse_url) as connection:
        connection.read_only = True
        first = f"select to_jsonb(found)::text from ({query}\n) as found limit {ROWS_NAMED}"  # noqa: S608
        rows = connection.execute(first.encode()).fetchall()
    return [json.loads(row[0], parse_float=str) for row in rows]


def _raise_failures(outcome: Any, found: Mapping[str, list[dict[str, Any]]]) -> None:
    if outcome.success:
        return
    if outcome.exception:
        raise DbtError(str(outcome.exception))
    failed = [
        f"{result.node.name}: {' '.join(str(result.message).split())}"
        + "".join(f"; {row}" for row in found.get(result.node.unique_id, [])[:1])
        for result in outcome.result
        if str(result.status) in ("error", "fail")
    ]
    is_refusal = any(str(result.status) == "fail" for result in outcome.result)
    raise DbtError("\n".join(failed), is_refusal=is_refusal)


def _paths(target: Path) -> list[str]:
    directories = {"--project-dir": PROJECT, "--profiles-dir": PROJECT, "--target-path": target}
    options = [part for name, path in directories.items() for part in (name, str(path))]
    return [*options, "--log-path", str(target)]


def _contents() -> str:
    """A hash of the project's files: their times say nothing after a copy."""
    digest = hashlib.sha256()
    for path in sorted(PROJECT.rglob("*")):
        if path.suffix in {".sql", ".yml", ".csv"} and "target" not in path.parts:
            digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
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


def _environment(settings: Settings, warehouse_url: str) -> AbstractContextManager[None]:
    """What the project reads from its environment, and nothing that phones home."""
    return environment(
        WAREHOUSE_DATABASE_URL=warehouse_url,
        **_connection_variables(warehouse_url),
        ANALYTICS_TIMEZONE=settings.analytics_timezone,
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        DO_NOT_TRACK="1",
    )
