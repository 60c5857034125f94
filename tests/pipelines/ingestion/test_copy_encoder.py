"""Rows of the lake arrive in Postgres in the order of the primary key."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import psycopg
import pytest

from crm.sources.change_queries import LEADS
from pipelines.ingestion.copy_encoder import ROWS_PER_PART, binary_rows
from pipelines.ingestion.lake import LakeError
from pipelines.ingestion.load import LoadError, LoadPlan, load
from pipelines.postgres.duckdb_postgres import duckdb_session
from pipelines.postgres.table_sync import table_columns
from warehouse.databases import Databases
from warehouse.migrate import migrate_warehouse

COLUMNS = ["agent_id", "lead_id", "hours", "changed_at"]
ROWS = 2 * ROWS_PER_PART + 7
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def lake(directory: Path) -> list[Path]:
    """Two files; the second begins with the agents of the first."""
    rows = pl.DataFrame(
        {
            "agent_id": [f"agent-{number % 9}" for number in range(ROWS)],
            "lead_id": [f"{number:07}" for number in range(ROWS)],
            "hours": [None if number % 3 else Decimal(number) / 64 for number in range(ROWS)],
            "changed_at": [NOON + timedelta(seconds=number) for number in range(ROWS)],
        },
        schema_overrides={"hours": pl.Decimal(14, 6)},
    )
    files = [directory / "0.parquet", directory / "1.parquet"]
    rows.tail(ROWS // 2).write_parquet(files[0])
    rows.head(ROWS - ROWS // 2).write_parquet(files[1])
    return files


def test_rows_of_several_parts_are_copied_as_one(databases: Databases, tmp_path: Path) -> None:
    with (
        psycopg.connect(databases.warehouse) as connection,
        duckdb_session() as encoder,
        binary_rows(encoder, lake(tmp_path), COLUMNS) as parts,
    ):
        connection.execute(
            "create temporary table copied (place integer generated always as identity,"
            " agent_id text, lead_id text, hours numeric(14, 6), changed_at timestamptz)"
        )
        command = f"copy copied ({', '.join(COLUMNS)}) from stdin (format binary)"
        with connection.cursor().copy(command.encode()) as copying:
            for part in parts:
                copying.write(part)
        [copied] = connection.execute(
            "select count(*), count(distinct lead_id), count(hours), sum(hours),"
            " bool_and(changed_at = '2026-03-02T12:00Z'::timestamptz"
            "  + lead_id::integer * interval '1 s') from copied"
        ).fetchall()
        [disordered] = connection.execute(
            "select count(*) from (select (agent_id, lead_id) as key,"
            " lag((agent_id, lead_id)) over (order by place) as before from copied) as placed"
            " where key < before"
        ).fetchall()
    thirds = range(0, ROWS, 3)
    hours = sum((Decimal(number) / 64 for number in thirds), Decimal(0))
    assert copied == (ROWS, ROWS, len(thirds), hours.quantize(Decimal("1e-6")), True)
    assert disordered == (0,)


def test_a_reader_may_stop_before_the_first_part_and_after_it(tmp_path: Path) -> None:
    files = lake(tmp_path)
    with duckdb_session() as encoder:
        with binary_rows(encoder, files, COLUMNS):
            pass
        with binary_rows(encoder, files, COLUMNS) as parts:
            assert next(parts)
        with binary_rows(encoder, files, COLUMNS) as parts:
            assert len(list(parts)) == 4


def test_two_tables_are_encoded_concurrently(tmp_path: Path) -> None:
    files = lake(tmp_path)
    with (
        duckdb_session() as encoder,
        binary_rows(encoder, files, COLUMNS) as one,
        binary_rows(encoder, files[:1], COLUMNS) as other,
    ):
        taken = [list(one), list(other)]
    assert [sum(map(len, parts)) > 2**20 for parts in taken] == [True, True]
    assert [parts[0][:7] for parts in taken] == [b"PGCOPY\n"] * 2


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    files = lake(tmp_path)
    files[1].write_bytes(b"no Parquet")
    with (
        duckdb_session() as encoder,
        pytest.raises(LakeError, match=r"lake: .*1\.parquet"),
        binary_rows(encoder, files, COLUMNS) as parts,
    ):
        list(parts)


@pytest.fixture
def latin_warehouse(databases: Databases) -> Iterator[str]:
    """A migrated warehouse with another encoding than UTF-8."""
    with psycopg.connect(databases.warehouse, autocommit=True) as connection:
        connection.execute(
            "create database latin encoding 'LATIN1' locale 'C' locale_provider libc"
            " template template0"
        )
    try:
        url = databases.warehouse.rpartition("/")[0] + "/latin"
        migrate_warehouse(url, "")
        yield url
    finally:
        with psycopg.connect(databases.warehouse, autocommit=True) as connection:
            connection.execute("drop database latin with (force)")


def load_lead(warehouse: str, folder: Path, source: str) -> None:
    """A first load of one lead, whose source is `source`."""
    file = folder / "leads.parquet"
    with psycopg.connect(warehouse) as connection:
        columns = table_columns(connection, "raw", LEADS)
        row = dict.fromkeys(columns) | {"agent_id": "ann", "lead_id": "L1", "source": source}
        pl.DataFrame([row | {"created_at": NOON, "changed_at": NOON}]).write_parquet(file)
        plan = LoadPlan("load", "UTC", whole_days=None, days=None, watermark=None)
        load(connection, {LEADS: [file]}, {LEADS: plan})


def test_a_warehouse_in_another_encoding_stores_the_same_text(
    latin_warehouse: str, tmp_path: Path
) -> None:
    load_lead(latin_warehouse, tmp_path, "Märchen")
    with psycopg.connect(latin_warehouse, client_encoding="UTF8") as connection:
        assert connection.execute("select source from raw.leads").fetchall() == [("Märchen",)]


def test_a_character_missing_from_the_warehouses_encoding_is_named(
    latin_warehouse: str, tmp_path: Path
) -> None:
    with pytest.raises(LoadError, match=r"raw\.leads: .* 0xe6 0x89 0x8b .*\"LATIN1\""):
        load_lead(latin_warehouse, tmp_path, "手紙")
