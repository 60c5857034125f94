"""Makes one table equal to another by writing only the rows that differ."""

from dataclasses import dataclass

import polars as pl
import psycopg
from psycopg import sql


@dataclass(frozen=True)
class SyncResult:
    """Rows written to and deleted from the target."""

    written: int
    deleted: int

    def __add__(self, other: "SyncResult") -> "SyncResult":
        return SyncResult(self.written + other.written, self.deleted + other.deleted)


def sync_table(
    connection: psycopg.Connection,
    source: sql.Composable,
    target: sql.Identifier,
    columns: list[str],
    key: list[str],
    scope: sql.Composable,
) -> SyncResult:
    """Makes `target` equal to `source` on `columns`, for the rows that `scope` holds for.

    `scope` is a condition on the key columns, true of whole agents; rows are matched by `key`.
    """
    parts = {
        "source": source,
        "target": target,
        "columns": _list(columns),
        "key": _list(key),
        "scope": scope,
        "matches": sql.SQL(" and ").join(
            sql.SQL("kept.{0} = wanted.{0}").format(sql.Identifier(name)) for name in key
        ),
        "kept": _list(columns, "kept"),
        "wanted": _list(columns, "wanted"),
    }
    is_empty = connection.execute(
        sql.SQL("select not exists (select from {target})").format(**parts)
    ).fetchone()
    if is_empty == (True,):
        written = connection.execute(
            sql.SQL(
                "insert into {target} ({columns}) select {columns} from {source} as wanted"
                " where {scope}"
            ).format(**parts)
        ).rowcount
        return SyncResult(written, 0)
    assigned = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in columns
    )
    written = connection.execute(
        sql.SQL(
            "insert into {target} ({columns}) select {wanted}"
            " from (select * from {source} as unscoped where {scope}) as wanted"
            " left join {target} as kept on {matches}"
            " where ({kept}) is distinct from ({wanted})"
            " on conflict ({key}) do update set {assigned}"
        ).format(**parts, assigned=assigned)
    ).rowcount
    # Every row that is wanted is there: where there are as many, no other is. To count them takes a
    # tenth of the time of looking each up.
    has_others = connection.execute(
        sql.SQL(
            "select (select count(*) from {target} as kept where {scope})"
            " > (select count(*) from {source} as wanted where {scope})"
        ).format(**parts)
    ).fetchone()
    if has_others == (False,):
        return SyncResult(written, 0)
    deleted = connection.execute(
        sql.SQL(
            "delete from {target} as kept where {scope} and not exists"
            " (select from (select * from {source} as unscoped where {scope}) as wanted"
            " where {matches})"
        ).format(**parts)
    ).rowcount
    return SyncResult(written, deleted)


def sync_from_frame(
    connection: psycopg.Connection,
    frame: pl.DataFrame,
    target: sql.Identifier,
    key: list[str],
    scope: sql.Composable,
) -> SyncResult:
    """The same with a frame as the source, which has the target's columns in any order."""
    found = sql.Identifier("found")
    with connection.transaction():
        connection.execute(
            sql.SQL("create temporary table {} (like {}) on commit drop").format(found, target)
        )
        copy = sql.SQL("copy {} ({}) from stdin (format csv)").format(found, _list(frame.columns))
        with connection.cursor().copy(copy) as rows:
            rows.write(frame.write_csv(include_header=False, quote_style="non_numeric"))
        replaced = sync_table(connection, found, target, frame.columns, key, scope)
        connection.execute(sql.SQL("drop table {}").format(found))
    return replaced


def table_columns(connection: psycopg.Connection, schema: str, table: str) -> list[str]:
    """The columns of a table in their order."""
    return [
        row[0]
        for row in connection.execute(
            "select column_name from information_schema.columns"
            " where table_schema = %s and table_name = %s order by ordinal_position",
            [schema, table],
        )
    ]


def _list(names: list[str], relation: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.Identifier(relation, name) if relation else sql.Identifier(name) for name in names
    )
