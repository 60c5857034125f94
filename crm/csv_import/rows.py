"""Rows of a CSV file; what is bad is noted with file, line, column and reason."""

import csv
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crm.bulk_load import Progress
from crm.csv_import.columns import Column

if TYPE_CHECKING:
    import _csv

ROWS_PER_REPORT = 5000
SHOWN_ROWS = 20


@dataclass(frozen=True, order=True)
class BadRow:
    """`line` is where the record begins, 1 for the header and 0 for the file as a whole."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.reason}"


class BadFileError(ValueError):
    """Why an import was refused, a line for each of `rows`; `count` may be more than these."""

    def __init__(self, rows: list[BadRow], count: int) -> None:
        self.rows = rows
        self.count = count
        more = [f"and {count - len(rows)} more"] if count > len(rows) else []
        super().__init__("\n".join([*map(str, rows), *more]))


@dataclass
class BadRows:
    """The first bad cells of a file, and the number of all."""

    file: str
    first: list[BadRow] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, reason: str) -> None:
        self.count += 1
        insort(self.first, BadRow(self.file, line, column, reason), key=lambda row: row.line)
        del self.first[SHOWN_ROWS:]


class CsvFile:
    """An open file; `names` are the columns of its header, none where the header is refused."""

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
        self.records = records(csv.reader(self.text, strict=True))
        self.names = self.header()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.text.close()

    def header(self) -> list[str]:
        line, cells = next(self.records, (1, []))
        if isinstance(cells, csv.Error):
            self.bad.add(line, "", f"broken CSV ({cells})")
            return []
        names = [cell.strip() for cell in cells]
        missing = [name for name, column in self.columns.items() if column.needs_header]
        for name in dict.fromkeys(names):
            if name not in self.columns:
                known = ", ".join(self.columns)
                self.bad.add(line, "", f"unknown column {name!a}, known are {known}")
            elif names.count(name) > 1:
                self.bad.add(line, name, "the column is there twice")
        for name in missing:
            if name not in names:
                self.bad.add(line, name, "the column is missing")
        return [] if self.bad.count else names

    def rows(self, progress: Progress | None) -> Iterator[list[object]]:
        """Line and values of each record of the right length; None for an empty or a bad cell."""
        columns = [(name, self.columns[name]) for name in self.names]
        for number, (line, cells) in enumerate(self.records, 1):
            if isinstance(cells, csv.Error):
                self.bad.add(line, "", f"broken CSV ({cells})")
            elif len(cells) != len(columns):
                self.bad.add(line, "", f"{len(cells)} fields, the header has {len(columns)}")
            else:
                text = "".join(cells)
                check = None if text.isascii() and "\0" not in text else refuse_encoding
                row: list[object] = [line]
                for (name, column), cell in zip(columns, cells, strict=True):
                    try:
                        if check:
                            check(cell)
                        row.append(value(column, cell))
                    except ValueError as error:
                        self.bad.add(line, name, str(error))
                        row.append(None)
                yield row
            if progress and number % ROWS_PER_REPORT == 0:
                progress(self.bad.file, self.bytes.tell(), self.size)
        if progress:
            progress(self.bad.file, self.size, self.size)


def records(reader: "_csv.Reader") -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The line on which each record begins, with its cells or what is broken; no blank lines."""
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


def refuse_encoding(cell: str) -> None:
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise ValueError("the text is not UTF-8") from None
    if "\0" in cell:
        raise ValueError("the text holds a NUL character")


def value(column: Column, cell: str) -> object:
    if cell and not cell.isspace():
        return column.read(cell)
    if column.needs_value:
        raise ValueError("the value is missing")
    return None
