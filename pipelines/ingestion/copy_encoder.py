"""Rows of the lake as Postgres copies them, made ready while something else is still copied."""

import tempfile
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipelines.ingestion.lake import LakeError
from pipelines.postgres.database_errors import reason
from pipelines.postgres.duckdb_postgres import duckdb_without_extension

# What DuckDB writes around the rows of each file.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_AT_ONCE = 100_000
# What each of two tables that are sorted at once may hold.
SORT_MEMORY = "512MB"


@contextmanager
def binary_rows(
    encoder: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> Iterator[Iterator[bytes]]:
    """The rows of Parquet files in the order of the first two columns, in parts.

    `encoder`: a `duckdb_session`, for any number of tables. Work on the first part starts at once,
    on each other when the one before it is taken. Raises LakeError.
    """
    with (
        duckdb_without_extension(SORT_MEMORY) as lake,
        encoder.cursor() as writer,
        closing(_parts(lake, writer, files, columns)) as parts,
        ThreadPoolExecutor(1) as pool,
    ):
        ahead = pool.submit(next, parts, None)

        def read() -> Iterator[bytes]:
            nonlocal ahead
            while (part := ahead.result()) is not None:
                ahead = pool.submit(next, parts, None)
                yield part

        try:
            yield read()
        finally:
            # Whoever stops early does not wait for a sort.
            lake.interrupt()


def _parts(
    lake: duckdb.DuckDBPyConnection,
    writer: duckdb.DuckDBPyConnection,
    files: list[Path],
    columns: list[str],
) -> Generator[bytes]:
    before = HEADER
    try:
        with tempfile.TemporaryDirectory(prefix="agent-analytics-rows-") as folder:
            encoded = Path(folder) / "rows"
            for batch in _sorted(lake, files, columns).to_arrow_reader(ROWS_AT_ONCE):
                writer.register("batch", batch)
                writer.execute(f"copy batch to '{encoded}' (format postgres_binary)")
                yield before + encoded.read_bytes().removeprefix(HEADER).removesuffix(TRAILER)
                # Gone before the system writes it to the disk.
                encoded.unlink()
                before = b""
    # While rows are handed over, an error of DuckDB's comes as Arrow's, which is one of these.
    except (duckdb.Error, OSError, ValueError) as error:
        raise LakeError(f"lake: {reason(error)}") from None
    yield before + TRAILER


def _sorted(
    lake: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> duckdb.DuckDBPyRelation:
    rows = lake.read_parquet([str(file) for file in files], hive_partitioning=False)
    # By the primary key, whose index grows fastest in its own order. Names of agents as numbers of
    # the same order: the sort takes half the time.
    lake.execute("create type agent as enum (select distinct agent_id from rows order by 1)")
    numbered = rows.select(*columns).project("* replace (agent_id::agent as agent_id)")
    ordered = numbered.order(", ".join(columns[:2]))
    return ordered.project("* replace (agent_id::text as agent_id)")
