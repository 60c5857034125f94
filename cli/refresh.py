"""Refresh, dry run and metric diff of the command line; check input before loading the pipeline."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from cli.console import Step, Terminal
from cli.processes.process_supervisor import interrupt_on_signals
from cli.status import served_rows
from config.settings import Settings
from config.user_error import UserError
from pipelines.dagster_support.gc_tuning import collect_garbage_rarely
from pipelines.dbt_project import DbtError
from pipelines.run_options import RefreshOptions
from pipelines.transformation.build_plan import as_of_date
from warehouse.connect import connect_or_fail, ensure_reachable
from warehouse.databases import Databases, open_databases
from warehouse.migration_state import ensure_migrated

if TYPE_CHECKING:
    from pipelines.preview.dry_run import DryRun
    from pipelines.refresh import RefreshResult


def refresh_command(settings: Settings, options: RefreshOptions) -> "RefreshResult":
    """Runs the job. Raises UserError if it fails."""
    terminal = Terminal()
    with _prepared(settings, terminal, "refresh") as (databases, step):
        from pipelines.dagster_support.instance import dagster_instance
        from pipelines.refresh import RunReporter, refresh

        with dagster_instance(settings.home, databases) as instance:
            refreshed = refresh(
                instance, RunReporter(terminal.say, step.show), settings.analytics_timezone, options
            )
        if refreshed.numbers_restated:
            cause = "definition" if refreshed.is_redefined else "source"
            terminal.say(
                f"  restatements: {refreshed.numbers_restated:,} published numbers of closed days"
                f" changed, cause {cause}"
            )
        with connect_or_fail(databases.warehouse, "warehouse") as warehouse:
            served = served_rows(warehouse)
        is_new = "new" if refreshed.is_new else "unchanged"
        step.note = f"build {refreshed.build_id}, {is_new}, {served:,} rows served"
        return refreshed


def dry_run_command(settings: Settings, options: RefreshOptions) -> "DryRun":
    """Returns what that refresh would change. Raises UserError if it would fail."""
    terminal = Terminal()
    with _prepared(settings, terminal, "dry run") as (databases, step):
        from pipelines.preview.dry_run import dry_run
        from pipelines.refresh import RunReporter

        preview = dry_run(settings, databases, options, RunReporter(terminal.say, step.show))
        step.note = f"{preview.agent_days_changed:,} agent-days changed, nothing is published"
        return preview


def metric_diff_command(settings: Settings) -> "DryRun":
    """Returns the changes of served numbers by the current dbt project."""
    terminal = Terminal()
    with _prepared(settings, terminal, "metric diff") as (databases, step):
        from pipelines.preview.dry_run import metric_diff
        from pipelines.refresh import RunReporter

        preview = metric_diff(settings, databases, RunReporter(terminal.say, step.show))
        step.note = "nothing is published"
        return preview


@contextmanager
def _prepared(
    settings: Settings, terminal: Terminal, name: str
) -> Iterator[tuple[Databases, Step]]:
    with (
        interrupt_on_signals(),
        terminal.step(name) as step,
        open_databases(settings) as databases,
    ):
        ensure_reachable(databases.operational, "operational")
        with connect_or_fail(databases.warehouse, "warehouse") as warehouse:
            ensure_migrated(warehouse)
        step.show("loading the pipeline")
        collect_garbage_rarely()
        try:
            yield databases, step
        except DbtError as error:
            raise UserError(str(error)) from None


def days_of_change(
    settings: Settings, first: date | None, last: date | None
) -> tuple[date, date] | None:
    """Returns the range of the options, None for today. Raises UserError for an invalid range."""
    if first is None and last is None:
        return None
    today = as_of_date(None, settings.analytics_timezone)
    first, last = first or today, last or today
    start = settings.analytics_start_date
    if first > last:
        raise UserError(f"--from {first} is after --to {last}")
    if first < start or last > today:
        raise UserError(f"days go from {start} (ANALYTICS_START_DATE) to {today}")
    return first, last
