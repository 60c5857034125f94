"""A build tried out on a copy of the warehouse, and what it would change in what is served."""

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

READ = frozenset({"lake", "raw"})
BUILT = frozenset({"staging", "intermediate", "marts", "insights"})
UNSEEN = {"telemetry": {"enabled": False}}


@dataclass(frozen=True)
class DryRun:
    """What a run of the job's own steps, up to the publish, has done to the copy.

    `rows` are summed over the tables of a step; `agent_days_touched` by what was read.
    """

    changes: ServingDiff
    agent_days_touched: int
    rows: Mapping[str, Mapping[str, int]]
    seconds: float


def dry_run(
    settings: Settings, databases: Databases, asked: RefreshOptions, reporter: RunReporter
) -> DryRun:
    """What the refresh would change; UserError with what would fail."""
    with scratch_database(databases.warehouse, settings.home) as copy:
        trial = replace(databases, warehouse=copy.url)
        return _try_out(settings, copy, trial, settings.analytics_as_of, asked, reporter)


def metric_diff(settings: Settings, databases: Databases, reporter: RunReporter) -> DryRun:
    """What the dbt project would change over raw as it stands, as of the published date."""
    with scratch_database(databases.warehouse, settings.home) as copy:
        with psycopg.connect(copy.url) as connection:
            published = connection.execute(
                "select as_of from serving.builds order by build_id desc limit 1"
            ).fetchone()
        if published is None:
            raise UserError("nothing is published yet: run `agent-analytics refresh` first")
        trial = replace(databases, warehouse=copy.url)
        return _try_out(settings, copy, trial, published[0], None, reporter)


def _try_out(
    settings: Settings,
    copy: ScratchDatabase,
    databases: Databases,
    as_of: date | None,
    asked: RefreshOptions | None,
    reporter: RunReporter,
) -> DryRun:
    """The job's steps up to the publish; without reading the source where nothing is `asked`."""
    started = time.monotonic()
    variables = environment(
        AGENT_ANALYTICS_HOME=str(copy.home),
        LAKE_PATH=str(copy.lake),
        OPERATIONAL_DATABASE_URL=databases.operational,
        WAREHOUSE_DATABASE_URL=databases.warehouse,
        ANALYTICS_AS_OF=as_of.isoformat() if as_of else "",
    )
    run_id, time_zone = str(uuid4()), settings.analytics_timezone
    with variables, dg.DagsterInstance.ephemeral(settings=UNSEEN) as instance:
        run_job(
            instance,
            run_id,
            reporter,
            time_zone,
            replace(asked or RefreshOptions(), is_trial=True),
            stations=BUILT | READ if asked else BUILT,
        )
    with psycopg.connect(databases.warehouse) as connection:
        changes = diff_serving(connection)
    return DryRun(
        changes,
        reporter.metadata.get("agent_days_touched", 0),
        reporter.rows,
        round(time.monotonic() - started, 3),
    )
