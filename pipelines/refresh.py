"""Refresh: runs the refresh job in this process and reports its progress by step."""

import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import dagster as dg
from dagster import DagsterEventType as Kind
from dagster._core.execution.plan.objects import ErrorSource

from config.settings import Settings
from config.user_error import UserError
from pipelines.dagster_support.error_chain import root_cause
from pipelines.dagster_support.run_lock import run_lock
from pipelines.definitions import definitions
from pipelines.jobs import REFRESH_JOB, range_tags
from pipelines.partitions import today
from pipelines.run_options import QUIET, RefreshOptions


@dataclass(frozen=True)
class RefreshResult:
    """Result of a successful run; `rows` are summed over the tables of a step.

    `numbers_restated` counts published numbers of closed days that changed, `is_redefined` says
    that definitions changed since the last build.
    """

    run_id: str
    build_id: int
    is_new: bool
    scope: str
    reason: str
    numbers_restated: int
    is_redefined: bool
    seconds: float
    rows: Mapping[str, Mapping[str, int]]


class RunReporter:
    """Reports the progress of a run from its events, and sums up its rows.

    `say` prints a line; `show` replaces the line of the step in progress.
    """

    def __init__(self, say: Callable[[str], None], show: Callable[[str], None]) -> None:
        self._counted: dict[str, dict[dg.AssetKey, dict[str, int]]] = {}
        self.metadata: dict[str, Any] = {}
        self.failures: list[str] = []
        self._say = say
        self._show = show
        self._started = 0.0

    def on_event(self, entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None or event.step_key is None:
            return
        name = event.step_key.replace("_", " ")
        match event.event_type:
            case Kind.STEP_START | Kind.STEP_RESTARTED:
                self._started = time.monotonic()
                self._counted[event.step_key] = {}
                self._show(name)
            case Kind.ASSET_MATERIALIZATION:
                self._count(event.step_key, event.materialization)
                self._show(f"{name}: {'/'.join(event.materialization.asset_key.path)}")
            case Kind.STEP_SUCCESS:
                self._say(f"  {name}: {self._summary(event.step_key)}")
            case Kind.STEP_UP_FOR_RETRY:
                seconds = event.step_retry_data.seconds_to_wait or 0
                reason = "; ".join(_reasons(event.step_retry_data.error))
                self._say(f"  {name}: {reason}: retry in {seconds:.0f} s")
            case Kind.STEP_FAILURE:
                data = event.step_failure_data
                if data.error_source == ErrorSource.INTERRUPT:
                    self.failures.append(f"{name} was interrupted")
                    return
                description = data.user_failure_data.description if data.user_failure_data else None
                self.failures += description.splitlines() if description else _reasons(data.error)

    @property
    def rows(self) -> dict[str, dict[str, int]]:
        """Number of rows by step and verb, such as `written`, summed over the step's tables."""
        totals: dict[str, Counter[str]] = {step: Counter() for step in self._counted}
        for step, tables in self._counted.items():
            for counts in tables.values():
                totals[step].update(counts)
        return {step: dict(counts) for step, counts in totals.items()}

    def _count(self, step: str, materialization: dg.AssetMaterialization) -> None:
        """Counts each table once: Dagster repeats a table's event for every day of a range."""
        counts = self._counted[step][materialization.asset_key] = {}
        metadata: Mapping[str, dg.MetadataValue[Any]] = materialization.metadata
        for name, value in metadata.items():
            if name.startswith("rows_"):
                counts[name.removeprefix("rows_").replace("_", " ")] = int(value.value)
            else:
                self.metadata[name] = value.value

    def _summary(self, step: str) -> str:
        counts = [f"{count:,} rows {verb}" for verb, count in self.rows[step].items()]
        return ", ".join([*counts, f"{time.monotonic() - self._started:.1f} s"])


def refresh(
    instance: dg.DagsterInstance, reporter: RunReporter, time_zone: str, options: RefreshOptions
) -> RefreshResult:
    """Runs the job with these options. Raises UserError that lists the failures."""
    started = time.monotonic()
    run_id = str(uuid4())
    with run_lock(Settings().home, run_id):
        run_job(instance, run_id, reporter, time_zone, options)
    metadata = reporter.metadata
    return RefreshResult(
        run_id,
        metadata["build_id"],
        metadata["is_new"],
        metadata["scope"],
        metadata["reason"],
        metadata["numbers_restated"],
        metadata["is_redefined"],
        round(time.monotonic() - started, 3),
        reporter.rows,
    )


def run_job(
    instance: dg.DagsterInstance,
    run_id: str,
    reporter: RunReporter,
    time_zone: str,
    options: RefreshOptions,
    *,
    schemas: frozenset[str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Runs the job in this process; only the assets of `schemas`, if given."""
    warnings.simplefilter("ignore", dg.BetaWarning)
    warnings.simplefilter("ignore", dg.PreviewWarning)
    job = definitions().resolve_job_def(REFRESH_JOB.name)
    keys = job.asset_layer.executable_asset_keys
    instance.add_event_listener(run_id, reporter.on_event)
    result = job.execute_in_process(
        instance=instance,
        run_id=run_id,
        run_config={**QUIET, "ops": options.ops},
        partition_key=None if options.days else today(time_zone).isoformat(),
        tags={**(tags or {}), **(range_tags(*options.days) if options.days else {})},
        asset_selection=(
            None if schemas is None else [key for key in keys if key.path[0] in schemas]
        ),
        raise_on_error=False,
    )
    if not result.success:
        raise UserError("\n".join(reporter.failures) or f"run {run_id} did not succeed")


def _reasons(error: Any) -> list[str]:
    """Returns the message of the root cause, without its stack."""
    if error is None:
        return ["failed without an error"]
    return [" ".join(root_cause(error).message.split())]
