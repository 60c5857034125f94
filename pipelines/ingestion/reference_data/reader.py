"""Reader of the folder with reference data: finds changed files, and parses them all if one did."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from crm.csv_import.bad_rows import BadFileError, BadRows, raise_if_bad
from crm.csv_import.csv_file import CsvFile
from pipelines.ingestion.reference_data.files import FILES
from pipelines.ingestion.reference_data.validation import Row, validate


class ReferenceDataError(ValueError):
    """The files cannot be used; the message has a line per bad row: file, line, column, reason."""


@dataclass(frozen=True)
class ReferenceChanges:
    """Rows of the changed files by table, and their digests; a missing file has no rows."""

    rows: Mapping[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


def changed_files(warehouse: psycopg.Connection, folder: Path | None) -> ReferenceChanges:
    """Returns the files that differ from what raw was last loaded from.

    Raises ReferenceDataError, also for a fault in a file that has not changed itself.
    """
    contents = _contents(folder)
    digests = {
        table: hashlib.sha256(content).hexdigest() if content is not None else ""
        for table, content in contents.items()
    }
    loaded: dict[str, str] = dict(
        warehouse.execute("select table_name, digest from state.reference_data").fetchall()
    )
    changed = {
        table: digest for table, digest in digests.items() if digest != loaded.get(table, "")
    }
    if not changed:
        return ReferenceChanges()
    try:
        tables = {
            table: _rows(folder, table) if folder and digests[table] else [] for table in FILES
        }
        raise_if_bad(validate(tables))
        raise_if_bad([_unknown_to_postgres(warehouse, tables["calendars"])])
    except BadFileError as error:
        raise ReferenceDataError(str(error)) from None
    return ReferenceChanges(
        {table: [tuple(row.values()) for _, row in tables[table]] for table in changed}, changed
    )


def _contents(folder: Path | None) -> dict[str, bytes | None]:
    """Returns the bytes of each file; None where the folder lacks it."""
    if folder is None:
        return dict.fromkeys(FILES)
    try:
        # A folder that is gone must not empty the tables.
        names = {path.name for path in folder.iterdir() if path.suffix == ".csv"}
        if unknown := sorted(names - {f"{table}.csv" for table in FILES}):
            expected = ", ".join(f"{table}.csv" for table in FILES)
            raise ReferenceDataError(f"{unknown[0]}: unknown file (expected: {expected})")
        return {
            table: (folder / f"{table}.csv").read_bytes() if f"{table}.csv" in names else None
            for table in FILES
        }
    except OSError as error:
        raise ReferenceDataError(f"REFERENCE_DATA_PATH: {error.strerror} ({folder})") from None


def _rows(folder: Path, table: str) -> list[Row]:
    """Returns the rows with their columns in the order of the table."""
    columns = FILES[table].columns
    with CsvFile(folder / f"{table}.csv", dict(columns)) as file:
        read = [
            (line, dict(zip(file.names, values, strict=True)))
            for line, *values in (file.rows(None) if file.names else ())
        ]
        raise_if_bad([file.bad])
    return [
        (int(str(line)), {name: row.get(name) for name in columns} | _defaults(table, row))
        for line, row in read
    ]


def _defaults(table: str, row: Mapping[str, object]) -> dict[str, object]:
    return {"is_default": bool(row.get("is_default"))} if table == "calendars" else {}


def _unknown_to_postgres(warehouse: psycopg.Connection, calendars: list[Row]) -> BadRows:
    """Time zones that Python knows and the database does not."""
    bad = BadRows("calendars.csv")
    if calendars:
        known = {name for (name,) in warehouse.execute("select name from pg_timezone_names")}
        for line, row in calendars:
            if row["time_zone"] not in known:
                zone = row["time_zone"]
                bad.add(line, "time_zone", f"the warehouse does not know the time zone {zone!r}")
    return bad
