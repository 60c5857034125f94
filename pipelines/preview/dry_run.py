"""Dry run and metric diff: a build in a scratch database, compared with what is served."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

import dagster as dg
import psycopg

from config.environment import environment
from config.settings import Settings
from config.user_error import UserError
from pipelines.preview.diff import ServingDiff, diff_serving
from pipelines.preview.scratch_database import ScratchDatabase, scratch_database
from pipelines.refresh import RunReporter, run_job
from pipelines.run_options import RefreshOptions
from warehouse.databases import Databases

READ_SCHEMAS = frozenset({"lake", "raw", "state"})
BUILT_SCHEMAS = frozenset({"staging", "intermediate", "marts", "insights"})
EPHEMERAL_SETTINGS = {"telemetry": {"enabled": False}}


@dataclass(frozen=True)
class DryRun:
    """Result of the job's steps up to the publish, run on the copy.

    `rows` are summed over the tables of a step; `agent_days_changed` counts those of the rows read.
    """

    changes: ServingDiff
    agent_days_changed: int
    rows: Mapping[str, Mapping[str, int]]
    seconds: float


def dry_run(
    settings: Settings, databases: Databases, options: RefreshOptions, reporter: RunReporter
) -> DryRun:
    """Returns what the refresh would change. Raises UserError where it would fail."""
    with scratch_database(databases.warehouse, settings.home) as copy:
        scratch = replace(databases, warehouse=copy.url)
        return _run_on_copy(settings, copy, scratch, settings.analytics_as_of, options, reporter)


def metric_diff(settings: Settings, databases: Databases, reporter: RunReporter) -> DryRun:
    """Returns what the dbt project would change, over raw and as of the published date."""
    with scratch_database(databases.warehouse, settings.home) as copy:
        with psycopg.connect(copy.url) as connection:
            published = connection.execute(
                "select as_of from serving.builds order by build_id desc limit 1"
            ).fetchone()
        if published is None:
            raise UserError("nothing is published yet: run `agent-analytics refresh` first")
        scratch = replace(databases, warehouse=copy.url)
        return _run_on_copy(settings, copy, scratch, published[0], None, reporter)


def _run_on_copy(
    settings: Settings,
    copy: ScratchDatabase,
    databases: Databases,
    as_of: date | None,
    options: RefreshOptions | None,
    reporter: RunReporter,
) -> DryRun:
    """Runs the job up to the publish; without `options` the source is not read."""
    started = time.monotonic()
    variables = environment(
        AGENT_ANALYTICS_HOME=str(copy.home),
        LAKE_PATH=str(copy.lake),
        OPERATIONAL_DATABASE_URL=databases.operational,
        WAREHOUSE_DATABASE_URL=databases.warehouse,
        ANALYTICS_AS_OF=as_of.isoformat() if as_of else "",
    )
    run_id, time_zone = str(uuid4()), settings.analytics_timezone
    with variables, dg.DagsterInstance.ephemeral(settings=EPHEMERAL_SETTINGS) as instance:
        run_job(
            instance,
            run_id,
            reporter,
            time_zone,
            replace(options or RefreshOptions(), is_dry_run=True),
            schemas=BUILT_SCHEMAS | READ_SCHEMAS if options else BUILT_SCHEMAS,
        )
    with psycopg.connect(databases.warehouse) as connection:
        changes = diff_serving(connection)
    return DryRun(
        changes,
        reporter.metadata.get("agent_days_changed", 0),
        reporter.rows,
        round(time.monotonic() - started, 3),
    )
