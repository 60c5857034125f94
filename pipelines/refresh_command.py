"""The refresh of the command line: what can be refused is, before the heavy pipeline is loaded."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.build import as_of_date
from pipelines.dbt_runs import DbtError
from pipelines.reach import check_reach, reached
from pipelines.refusal import Refusal
from pipelines.services import ended_by_signals
from pipelines.status import is_migrated, served_rows
from pipelines.terminal import Terminal
from warehouse.databases import open_databases
from warehouse.settings import Settings

if TYPE_CHECKING:
    from pipelines.refresh import Refreshed


def refresh_command(
    settings: Settings, first: date | None, last: date | None, *, is_full: bool
) -> "Refreshed":
    """Runs the job for today, or for the days from `first` to `last`; Refusal with what failed."""
    days = _days(settings, first, last)
    terminal = Terminal()
    with (
        ended_by_signals(),
        terminal.step("refresh") as step,
        open_databases(settings) as databases,
    ):
        check_reach(databases.operational, "operational")
        with reached(databases.warehouse, "warehouse") as warehouse:
            if not is_migrated(warehouse):
                raise Refusal("the warehouse has no tables yet: run `agent-analytics migrate`")
        step.doing("the pipeline is being loaded")
        from pipelines.instance import dagster_instance
        from pipelines.refresh import refresh

        try:
            with dagster_instance(settings.home, databases) as instance:
                refreshed = refresh(
                    instance, terminal, step, settings.analytics_timezone, days, is_full=is_full
                )
            with reached(databases.warehouse, "warehouse") as warehouse:
                served = served_rows(warehouse)
        except DbtError as error:
            raise Refusal(str(error)) from None
        is_new = "new" if refreshed.is_new else "unchanged"
        step.note = f"build {refreshed.build_id}, {is_new}, {served:,} rows served"
        return refreshed


def _days(settings: Settings, first: date | None, last: date | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    today = as_of_date(None, settings.analytics_timezone)
    first, last = first or today, last or today
    start = settings.analytics_start_date
    if first > last:
        raise Refusal(f"--from {first} is after --to {last}")
    if first < start or last > today:
        raise Refusal(f"days go from {start} (ANALYTICS_START_DATE) to {today}")
    return first, last
