"""Queries for the changed rows of the CRM's leads and activities, in the CRM's own SQL."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

LEADS = "leads"
ACTIVITIES = "agent_activity_log"
SOURCE_TABLES = (LEADS, ACTIVITIES)


@dataclass(frozen=True)
class ChangeWindow:
    """Instants between which a source row must have changed to be read; None is unbounded."""

    changed_from: datetime | None
    changed_before: datetime | None

    @property
    def is_whole(self) -> bool:
        return self.changed_from is None and self.changed_before is None


def changed_rows(
    table: str,
    mapping: LeadsMapping,
    window: ChangeWindow,
    pages: tuple[int, int | None] | None = None,
) -> sql.Composed:
    """The query, in the source's own SQL, for the rows of `table` that changed in `window`.

    `pages` restricts it to those from the first to before the second, which may be open.
    """
    changed: sql.Composable
    if table == ACTIVITIES:
        changed = _within(sql.Identifier("recorded_at"), window)
        columns = {}
    else:
        columns = {name: mapping.column(name) for name in mapping.columns}
        changed = _within(columns["updated_at"], window)
        if not window.is_whole:
            # A CRM that keeps its own updated_at may leave it empty on a row that never changed.
            changed = sql.SQL("(({}) or ({} is null and {}))").format(
                changed, columns["updated_at"], _within(columns["created_at"], window)
            )
    if pages is not None:
        changed = sql.SQL("{} and {}").format(changed, _on_pages(*pages))
    return statement(
        f"crm/sources/sql/extract_{table}.sql",
        table=table_identifier(table, mapping),
        changed=changed,
        **columns,
    )


def rows_of_days(
    table: str, mapping: LeadsMapping, days: list[str], time_zone: str
) -> sql.Composed:
    """The query for all rows of `table` that changed on `days`, as `changed_day` writes them."""
    return sql.SQL("select * from ({}) as found where {} = any({})").format(
        changed_rows(table, mapping, ChangeWindow(None, None)),
        changed_day("found", time_zone),
        sql.Literal(days),
    )


def changed_day(row: str, time_zone: str) -> sql.Composed:
    """The day of change of the relation `row`, as text that any server writes alike."""
    return sql.SQL("coalesce(({} at time zone {})::date::text, 'never')").format(
        sql.Identifier(row, "changed_at"), sql.Literal(time_zone)
    )


def _within(instant: sql.Composable, window: ChangeWindow) -> sql.Composable:
    bounds: list[sql.Composable] = [sql.SQL("true")]
    if window.changed_from is not None:
        bounds.append(sql.SQL("{} >= {}").format(instant, sql.Literal(window.changed_from)))
    if window.changed_before is not None:
        bounds.append(sql.SQL("{} < {}").format(instant, sql.Literal(window.changed_before)))
    return sql.SQL(" and ").join(bounds)


def table_identifier(table: str, mapping: LeadsMapping) -> sql.Identifier:
    return mapping.identifier if table == LEADS else sql.Identifier("public", table)


def _on_pages(first: int, end: int | None) -> sql.Composable:
    at = sql.SQL("ctid >= {}::tid").format(sql.Literal(f"({first},0)"))
    if end is None:
        return at
    return sql.SQL("{} and ctid < {}::tid").format(at, sql.Literal(f"({end},0)"))
