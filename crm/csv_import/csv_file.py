"""Reader of a CSV file: parsed rows, and its bad cells with line, column and reason."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crm.bulk_load import Progress
from crm.csv_import.bad_rows import BadFileError, BadRow, BadRows
from crm.csv_import.columns import Column

if TYPE_CHECKING:
    import _csv

ROWS_PER_REPORT = 5000


class CsvFile:
    """An open file; `names` are the columns of its header, empty if the header is bad.

    Raises BadFileError if the file cannot be opened.
    """

    def __init__(self, path: Path, columns: dict[str, Column]) -> None:
        self.columns = columns
        self.bad = BadRows(path.name)
        try:
            self.size = path.stat().st_size
            self.bytes = path.open("rb")
        except OSError as error:
            raise BadFileError(
                [BadRow(path.name, 0, "", f"{error.strerror} ({path})")], 1
            ) from None
        self.text = TextIOWrapper(self.bytes, "utf-8-sig", "surrogateescape", newline="")
        self.records = _records(csv.reader(self.text, strict=True))
        self.names = self._header()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.text.close()

    def _header(self) -> list[str]:
        line, cells = next(self.records, (1, []))
        if isinstance(cells, csv.Error):
            self.bad.add(line, "", f"malformed CSV ({cells})")
            return []
        names = [cell.strip() for cell in cells]
        missing = [name for name, column in self.columns.items() if column.needs_header]
        for name in dict.fromkeys(names):
            if name not in self.columns:
                known = ", ".join(self.columns)
                self.bad.add(line, "", f"unknown column {name!a} (expected: {known})")
            elif names.count(name) > 1:
                self.bad.add(line, name, "duplicate column")
        for name in missing:
            if name not in names:
                self.bad.add(line, name, "missing column")
        return [] if self.bad.count else names

    def rows(self, progress: Progress | None) -> Iterator[list[object]]:
        """Yields line and values of each complete record; None for an empty or bad cell."""
        columns = [(name, self.columns[name]) for name in self.names]
        for number, (line, cells) in enumerate(self.records, 1):
            if isinstance(cells, csv.Error):
                self.bad.add(line, "", f"malformed CSV ({cells})")
            elif len(cells) != len(columns):
                self.bad.add(line, "", f"expected {len(columns)} fields, found {len(cells)}")
            else:
                text = "".join(cells)
                check_encoding = None if text.isascii() and "\0" not in text else _check_encoding
                row: list[object] = [line]
                for (name, column), cell in zip(columns, cells, strict=True):
                    try:
                        if check_encoding:
                            check_encoding(cell)
                        row.append(_value(column, cell))
                    except ValueError as error:
                        self.bad.add(line, name, str(error))
                        row.append(None)
                yield row
            if progress and number % ROWS_PER_REPORT == 0:
                progress(self.bad.file, self.bytes.tell(), self.size)
        if progress:
            progress(self.bad.file, self.size, self.size)


def _records(reader: "_csv.Reader") -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yields the line on which a record starts and its cells or error; skips blank lines."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            if cells:
                yield line, cells


def _check_encoding(cell: str) -> None:
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise ValueError("not valid UTF-8") from None
    if "\0" in cell:
        raise ValueError("contains a NUL character")


def _value(column: Column, cell: str) -> object:
    if cell and not cell.isspace():
        return column.parse(cell)
    if column.needs_value:
        raise ValueError("missing value")
    return None
