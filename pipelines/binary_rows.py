"""Rows of the lake as Postgres copies them, made ready while something else is still copied."""

import os
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import FileIO
from pathlib import Path

import duckdb

from pipelines.attachment import duckdb_session
from pipelines.source_errors import reason

# What DuckDB writes around the rows of each file.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_AT_ONCE = 100_000


class LakeReadError(RuntimeError):
    """A file of the lake cannot be read."""


@contextmanager
def binary_rows(
    lake: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> Iterator[Iterator[bytes]]:
    """The rows of Parquet files by agent, in parts; work on the first part starts at once.

    `lake` is used by nobody else. Raises LakeReadError.
    """
    with closing(_parts(lake, files, columns)) as parts, ThreadPoolExecutor(1) as pool:
        ahead = pool.submit(next, parts, b"")

        def read() -> Iterator[bytes]:
            nonlocal ahead
            while part := ahead.result():
                ahead = pool.submit(next, parts, b"")
                yield part

        yield read()


def _parts(
    lake: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> Generator[bytes]:
    before = HEADER
    try:
        with duckdb_session() as encoder, FileIO(os.memfd_create("rows"), "r+") as encoded:
            # A second thread would wait for the first at full speed.
            encoder.execute("set threads = 1")
            options = "format postgres_binary, use_tmp_file false"
            copy = f"copy batch to '/dev/fd/{encoded.fileno()}' ({options})"
            for batch in _by_agent(lake, files, columns).to_arrow_reader(ROWS_AT_ONCE):
                encoder.register("batch", batch)
                encoded.truncate(0)
                encoder.execute(copy)
                encoded.seek(len(HEADER))
                yield before + encoded.readall().removesuffix(TRAILER)
                before = b""
    except duckdb.Error as error:
        raise LakeReadError(f"lake: {reason(error)}") from None
    yield before + TRAILER


def _by_agent(
    lake: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> duckdb.DuckDBPyRelation:
    rows = lake.read_parquet([str(file) for file in files], hive_partitioning=False)
    # By the primary key, whose index grows fastest in its own order.
    # Names of agents as numbers of the same order: the sort takes half the time.
    lake.execute(
        "create temporary type agent as enum (select distinct agent_id from rows order by 1)"
    )
    numbered = rows.select(*columns).project("* replace (agent_id::agent as agent_id)")
    return numbered.order(", ".join(columns[:2])).project("* replace (agent_id::text as agent_id)")
