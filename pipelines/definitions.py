"""What Dagster loads: every asset, check, job and schedule, in the order in which data moves."""

import dagster as dg

from pipelines.alerts import alerts
from pipelines.day_by_day import day_by_day_job
from pipelines.dbt_assets import dbt_models
from pipelines.dbt_project import manifest_path
from pipelines.goal_assets import goal_assets
from pipelines.insights_assets import insights_assets
from pipelines.partitions import daily_partitions
from pipelines.raw_assets import SOURCES, raw_assets
from pipelines.schedules import REFRESH_JOB, schedules
from pipelines.serving_assets import serving_assets
from pipelines.stations import Stations
from pipelines.stewardship import owned_sources, stewarded
from warehouse.settings import Settings


@dg.definitions
def definitions() -> dg.Definitions:
    """Parses the dbt project first where it has changed."""
    settings = Settings()
    partitions = daily_partitions(settings)
    return dg.Definitions(
        assets=[
            *owned_sources(SOURCES),
            *stewarded(
                [
                    raw_assets(partitions),
                    dbt_models(manifest_path(settings), partitions),
                    insights_assets(partitions),
                    serving_assets(partitions),
                    goal_assets(partitions),
                ],
                settings.analytics_stale_after,
            ),
        ],
        jobs=[REFRESH_JOB, day_by_day_job(partitions)],
        schedules=schedules(settings),
        sensors=alerts(settings),
        resources={"stations": Stations()},
        executor=dg.in_process_executor,
    )
