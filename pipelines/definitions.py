"""Dagster code location: every asset, check, job, schedule and sensor, in the order data moves."""

import dagster as dg

from config.settings import Settings
from crm.sources.mapping import LeadsMapping
from crm.sources.mapping_file import MappingError, read_mapping
from pipelines.dagster_support.ownership import sources_with_owner, with_owner_and_freshness
from pipelines.dagster_support.table_names import with_table_name
from pipelines.dbt_project import manifest_path
from pipelines.goal_tracking.assets import goal_measurement, goal_write_back
from pipelines.ingestion.assets import REFERENCE_DATA, SOURCES, raw_assets
from pipelines.insights.assets import insights_assets
from pipelines.jobs import REFRESH_JOB, backfill_job
from pipelines.partitions import daily_partitions
from pipelines.publishing.assets import serving_assets
from pipelines.resources import WarehouseResource
from pipelines.schedules import schedules
from pipelines.sensors import alert_sensors
from pipelines.transformation.assets import dbt_models
from pipelines.transformation.dbt_resource import DbtResource


@dg.definitions
def definitions() -> dg.Definitions:
    """Returns the definitions; parses the dbt project first if it has changed."""
    settings = Settings()
    partitions = daily_partitions(settings)
    assets = with_owner_and_freshness(
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
    add_table_name = with_table_name(settings, _mapping(settings))
    return dg.Definitions(
        assets=[
            *map(add_table_name, sources_with_owner([*SOURCES, *REFERENCE_DATA])),
            *(asset.map_asset_specs(add_table_name) for asset in assets),
        ],
        jobs=[REFRESH_JOB, backfill_job(partitions)],
        schedules=schedules(settings),
        sensors=alert_sensors(settings),
        resources={"databases": WarehouseResource(), "dbt": DbtResource()},
        executor=dg.in_process_executor,
    )


def _mapping(settings: Settings) -> LeadsMapping:
    """Returns the mapping file, or the default where it is invalid: the ingestion reports that."""
    try:
        return read_mapping(settings.crm_mapping)
    except MappingError:
        return LeadsMapping()
