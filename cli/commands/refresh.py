"""Commands `refresh` and `metric-diff`: run the Dagster job, or show what it would change."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Json, Markdown
from config.settings import Settings

if TYPE_CHECKING:
    from pipelines.preview.dry_run import DryRun

DAYS = ["%Y-%m-%d"]


def refresh(
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=DAYS, help="First day of change.")
    ] = None,
    to: Annotated[datetime | None, typer.Option(formats=DAYS, help="Last day of change.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read and recompute everything.")] = False,
    reconcile: Annotated[
        bool,
        typer.Option("--reconcile", help="Compare source and raw, and read again what differs."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Only show what would change. Builds in a scratch database: takes as long as"
            " --full and needs the size of raw again.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Run the Dagster job in this process, for today or for a range of days."""
    from cli import refresh as command
    from pipelines.run_options import RefreshOptions

    settings = Settings()
    days = command.days_of_change(settings, from_ and from_.date(), to and to.date())
    options = RefreshOptions(days, is_full=full, reconciles=reconcile)
    if dry_run:
        _print_report(command.dry_run_command(settings, options), as_json=as_json)
        return
    refreshed = command.refresh_command(settings, options)
    if as_json:
        print(json.dumps(asdict(refreshed)))


def metric_diff(as_markdown: Markdown = False, as_json: Json = False) -> None:
    """Show what your edits of the dbt project would change in the served numbers.

    Builds in a scratch database: takes as long as a full build and needs the size of raw again.
    """
    from cli.refresh import metric_diff_command

    _print_report(metric_diff_command(Settings()), as_json=as_json, as_markdown=as_markdown)


def _print_report(result: "DryRun", *, as_json: bool, as_markdown: bool = False) -> None:
    from pipelines.preview.report import markdown, print_changes

    if as_json:
        print(json.dumps(asdict(result), default=str))
    elif as_markdown:
        print(markdown(result.changes))
    else:
        print_changes(result.changes)
