"""The refresh of the command line: what can be refused is, before the heavy pipeline is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from pipelines.asked import Asked
from pipelines.build import as_of_date
from pipelines.dbt_process import dbt_ahead
from pipelines.dbt_project import DbtError
from pipelines.garbage import collect_garbage_rarely
from pipelines.reach import check_reach, reached
from pipelines.refusal import Refusal
from pipelines.services import ended_by_signals
from pipelines.status import is_migrated, served_rows
from pipelines.terminal import Step, Terminal
from warehouse.databases import Databases, open_databases
from warehouse.settings import Settings

if TYPE_CHECKING:
    from pipelines.refresh import Refreshed
    from pipelines.trial import Trial


def refresh_command(settings: Settings, asked: Asked) -> "Refreshed":
    """Runs the job; Refusal with what failed."""
    terminal = Terminal()
    with (
        _prepared(settings, terminal, "refresh") as (databases, step),
        dbt_ahead(settings, databases.warehouse),
    ):
        from pipelines.instance import dagster_instance
        from pipelines.refresh import refresh

        with dagster_instance(settings.home, databases) as instance:
            refreshed = refresh(instance, terminal, step, settings.analytics_timezone, asked)
        with reached(databases.warehouse, "warehouse") as warehouse:
            served = served_rows(warehouse)
        is_new = "new" if refreshed.is_new else "unchanged"
        step.note = f"build {refreshed.build_id}, {is_new}, {served:,} rows served"
        return refreshed


def dry_run_command(settings: Settings, asked: Asked) -> "Trial":
    """What the same refresh would change; Refusal with what would fail."""
    terminal = Terminal()
    with _prepared(settings, terminal, "dry run") as (databases, step):
        from pipelines.trial import dry_run

        trial = dry_run(settings, databases, asked, terminal, step)
        step.note = f"{trial.agent_days_touched:,} agent-days touched, nothing is published"
        return trial


def metric_diff_command(settings: Settings) -> "Trial":
    """What the dbt project as it stands would change in what is served."""
    terminal = Terminal()
    with _prepared(settings, terminal, "metric diff") as (databases, step):
        from pipelines.trial import metric_diff

        trial = metric_diff(settings, databases, terminal, step)
        step.note = "nothing is published"
        return trial


@contextmanager
def _prepared(
    settings: Settings, terminal: Terminal, name: str
) -> Iterator[tuple[Databases, Step]]:
    with (
        ended_by_signals(),
        terminal.step(name) as step,
        open_databases(settings) as databases,
    ):
        check_reach(databases.operational, "operational")
        with reached(databases.warehouse, "warehouse") as warehouse:
            if not is_migrated(warehouse):
                raise Refusal("the warehouse has no tables yet: run `agent-analytics migrate`")
        step.doing("the pipeline is being loaded")
        collect_garbage_rarely()
        try:
            yield databases, step
        except DbtError as error:
            raise Refusal(str(error)) from None


def days_of_change(
    settings: Settings, first: date | None, last: date | None
) -> tuple[date, date] | None:
    """The range that options name, None for today; Refusal where there are no such days."""
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
