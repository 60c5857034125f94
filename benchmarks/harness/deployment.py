"""Deployment of a benchmark: its own embedded Postgres, home and lake, and refreshes in it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.harness.memory import Peak, watched
from benchmarks.harness.sizes import AS_OF
from config.settings import Settings
from warehouse.databases import Databases, open_databases
from warehouse.embedded.server import find_binaries

SPARE_BYTES = 5 << 30


@dataclass(frozen=True)
class Deployment:
    """`environment` is what every process of it is started with."""

    home: Path
    databases: Databases
    environment: dict[str, str]

    def refresh(self, *arguments: str) -> "Refresh":
        """Runs one refresh in its own process and samples its memory; raises if it fails."""
        command = [sys.executable, "-m", "benchmarks.pipeline.refresh_steps", *arguments]
        began = time.monotonic()
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            with watched(process.pid, self.databases.warehouse) as peak:
                output = process.stdout.read()
                seconds = time.monotonic() - began
        if process.returncode:
            raise SystemExit(f"a refresh failed: {' '.join(arguments)}")
        return Refresh(**json.loads(output), seconds=seconds, peak=peak)

    def psql(self, script: Path) -> None:
        """Runs a script of SQL in the warehouse."""
        binary = str(find_binaries() / "psql")
        subprocess.run([binary, "-q", "-f", str(script), self.databases.warehouse], check=True)

    def empty_warehouse(self) -> None:
        """As `migrate` made it, and the lake with it."""
        from warehouse.migrate import migrate_warehouse

        with psycopg.connect(self.databases.warehouse, autocommit=True) as connection:
            schemas = connection.execute(
                "select nspname from pg_namespace"
                " where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')"
            ).fetchall()
            for (schema,) in schemas:
                connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))
        shutil.rmtree(self.home / "lake", ignore_errors=True)
        migrate_warehouse(self.databases.warehouse, self.databases.api_warehouse)


@dataclass(frozen=True)
class Refresh:
    """Seconds from its process's start and of its steps, what it published, and its memory."""

    seconds: float
    steps: dict[str, float]
    build_id: int
    is_new: bool
    rows: dict[str, dict[str, int]]
    peak: Peak


@contextmanager
def deployment(home: Path, needed_bytes: int) -> Iterator[Deployment]:
    """Runs a deployment inside the block. Raises SystemExit if the disk has too little space."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)
    free = shutil.disk_usage(home).free
    if free < needed_bytes + SPARE_BYTES:
        raise SystemExit(
            f"{home} has {free >> 30} GiB free, and {needed_bytes + SPARE_BYTES >> 30} are needed"
        )
    ours = {"AGENT_ANALYTICS_HOME": str(home), "ANALYTICS_AS_OF": AS_OF.isoformat()}
    unset = [name for name in os.environ if name.endswith("_DATABASE_URL") or name == "LAKE_PATH"]
    environment = {name: value for name, value in os.environ.items() if name not in unset} | ours
    os.environ.update(ours)
    for name in unset:
        del os.environ[name]
    with open_databases(Settings()) as databases:
        yield Deployment(home, databases, environment)


def copied_bytes(url: str, query: sql.Composed) -> int:
    """Reads the rows of `query` in Postgres's binary format and returns their number of bytes."""
    command = sql.SQL("copy ({}) to stdout (format binary)").format(query)
    with psycopg.connect(url) as connection, connection.cursor().copy(command) as rows:
        return sum(map(len, rows))


def counts(url: str, query: str) -> dict[str, Any]:
    """The first row of a query, by column."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row
