"""The refresh job as an operator runs it, over databases of a test's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg

from config.environment import environment
from pipelines.definitions import definitions
from pipelines.ingestion.ingest import IngestResult, ingest
from pipelines.jobs import range_tags
from pipelines.partitions import today
from pipelines.resources import WarehouseResource
from pipelines.run_options import QUIET
from warehouse.databases import Databases

WHEN_BUILT = frozenset({"created_at", "lead_created_at", "marts_built_at"})
NOTES = {
    "state.source_watermarks",
    "state.build_state",
    "state.reference_data",
    "serving.builds",
    "serving.refreshes",
    "serving.restatements",
}


@dataclass(frozen=True)
class Pipeline:
    """A pair of databases, a home and an as-of date."""

    databases: Databases
    home: Path
    lake: Path
    as_of: date | None
    time_zone: str = "UTC"

    def refresh(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        is_full: bool = False,
        reconciles: bool = False,
        only: Collection[str] = (),
    ) -> dg.ExecuteInProcessResult:
        """One run of the job, for today or a range; its failure is in the result.

        `only`: the schemas, or assets as `schema/table`, that alone are materialised.
        """
        raw, marts = {"full": is_full, "reconcile": reconciles}, {"full": is_full}
        ops = {
            "extract_and_load": {"config": raw},
            "dbt_build": {"config": marts},
            "compute_insights": {"config": {"full": is_full or reconciles}},
        }
        day = today(self.time_zone)
        with environment(**self._variables()), dg.DagsterInstance.ephemeral() as instance:
            job = definitions().resolve_job_def("refresh")
            return job.execute_in_process(
                instance=instance,
                tags=range_tags(first or day, last or first or day),
                run_config={"ops": {} if only else ops, **QUIET},
                asset_selection=[
                    key
                    for key in job.asset_layer.executable_asset_keys
                    if {key.path[0], key.to_user_string()} & set(only)
                ]
                if only
                else None,
                raise_on_error=False,
            )

    def refreshed(self, *days: date, **options: Any) -> dg.ExecuteInProcessResult:
        """A run that must succeed."""
        result = self.refresh(*days, **options)
        assert result.success, failure(result)
        return result

    def ingested(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        is_full: bool = False,
        reconciles: bool = False,
    ) -> IngestResult:
        """Extract and load alone."""
        day = today(self.time_zone)
        with (
            environment(**self._variables()),
            WarehouseResource().yield_for_execution(dg.build_init_resource_context()) as resource,
        ):
            return ingest(
                "by-hand",
                resource,
                first or day,
                last or first or day,
                is_whole=is_full,
                reconciles=reconciles,
            )

    def _variables(self) -> dict[str, str]:
        return {
            "AGENT_ANALYTICS_HOME": str(self.home),
            "LAKE_PATH": str(self.lake),
            "OPERATIONAL_DATABASE_URL": self.databases.operational,
            "WAREHOUSE_DATABASE_URL": self.databases.warehouse,
            "ANALYTICS_AS_OF": self.as_of.isoformat() if self.as_of else "",
            "ANALYTICS_TIMEZONE": self.time_zone,
        }


def failure(result: dg.ExecuteInProcessResult) -> str:
    """What a failed run says."""
    return "\n".join(
        event.step_failure_data.error.to_string()
        for event in result.all_events
        if event.is_step_failure and event.step_failure_data.error
    )


def metadata(result: dg.ExecuteInProcessResult, asset: str) -> dict[str, Any]:
    """The metadata of the asset `schema/table` in a run."""
    return {
        name: value.value
        for event in result.get_asset_materialization_events()
        if event.asset_key and event.asset_key.to_user_string() == asset
        for name, value in event.step_materialization_data.materialization.metadata.items()
    }


def checks(result: dg.ExecuteInProcessResult) -> dict[str, dg.AssetCheckEvaluation]:
    """The asset checks of a run by name."""
    return {check.check_name: check for check in result.get_asset_check_evaluations()}


def contents(url: str, *, without: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every row of every table outside Postgres's own schemas, ordered, as text.

    `without`: columns with the time of writing, which is not compared.
    """
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select table_schema, table_name,"
            " array_agg(column_name::text order by ordinal_position)"
            " from information_schema.columns join information_schema.tables"
            " using (table_schema, table_name)"
            " where table_type = 'BASE TABLE'"
            " and table_schema not in ('pg_catalog', 'information_schema') group by 1, 2"
        ).fetchall()
        return {
            f"{schema}.{table}": sorted(
                connection.execute(
                    psycopg.sql.SQL("select row({})::text from {}").format(
                        psycopg.sql.SQL(", ").join(
                            psycopg.sql.Identifier(name) for name in columns if name not in without
                        ),
                        psycopg.sql.Identifier(schema, table),
                    )
                ).fetchall()
            )
            for schema, table, columns in tables
        }
