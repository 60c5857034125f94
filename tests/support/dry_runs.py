"""Dry runs and metric diffs over the databases of a test's own pipeline."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from cli.console import Step, Terminal
from config.settings import Settings
from pipelines.preview.dry_run import DryRun, dry_run, metric_diff
from pipelines.run_options import RefreshOptions
from tests.support.pipeline import Pipeline

LATE_SALE = (
    "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
    " values ('ana', 'L05', 'conversion', '2024-01-10 09:00+00', '{\"revenue\": 125.50}')"
)


def settings_of(pipeline: Pipeline) -> Settings:
    return Settings(
        home=pipeline.home,
        lake_path=pipeline.lake,
        analytics_as_of=pipeline.as_of,
        analytics_timezone=pipeline.time_zone,
    )


@contextmanager
def terminal() -> Iterator[Terminal]:
    """Its descriptor is closed at the end, which a command leaves to its own."""
    silent = Terminal()
    try:
        yield silent
    finally:
        silent.console.file.close()


def tried(pipeline: Pipeline, asked: RefreshOptions | None = None) -> DryRun:
    with terminal() as told:
        step = Step("dry run", None)
        return dry_run(
            settings_of(pipeline), pipeline.databases, asked or RefreshOptions(), told, step
        )


def compared(pipeline: Pipeline) -> DryRun:
    with terminal() as told:
        step = Step("metric diff", None)
        return metric_diff(settings_of(pipeline), pipeline.databases, told, step)


def moves(trial: DryRun, table: str) -> dict[str, tuple[object, ...]]:
    """By measure of a served table: rows, agents, whose row moves furthest, from what to what."""
    return {
        change.measure: (
            *(change.rows, change.agents),
            *(change.moves[0].agent_id, *change.moves[0].row_key),
            *(change.moves[0].old, change.moves[0].new),
        )
        for change in trial.changes.measures
        if change.table == table
    }


def databases_of(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database")}
