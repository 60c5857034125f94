"""Tables that an import writes, with the CRM's names of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from crm.csv_import.columns import ACTIVITY_COLUMNS, LEAD_COLUMNS, Column
from crm.sources.change_queries import ACTIVITIES, LEADS
from crm.sources.mapping import LeadsMapping


@dataclass(frozen=True)
class Target:
    """The table of one file.

    `names` maps our column names to the table's, `changed_at` is our name of the column that
    records a change, `instants` are the columns whose latest value a new row gets as its time of
    change.
    """

    name: str
    table: sql.Identifier
    columns: dict[str, Column]
    names: dict[str, str]
    changed_at: str
    instants: tuple[str, ...]

    @property
    def staging(self) -> sql.Identifier:
        """The temporary table that holds the file's rows."""
        return sql.Identifier(f"{self.name}_file")


def leads_target(mapping: LeadsMapping) -> Target:
    return Target(
        LEADS,
        mapping.identifier,
        LEAD_COLUMNS,
        dict(mapping.columns),
        "updated_at",
        ("created_at", "contacted_at", "interested_at"),
    )


def activities_target() -> Target:
    names = {name: name for name in ACTIVITY_COLUMNS}
    table = sql.Identifier("public", ACTIVITIES)
    return Target(ACTIVITIES, table, ACTIVITY_COLUMNS, names, "recorded_at", ("timestamp",))


def identifiers(names: Sequence[str], table: str | None = None) -> sql.Composed:
    """Returns a comma-separated column list, qualified with `table` if given."""
    qualifier = [table] if table else []
    return sql.SQL(", ").join(sql.Identifier(*qualifier, name) for name in names)
