"""Assets of serving: the publish step, which runs after every blocking check has passed."""

import json
import time
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.dagster_support.asset_metadata import data_age, table_sizes
from pipelines.dagster_support.steps import refresh_step
from pipelines.dbt_project import manifest_path
from pipelines.publishing.metric_catalogue import DefinitionError
from pipelines.publishing.metric_definitions import metric_definitions
from pipelines.publishing.publish import METRICS, SERVING_TABLES, PublishError, publish
from pipelines.resources import WarehouseResource


def serving_assets(
    partitions: dg.PartitionsDefinition,
) -> dg.AssetsDefinition:
    """Returns the assets of the served tables, each a copy of the mart or insight of its name."""
    specs = [
        dg.AssetSpec(
            ["serving", table.name],
            deps=[dg.AssetKey([table.source_schema, table.name])],
            group_name="serving",
            kinds={"postgres"},
            description=f"`{table.source_schema}.{table.name}` of the build that is served.",
        )
        for table in SERVING_TABLES
    ]
    specs.append(
        dg.AssetSpec(
            ["serving", METRICS],
            deps=[dg.AssetKey(["serving", table.name]) for table in SERVING_TABLES],
            group_name="serving",
            kinds={"postgres"},
            description="Definition of every served number, from the dbt project.",
        )
    )
    specs.append(
        dg.AssetSpec(
            ["serving", "builds"],
            deps=[spec.key for spec in specs],
            group_name="serving",
            kinds={"postgres"},
            description="One row per published build.",
        )
    )

    @refresh_step("publish", specs, partitions)
    def publish_build(
        context: dg.AssetExecutionContext, databases: WarehouseResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        started = time.monotonic()
        settings = databases.settings
        warehouse = databases.build_session()
        try:
            published = publish(
                warehouse,
                context.run.run_id,
                settings.analytics_timezone,
                settings.analytics_currency,
                metric_definitions(json.loads(manifest_path(settings).read_text())),
            )
        except (PublishError, DefinitionError) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        seconds = time.monotonic() - started
        sizes, age = table_sizes(warehouse, "serving"), data_age(warehouse)
        for table, synced in published.synced.items():
            yield dg.MaterializeResult(
                asset_key=["serving", table],
                metadata={
                    "rows_written": synced.written,
                    "rows_deleted": synced.deleted,
                    "build_id": published.build_id,
                    **sizes[table],
                    **age,
                },
            )
        yield dg.MaterializeResult(
            asset_key=["serving", "builds"],
            metadata={
                "build_id": published.build_id,
                "is_new": published.is_new,
                "numbers_restated": published.restated,
                "is_redefined": published.is_redefined,
                "seconds": seconds,
                **sizes["builds"],
                **age,
            },
        )

    return publish_build
