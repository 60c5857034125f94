"""Dry runs and metric diffs over the databases of a test's own pipeline."""

import psycopg

from config.settings import Settings
from pipelines.preview.dry_run import DryRun, dry_run, metric_diff
from pipelines.refresh import RunReporter
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


def dry_run_of(pipeline: Pipeline, options: RefreshOptions | None = None) -> DryRun:
    return dry_run(
        settings_of(pipeline), pipeline.databases, options or RefreshOptions(), silent_reporter()
    )


def metric_diff_of(pipeline: Pipeline) -> DryRun:
    return metric_diff(settings_of(pipeline), pipeline.databases, silent_reporter())


def silent_reporter() -> RunReporter:
    return RunReporter(say=lambda _line: None, show=lambda _line: None)


def moves(result: DryRun, table: str) -> dict[str, tuple[object, ...]]:
    """By measure of a served table: rows, agents, whose row moves furthest, from what to what."""
    return {
        change.measure: (
            *(change.rows, change.agents),
            *(change.moves[0].agent_id, *change.moves[0].row_key),
            *(change.moves[0].old, change.moves[0].new),
        )
        for change in result.changes.measures
        if change.table == table
    }


def databases_of(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database")}
