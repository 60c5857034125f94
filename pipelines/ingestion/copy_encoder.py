"""Encoder of Parquet rows for Postgres `copy ... (format binary)`.

A thread encodes the next part while the caller copies the one before it; `load` is the only
caller. DuckDB's postgres extension can insert into an attached table by itself, but not in the
transaction of the load:

* Its insert runs on a connection of its own. Rows could only go to the unlogged `_incoming` table
  and be copied from there into an empty `raw`, which writes each row twice; here the first load
  copies straight into the truncated, index-free table, frozen and all or nothing.
* That made a first load of 100,000 leads and 428,884 activities take 1.2 times as long (median of
  5 pairs, in turns, on a busy machine). Postgres used 3.6 s of processor instead of 2.5, our own
  process 9.1 s instead of 1.5, because DuckDB waits for a full socket at full speed. With one
  thread of DuckDB, 600,000 leads took 11.7 s of Postgres's processor instead of 8.9. Both ways
  give the same rows.

Invariants: DuckDB sorts in `SORT_MEMORY` and spills to disk, and one part is in memory as bytes.
DuckDB writes UTF-8, so the session that copies must set its client_encoding to it: Postgres then
converts for a database of another encoding, and names a letter that this encoding lacks.
"""

import tempfile
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipelines.ingestion.lake import LakeError
from pipelines.postgres.database_errors import reason
from pipelines.postgres.duckdb_postgres import duckdb_without_extension

# DuckDB writes both around the rows of each file.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
ROWS_PER_PART = 100_000
# For each of two tables, which are sorted at the same time.
SORT_MEMORY = "512MB"


@contextmanager
def binary_rows(
    encoder: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> Iterator[Iterator[bytes]]:
    """Gives the encoded rows of Parquet files in parts, sorted by the first two columns.

    `encoder`: a `duckdb_session`, which any number of tables can share. Encodes the first part
    immediately, and each next part when the caller takes the one before it. Raises LakeError.
    """
    with (
        duckdb_without_extension(SORT_MEMORY) as lake,
        encoder.cursor() as writer,
        closing(_parts(lake, writer, files, columns)) as parts,
        ThreadPoolExecutor(1) as pool,
    ):
        next_part = pool.submit(next, parts, None)

        def read() -> Iterator[bytes]:
            nonlocal next_part
            while (part := next_part.result()) is not None:
                next_part = pool.submit(next, parts, None)
                yield part

        try:
            yield read()
        finally:
            # A caller that stops early must not wait for DuckDB's sort.
            lake.interrupt()


def _parts(
    lake: duckdb.DuckDBPyConnection,
    writer: duckdb.DuckDBPyConnection,
    files: list[Path],
    columns: list[str],
) -> Generator[bytes]:
    header = HEADER
    try:
        with tempfile.TemporaryDirectory(prefix="agent-analytics-rows-") as folder:
            encoded = Path(folder) / "rows"
            for batch in _sorted(lake, files, columns).to_arrow_reader(ROWS_PER_PART):
                writer.register("batch", batch)
                writer.execute(f"copy batch to '{encoded}' (format postgres_binary)")
                yield header + encoded.read_bytes().removeprefix(HEADER).removesuffix(TRAILER)
                # Delete before the kernel writes the page cache to disk.
                encoded.unlink()
                header = b""
    # During the read, Arrow wraps errors of DuckDB as OSError or ValueError.
    except (duckdb.Error, OSError, ValueError) as error:
        raise LakeError(f"lake: {reason(error)}") from None
    yield header + TRAILER


def _sorted(
    lake: duckdb.DuckDBPyConnection, files: list[Path], columns: list[str]
) -> duckdb.DuckDBPyRelation:
    rows = lake.read_parquet([str(file) for file in files], hive_partitioning=False)
    # Postgres builds the primary key fastest from rows in its order. Sorting agent ids as an enum,
    # whose numbers have the same order, takes DuckDB half the time.
    lake.execute("create type agent as enum (select distinct agent_id from rows order by 1)")
    with_enum = rows.select(*columns).project("* replace (agent_id::agent as agent_id)")
    ordered = with_enum.order(", ".join(columns[:2]))
    return ordered.project("* replace (agent_id::text as agent_id)")
