"""Bad rows of an import: file, line, column and reason."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

SHOWN_ROWS = 20


@dataclass(frozen=True, order=True)
class BadRow:
    """`line` is where the record starts, 1 for the header and 0 for the file as a whole."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.reason}"


class BadFileError(ValueError):
    """Rejects an import; the message has a line per row of `rows`, `count` is the total."""

    def __init__(self, rows: list[BadRow], count: int) -> None:
        self.rows = rows
        self.count = count
        more = [f"and {count - len(rows)} more"] if count > len(rows) else []
        super().__init__("\n".join([*map(str, rows), *more]))


@dataclass
class BadRows:
    """The first `SHOWN_ROWS` bad cells of a file, by line, and the number of all."""

    file: str
    first: list[BadRow] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, reason: str) -> None:
        self.count += 1
        insort(self.first, BadRow(self.file, line, column, reason), key=lambda row: row.line)
        del self.first[SHOWN_ROWS:]


def raise_if_bad(files: Sequence[BadRows]) -> None:
    """Raises BadFileError if a file has bad rows."""
    rows = [row for file in files for row in file.first]
    if rows:
        raise BadFileError(rows[:SHOWN_ROWS], sum(file.count for file in files))
