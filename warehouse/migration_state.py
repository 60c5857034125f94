"""Migration state: the columns that this version declares and the warehouse lacks.

`create table` statements are read from the files of the migration, one column a line. Their types
are left to `migrate`.
"""

import re
from functools import cache
from pathlib import Path

import psycopg

from config.user_error import UserError
from warehouse.statements import statement

FOLDER = Path(__file__).parent
FILES = (
    "state/tables.sql",
    "raw/tables.sql",
    "insights/tables.sql",
    "serving/tables.sql",
    "serving/marts.sql",
)
TABLE = re.compile(r"^create (?:\w+ )?table if not exists (\S+) \(\n(.*?)^\);", re.M | re.S)
# Constraints of the table follow its columns.
COLUMN = re.compile(r"^ {4}(?!(?:primary key|unique|check|constraint|foreign key)\b)(\w+) ", re.M)


def ensure_migrated(warehouse: psycopg.Connection) -> None:
    """Raises UserError if the warehouse was not migrated by this version or a later one."""
    missing = missing_columns(warehouse)
    if len(missing) == len(declared_columns()):
        raise UserError("the warehouse has no tables yet: run `agent-analytics migrate`")
    if missing:
        more = f" and {len(missing) - 1} more columns" if len(missing) > 1 else ""
        raise UserError(f"the warehouse lacks {missing[0]}{more}: run `agent-analytics migrate`")


def missing_columns(warehouse: psycopg.Connection) -> list[str]:
    """Returns the columns as `schema.table.column`."""
    tables, columns = zip(*declared_columns(), strict=True)
    missing = warehouse.execute(
        statement("warehouse/sql/missing_columns.sql"),
        {"tables": list(tables), "columns": list(columns)},
    )
    return [name for (name,) in missing]


@cache
def declared_columns() -> tuple[tuple[str, str], ...]:
    """Returns the table, with its schema, and the name of each column."""
    texts = [(FOLDER / file).read_text(encoding="utf-8") for file in FILES]
    return tuple(
        (table.replace("{schema}", "serving"), column)
        for text in texts
        for table, body in TABLE.findall(text)
        for column in COLUMN.findall(body)
    )
