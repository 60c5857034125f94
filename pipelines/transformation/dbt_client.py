"""dbt in a process of its own, which is loaded while the run does what comes before it.

Beside Dagster's events, in one process, each would wait for the other at every statement.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from config import paths
from config.settings import Settings
from pipelines.dagster_support.process_identity import how_ended
from pipelines.transformation.dbt_project import DbtError, contents

ROWS_NAMED = 10
END_SECONDS = 30.0
TWICE = "duplicate key value violates unique constraint"


class DbtProcess:
    """Parses the project at once, as it is now, and builds when it is asked to: once."""

    def __init__(self, settings: Settings, warehouse_url: str) -> None:
        self._parsed_from = _parsed_from(settings, warehouse_url)
        self._warehouse_url = warehouse_url
        self._is_asked = False
        self._process = subprocess.Popen(  # noqa: S603
            [
                sys.executable,
                "-P",
                "-m",
                "pipelines.transformation.dbt_worker",
                str(paths.DBT_PROJECT),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # A terminal's Ctrl-C is for its owner, which then ends it.
            process_group=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asking, self._telling = self._process.stdin, self._process.stdout
        self._ask(warehouse_url)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def is_ready_for(self, settings: Settings, warehouse_url: str) -> bool:
        """Whether it has parsed what the project is now, for this warehouse, and built nothing."""
        return (
            self._parsed_from == _parsed_from(settings, warehouse_url)
            and not self._is_asked
            and not self.has_ended
        )

    def build(self, arguments: list[str], variables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Runs `dbt build` with `arguments`, giving the event of each finished node as it comes.

        Raises DbtError at the end where a model or a blocking test failed.
        """
        self._is_asked = True
        self._ask({"arguments": arguments, "variables": dict(variables)})
        found: dict[str, list[dict[str, Any]]] = {}
        outcome: dict[str, Any] | None = None
        try:
            for line in self._telling:
                told = json.loads(line)
                if "event" not in told:
                    outcome = told
                    break
                node = told["event"]["data"]["node_info"]["unique_id"]
                if told["query"] is not None:
                    found[node] = _rows(self._warehouse_url, told["query"])
                yield {**told["event"], "rows": found.get(node, [])}
            else:
                # It ends by itself, and how is to be told.
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(END_SECONDS)
        finally:
            if outcome is None:
                # Whoever stops listening must not leave dbt writing behind the build lock.
                self.end()
        if outcome is None:
            raise DbtError(f"dbt {how_ended(self._process.returncode)} before it had a result")
        _raise_failures(outcome, found)

    def end(self) -> None:
        """Cancels what it builds, and waits until it is gone."""
        self._process.terminate()
        # Then what it has yet to tell does not keep it waiting for a reader.
        for pipe in (self._asking, self._telling):
            with suppress(BrokenPipeError):
                pipe.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, message: object) -> None:
        # One that has ended is asked in vain, and found to tell nothing.
        with suppress(BrokenPipeError):
            self._asking.write(f"{json.dumps(message)}\n")
            self._asking.flush()


# Of this process, for the run that is first to ask for one.
_ahead: list[DbtProcess] = []


@contextmanager
def dbt_ahead(settings: Settings, warehouse_url: str) -> Iterator[None]:
    """Inside the block dbt is being loaded, or is, before a run asks for it."""
    process = DbtProcess(settings, warehouse_url)
    _ahead.append(process)
    try:
        yield
    finally:
        _ahead.clear()
        process.end()


def ahead() -> DbtProcess | None:
    """What `dbt_ahead` began, for whoever asks first."""
    return _ahead.pop() if _ahead else None


def _parsed_from(settings: Settings, warehouse_url: str) -> tuple[object, ...]:
    return settings.home, settings.analytics_timezone, warehouse_url, contents()


def _rows(warehouse_url: str, query: str) -> list[dict[str, Any]]:
    """The first rows that a test found, as its author selected them.

    As JSON of the server's own, which can say what Python cannot hold, such as the year 12000.
    """
    with psycopg.connect(warehouse_url) as connection:
        connection.read_only = True
        first = f"select to_jsonb(found)::text from ({query}\n) as found limit {ROWS_NAMED}"  # noqa: S608
        rows = connection.execute(first.encode()).fetchall()
    return [json.loads(row[0], parse_float=str) for row in rows]


def _raise_failures(outcome: Mapping[str, Any], found: Mapping[str, list[dict[str, Any]]]) -> None:
    if outcome["success"]:
        return
    if outcome["exception"]:
        raise DbtError(outcome["exception"])
    failed = [
        f"{result['name']}: {' '.join(result['message'].split())}"
        + "".join(f"; {row}" for row in found.get(result["unique_id"], [])[:1])
        for result in outcome["failed"]
    ]
    # A row that is there twice will be so again. Where the server says it in another language, the
    # run is tried again in vain, and the nightly one compares raw with the source.
    is_refusal = any(
        result["status"] == "fail" or TWICE in result["message"] for result in outcome["failed"]
    )
    raise DbtError("\n".join(failed), is_refusal=is_refusal)
