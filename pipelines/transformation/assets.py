"""Staging, intermediate models and marts: one step that builds what the plan says."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from crm.sources.dbt_vars import dbt_vars, mapped_dbt_vars
from crm.sources.mapping_file import read_mapping
from pipelines.dagster_support.asset_metadata import Metadata, reach, sizes
from pipelines.dagster_support.retries import retry_on_error
from pipelines.resources import Stations
from pipelines.transformation.build_plan import (
    BuildError,
    BuildPlan,
    Mode,
    as_of_date,
    begin_build,
    finish_build,
    plan_build,
    served_build_id,
)
from pipelines.transformation.dbt_project import DbtError, manifest_path
from pipelines.transformation.dbt_resource import DbtResource
from pipelines.transformation.definition_hash import checks_fingerprint, fingerprint
from warehouse.state.build_state import invalidate_marts

# As dagster-dbt calls it.
DURATION = "Execution Duration"
# They look at the whole source and block nothing: with the builds that check all agents.
QUALITY_CHECKS = "path:tests/quality"


class Translator(DagsterDbtTranslator):
    """Groups assets so that the lineage has no cycle, and describes dbt tests."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Returns the schema; intermediate models stand with staging, own measures with marts."""
        if "measures" in dbt_resource_props["fqn"]:
            # An own measure may read marts, and the mart `agent_measures` reads it.
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
        """dagster-dbt takes a check's description from `meta`, we from the test's own YAML."""
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
    """What a run may ask of the marts: all anew, or those of a trial, which begins without any."""

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
        stations: Stations,
        dbt: DbtResource,
    ) -> Iterator[Any]:
        settings = stations.settings
        time_zone = settings.analytics_timezone
        warehouse = stations.begin_build_session()
        mapping = read_mapping(settings.crm_mapping)
        # As the project is now: the code server may have loaded it before it was changed.
        current = json.loads(manifest_path(settings).read_text())
        plan = plan_build(
            warehouse,
            as_of_date(settings.analytics_as_of, time_zone),
            fingerprint(current, dbt_vars(mapping), time_zone),
            checks_fingerprint(current),
            is_full=config.full,
            even_unchanged=config.even_unchanged,
        )
        context.log.info("build: %s, %s", plan.mode, plan.reason)
        through = reach(warehouse)
        if plan.mode == Mode.NOTHING:
            graph = context.job_def.asset_layer.asset_graph
            selected = context.selected_asset_keys
            for key in filter(selected.__contains__, graph.toposorted_asset_keys):
                yield dg.MaterializeResult(
                    asset_key=key, metadata={**_plan_metadata(plan), **through}
                )
            yield from _passed_before(context, served_build_id(warehouse))
            return
        begin_build(warehouse, plan)
        arguments, variables = _invocation(plan)
        variables |= mapped_dbt_vars(mapping)
        try:
            warehouse_url = stations.databases.warehouse
            for event in dbt.build(settings, warehouse_url, arguments, variables):
                for outcome in _events(event, context, parsed, translator, plan):
                    if isinstance(outcome, dg.MaterializeResult):
                        yield _measured(outcome, warehouse, through)
                    else:
                        yield outcome
        except DbtError as error:
            if error.is_refusal:
                invalidate_marts(warehouse)
            raise dg.Failure(str(error), allow_retries=not error.is_refusal) from error
        try:
            finish_build(warehouse, plan)
        except BuildError as error:
            raise dg.Failure(str(error), allow_retries=False) from error

    return dbt_build


def _passed_before(
    context: dg.AssetExecutionContext, build_id: int
) -> Iterator[dg.AssetCheckResult]:
    """The blocking checks: without a result Dagster would not know that they block nothing."""
    for key in sorted(context.selected_asset_check_keys, key=str):
        if context.assets_def.get_spec_for_check_key(key).blocking:
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=key.name,
                passed=True,
                description="Not evaluated again: it has passed, and the marts, served as build"
                f" {build_id}, have not changed since.",
                metadata={"is_evaluated": False, "build_id": build_id},
            )


def _invocation(plan: BuildPlan) -> tuple[list[str], dict[str, Any]]:
    arguments = ["--exclude-resource-type", "unit_test"]
    if plan.mode == Mode.FULL:
        arguments.append("--full-refresh")
    if not plan.checks_all:
        arguments += ["--exclude", QUALITY_CHECKS]
    return arguments, {
        "is_pipeline": True,
        "as_of": plan.as_of.isoformat(),
        "daily_scope": "all" if plan.mode == Mode.FULL else "changed",
        "window_scope": "changed" if plan.mode == Mode.INCREMENTAL else "all",
        "check_scope": "all" if plan.checks_all else "changed",
    }


def _events(
    event: dict[str, Any],
    context: dg.AssetExecutionContext,
    manifest: Mapping[str, Any],
    translator: Translator,
    plan: BuildPlan,
) -> Iterator[Any]:
    """The Dagster events of a finished dbt node; those that this run did not ask for left out."""
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


def _measured(
    built: dg.MaterializeResult[Any], warehouse: psycopg.Connection, through: Metadata
) -> dg.MaterializeResult[Any]:
    """The same, with its seconds under the name of the other stations, and the table's size."""
    assert isinstance(built.asset_key, dg.AssetKey)
    station, table = built.asset_key.path
    metadata = dict(built.metadata or {})
    if DURATION in metadata:
        metadata["seconds"] = metadata.pop(DURATION)
    metadata |= sizes(warehouse, station, table).get(table, {})
    return built._replace(metadata={**metadata, **through})


def _plan_metadata(plan: BuildPlan) -> dict[str, Any]:
    return {
        "mode": plan.mode.value,
        "reason": plan.reason,
        "as_of": plan.as_of.isoformat(),
        "checks_all_agents": plan.checks_all,
    }


def _rows_written(event: dict[str, Any]) -> dict[str, int]:
    """dbt tells them in the command tag, such as `INSERT 0 148`."""
    last_word = str(event["data"].get("status", "")).rpartition(" ")[2]
    return {"rows_written": int(last_word)} if last_word.isdecimal() else {}
