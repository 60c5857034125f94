"""Queries for changed leads and activities, which run in the CRM's database."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from crm.sources.dbt_macros import Macros
from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

LEADS = "leads"
ACTIVITIES = "agent_activity_log"
SOURCE_TABLES = (LEADS, ACTIVITIES)


@dataclass(frozen=True)
class ChangeWindow:
    """Half-open range [changed_from, changed_before) of times of change; None is unbounded."""

    changed_from: datetime | None
    changed_before: datetime | None

    @property
    def is_whole(self) -> bool:
        return self.changed_from is None and self.changed_before is None


def changed_rows(
    table: str,
    mapping: LeadsMapping,
    window: ChangeWindow,
    time_zone: str,
    pages: tuple[int, int | None] | None = None,
) -> sql.Composed:
    """Return the query for the rows of `table` that changed in `window`.

    `time_zone`: the business time zone, in which an instant has to be in the years 1 to 9999.
    `pages` restricts the query to a range of the table's pages, the end excluded; an end of None
    is open.
    """
    changed: sql.Composable
    columns: dict[str, sql.Composable]
    if table == ACTIVITIES:
        changed = _within(sql.Identifier("recorded_at"), window)
        macros = Macros({})
        columns = {
            "activity_lead_id": macros("activity_lead_id", "lead_id", "metadata"),
            "currency": macros("trimmed", "metadata ->> 'currency'"),
        }
        agent_id = sql.Identifier("agent_id")
    else:
        columns = {name: mapping.column(name) for name in mapping.columns}
        agent_id = mapping.column("assigned_agent_id")
        changed = _within(columns["updated_at"], window)
        if not window.is_whole:
            # A CRM's own updated_at may be null in a row that never changed.
            changed = sql.SQL("(({}) or ({} is null and {}))").format(
                changed, columns["updated_at"], _within(columns["created_at"], window)
            )
    if pages is not None:
        changed = sql.SQL("{} and {}").format(changed, _on_pages(*pages))
    return statement(
        f"crm/sources/sql/extract_{table}.sql",
        table=table_identifier(table, mapping),
        changed=changed,
        agent_id=_trimmed(agent_id),
        readable=_readable(time_zone),
        **columns,
    )


def rows_of_days(
    table: str, mapping: LeadsMapping, days: list[str], time_zone: str
) -> sql.Composed:
    """Return the query for the rows of `table` that last changed on `days`, see `changed_day`."""
    return sql.SQL("select * from ({}) as changed where {} = any({})").format(
        changed_rows(table, mapping, ChangeWindow(None, None), time_zone),
        changed_day("changed", time_zone),
        sql.Literal(days),
    )


def changed_day(row: str, time_zone: str) -> sql.Composed:
    """Return the day of change of `row` as text that every server formats alike."""
    return sql.SQL("coalesce(({} at time zone {})::date::text, 'never')").format(
        sql.Identifier(row, "changed_at"), sql.Literal(time_zone)
    )


def _trimmed(agent_id: sql.Identifier) -> sql.Composable:
    """Return an agent id without white space at its ends; empty for null."""
    return Macros({})("trimmed", f"coalesce({agent_id.as_string()}::text, '')")


def _readable(time_zone: str) -> sql.Composed:
    return sql.SQL(
        "tstzrange('0001-01-01'::timestamp at time zone {0},"
        " '10000-01-01'::timestamp at time zone {0})"
    ).format(sql.Literal(time_zone))


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
    start = sql.SQL("ctid >= {}::tid").format(sql.Literal(f"({first},0)"))
    if end is None:
        return start
    return sql.SQL("{} and ctid < {}::tid").format(start, sql.Literal(f"({end},0)"))
