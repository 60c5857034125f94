"""Assets of the dbt models: one step that builds what the build plan says."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from config.periods import PeriodsError, read_periods
from crm.sources.dbt_vars import dbt_vars, mapped_dbt_vars
from crm.sources.mapping_file import read_mapping
from pipelines.dagster_support.asset_metadata import Metadata, data_age, table_sizes
from pipelines.dagster_support.retries import retry_on_error
from pipelines.dbt_project import DbtError, manifest_path
from pipelines.resources import WarehouseResource
from pipelines.transformation.build_plan import (
    BuildError,
    BuildPlan,
    Scope,
    as_of_date,
    begin_build,
    finish_build,
    plan_build,
    served_build_id,
    through_date,
)
from pipelines.transformation.dbt_resource import DbtResource
from pipelines.transformation.definition_hash import hash_checks, hash_definitions

# dagster-dbt's name of this metadata.
DURATION = "Execution Duration"
# They read the whole source and block nothing: run only in builds that check all agents.
QUALITY_CHECKS = "path:tests/quality"


class Translator(DagsterDbtTranslator):
    """Groups assets so that the lineage has no cycle, and describes dbt tests."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Returns the schema; intermediate models are in `staging`, custom measures in `marts`."""
        if "measures" in dbt_resource_props["fqn"]:
            # A custom measure may read marts, and the mart `agent_measures` reads it.
            return "marts"
        schema = str(dbt_resource_props["schema"])
        return "staging" if schema == "intermediate" else schema

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """Describes a check by the test's YAML; dagster-dbt alone would look in `meta`."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and dg.AssetCheckSpec(
            spec.name,
            asset=spec.asset_key,
            description=manifest["nodes"][unique_id]["description"] or None,
            additional_deps=spec.additional_deps,
            blocking=spec.blocking,
            metadata=spec.metadata,
        )


class MartsConfig(dg.Config):
    """Run config: `full` rebuilds all marts; `even_unchanged` builds them although nothing changed,
    as in a dry run, whose scratch database starts without marts."""

    full: bool = False
    even_unchanged: bool = False


def dbt_models(
    manifest: Path,
    partitions: dg.PartitionsDefinition,
) -> dg.AssetsDefinition:
    """Every dbt model as an asset keyed `schema/model`, every dbt test as an asset check."""
    parsed = json.loads(manifest.read_text())
    translator = Translator()

    @dbt_assets(
        manifest=parsed,
        name="dbt_build",
        dagster_dbt_translator=translator,
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    @retry_on_error
    def dbt_build(
        context: dg.AssetExecutionContext,
        config: MartsConfig,
        databases: WarehouseResource,
        dbt: DbtResource,
    ) -> Iterator[Any]:
        settings = databases.settings
        time_zone = settings.analytics_timezone
        warehouse = databases.begin_build_session()
        mapping = read_mapping(settings.crm_mapping)
        try:
            read_periods()
        except PeriodsError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        # Read the project again: it may have changed since the code server loaded it.
        current = json.loads(manifest_path(settings).read_text())
        as_of = as_of_date(settings.analytics_as_of, time_zone, databases.started_at)
        plan = plan_build(
            warehouse,
            as_of,
            through_date(as_of, time_zone, databases.started_at),
            hash_definitions(current, dbt_vars(mapping), time_zone, settings.analytics_currency),
            hash_checks(current),
            is_full=config.full,
            even_unchanged=config.even_unchanged,
        )
        context.log.info("build: %s, %s", plan.scope, plan.reason)
        age = data_age(warehouse)
        if plan.scope == Scope.NOTHING:
            graph = context.job_def.asset_layer.asset_graph
            selected = context.selected_asset_keys
            for key in filter(selected.__contains__, graph.toposorted_asset_keys):
                yield dg.MaterializeResult(asset_key=key, metadata={**_plan_metadata(plan), **age})
            yield from _passed_before(context, served_build_id(warehouse))
            return
        begin_build(warehouse, plan)
        arguments, variables = _invocation(plan)
        variables |= mapped_dbt_vars(mapping)
        try:
            build = dbt.build(settings, databases.urls.warehouse, arguments, variables)
            databases.close_at_end(build)
            # Python closes a generator that is not exhausted when it is collected, and then ignores
            # the error that dbt has not stopped.
            with closing(build) as events:
                for event in events:
                    for outcome in _events(event, context, parsed, translator, plan):
                        if isinstance(outcome, dg.MaterializeResult):
                            yield _with_size(outcome, warehouse, age)
                        else:
                            yield outcome
        except DbtError as error:
            message = str(error)
            if error.is_permanent:
                try:
                    databases.invalidate_marts()
                except psycopg.OperationalError as unmarked:
                    message += f"\nrun the next refresh with --full: {unmarked}"
            raise dg.Failure(message, allow_retries=not error.is_permanent) from error
        try:
            finish_build(warehouse, plan)
        except BuildError as error:
            raise dg.Failure(str(error), allow_retries=False) from error

    return dbt_build


def _passed_before(
    context: dg.AssetExecutionContext, build_id: int
) -> Iterator[dg.AssetCheckResult]:
    """Gives results for the blocking checks: without them Dagster would not run later steps."""
    for key in sorted(context.selected_asset_check_keys, key=str):
        if context.assets_def.get_spec_for_check_key(key).blocking:
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=key.name,
                passed=True,
                description="Not evaluated again: it passed, and the marts, served as build"
                f" {build_id}, have not changed since.",
                metadata={"is_evaluated": False, "build_id": build_id},
            )


def _invocation(plan: BuildPlan) -> tuple[list[str], dict[str, Any]]:
    arguments = ["--exclude-resource-type", "unit_test"]
    if plan.scope == Scope.FULL:
        arguments.append("--full-refresh")
    if not plan.checks_all:
        arguments += ["--exclude", QUALITY_CHECKS]
    return arguments, {
        "is_pipeline": True,
        "as_of": plan.as_of.isoformat(),
        "through": plan.through.isoformat(),
        "daily_scope": "all" if plan.scope == Scope.FULL else "changed",
        "period_scope": "changed" if plan.scope == Scope.INCREMENTAL else "all",
        "check_scope": "all" if plan.checks_all else "changed",
    }


def _events(
    event: dict[str, Any],
    context: dg.AssetExecutionContext,
    manifest: Mapping[str, Any],
    translator: Translator,
    plan: BuildPlan,
) -> Iterator[Any]:
    """Returns the Dagster events of a finished dbt node, limited to what the run selected."""
    message = DbtCoreCliEventMessage(raw_event=event, event_history_metadata={})
    for outcome in message.to_default_asset_events(
        manifest=manifest, dagster_dbt_translator=translator, context=context
    ):
        if isinstance(outcome, dg.Output):
            key = context.asset_key_for_output(outcome.output_name)
            if key in context.selected_asset_keys:
                yield dg.MaterializeResult(
                    asset_key=key,
                    metadata={**outcome.metadata, **_plan_metadata(plan), **_rows_written(event)},
                )
        elif isinstance(outcome, dg.AssetCheckResult):
            assert outcome.asset_key is not None
            assert outcome.check_name is not None
            check = dg.AssetCheckKey(outcome.asset_key, outcome.check_name)
            if check in context.selected_asset_check_keys:
                yield dg.AssetCheckResult(
                    asset_key=outcome.asset_key,
                    check_name=outcome.check_name,
                    passed=outcome.passed,
                    severity=outcome.severity,
                    metadata={**outcome.metadata, "rows": dg.MetadataValue.json(event["rows"])},
                )
        else:
            yield outcome


def _with_size(
    built: dg.MaterializeResult[Any], warehouse: psycopg.Connection, age: Metadata
) -> dg.MaterializeResult[Any]:
    """Adds the table's size, and renames the duration as in the other steps' metadata."""
    assert isinstance(built.asset_key, dg.AssetKey)
    schema, table = built.asset_key.path
    metadata = dict(built.metadata or {})
    if DURATION in metadata:
        metadata["seconds"] = metadata.pop(DURATION)
    metadata |= table_sizes(warehouse, schema, table).get(table, {})
    return built._replace(metadata={**metadata, **age})


def _plan_metadata(plan: BuildPlan) -> dict[str, Any]:
    return {
        "scope": plan.scope.value,
        "reason": plan.reason,
        "as_of": plan.as_of.isoformat(),
        "through": plan.through.isoformat(),
        "checks_all_agents": plan.checks_all,
    }


def _rows_written(event: dict[str, Any]) -> dict[str, int]:
    """Parses Postgres's command tag, such as `INSERT 0 148`, from dbt's event."""
    last_word = str(event["data"].get("status", "")).rpartition(" ")[2]
    return {"rows_written": int(last_word)} if last_word.isdecimal() else {}
