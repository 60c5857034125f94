"""What Dagster loads: every asset, check, job and schedule, in the order in which data moves."""

import dagster as dg

from config.settings import Settings
from crm.sources.mapping_file import read_mapping
from pipelines.dagster_support.ownership import sources_with_owner, with_owner_and_freshness
from pipelines.dagster_support.table_names import with_table_name
from pipelines.goal_tracking.assets import goal_measurement, goal_write_back
from pipelines.ingestion.assets import SOURCES, raw_assets
from pipelines.insights.assets import insights_assets
from pipelines.jobs import REFRESH_JOB, day_by_day_job
from pipelines.partitions import daily_partitions
from pipelines.publishing.assets import serving_assets
from pipelines.resources import Stations
from pipelines.schedules import schedules
from pipelines.sensors import alerts
from pipelines.transformation.assets import dbt_models
from pipelines.transformation.dbt_project import manifest_path
from pipelines.transformation.dbt_resource import DbtResource


@dg.definitions
def definitions() -> dg.Definitions:
    """Parses the dbt project first where it has changed."""
    settings = Settings()
    partitions = daily_partitions(settings)
    stations = with_owner_and_freshness(
        [
            raw_assets(partitions),
            dbt_models(manifest_path(settings), partitions),
            goal_measurement(partitions),
            insights_assets(partitions),
            serving_assets(partitions),
            goal_write_back(partitions),
        ],
        settings.analytics_stale_after,
    )
    named = with_table_name(settings, read_mapping(settings.crm_mapping))
    return dg.Definitions(
        assets=[
            *map(named, sources_with_owner(SOURCES)),
            *(station.map_asset_specs(named) for station in stations),
        ],
        jobs=[REFRESH_JOB, day_by_day_job(partitions)],
        schedules=schedules(settings),
        sensors=alerts(settings),
        resources={"stations": Stations(), "dbt": DbtResource()},
        executor=dg.in_process_executor,
    )
