"""One run of the refresh job in this process, told step by step."""

import logging
import time
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import dagster as dg
from dagster import DagsterEventType as Kind

from pipelines.definitions import definitions
from pipelines.instance import PROCESS_TAG
from pipelines.partitions import today
from pipelines.processes import ProcessIdentity
from pipelines.refusal import Refusal
from pipelines.schedules import REFRESH_JOB, range_tags
from pipelines.terminal import Step, Terminal

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
FULL = {
    "ops": {
        name: {"config": {"full": True}}
        for name in ("extract_and_load", "dbt_build", "compute_insights")
    }
}


@dataclass(frozen=True)
class Refreshed:
    """What a successful run did; `rows` are summed over the tables of a step."""

    run_id: str
    build_id: int
    is_new: bool
    mode: str
    reason: str
    seconds: float
    rows: Mapping[str, Mapping[str, int]]


class Narrator:
    """Hears the events of a run while it is under way, and tells them."""

    def __init__(self, terminal: Terminal, step: Step) -> None:
        self.rows: dict[str, Counter[str]] = {}
        self.metadata: dict[str, Any] = {}
        self.failures: list[str] = []
        self._terminal = terminal
        self._step = step
        self._started = 0.0

    def hear(self, entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None or event.step_key is None:
            return
        name = event.step_key.replace("_", " ")
        match event.event_type:
            case Kind.STEP_START | Kind.STEP_RESTARTED:
                self._started = time.monotonic()
                self.rows[event.step_key] = Counter()
                self._step.doing(name)
            case Kind.ASSET_MATERIALIZATION:
                self._count(event.step_key, event.materialization.metadata)
                self._step.doing(f"{name}: {'/'.join(event.materialization.asset_key.path)}")
            case Kind.STEP_SUCCESS:
                self._terminal.say(f"  {name}: {self._told(event.step_key)}")
            case Kind.STEP_UP_FOR_RETRY:
                seconds = event.step_retry_data.seconds_to_wait or 0
                reason = "; ".join(_reasons(event.step_retry_data.error))
                self._terminal.say(f"  {name}: {reason}: once more in {seconds:.0f} s")
            case Kind.STEP_FAILURE:
                data = event.step_failure_data
                told = data.user_failure_data.description if data.user_failure_data else None
                self.failures += told.splitlines() if told else _reasons(data.error)

    def _count(self, step: str, metadata: Mapping[str, dg.MetadataValue[Any]]) -> None:
        for name, value in metadata.items():
            if name.startswith("rows_"):
                done = name.removeprefix("rows_").replace("_", " ")
                self.rows[step][done] += int(value.value)
            else:
                self.metadata[name] = value.value

    def _told(self, step: str) -> str:
        counts = [f"{count:,} rows {done}" for done, count in self.rows[step].items()]
        return ", ".join([*counts, f"{time.monotonic() - self._started:.1f} s"])


def refresh(
    instance: dg.DagsterInstance,
    terminal: Terminal,
    step: Step,
    time_zone: str,
    days: tuple[date, date] | None,
    *,
    is_full: bool,
) -> Refreshed:
    """Runs the job for today or the `days` from first to last; Refusal with what failed."""
    warnings.simplefilter("ignore", dg.BetaWarning)
    warnings.simplefilter("ignore", dg.PreviewWarning)
    # A build in which nothing changed gives no check results, which Dagster finds worth a warning.
    logging.getLogger("dagster._core.execution.plan").setLevel(logging.ERROR)
    started = time.monotonic()
    job = definitions().resolve_job_def(REFRESH_JOB.name)
    narrator = Narrator(terminal, step)
    run_id = str(uuid4())
    instance.add_event_listener(run_id, narrator.hear)
    result = job.execute_in_process(
        instance=instance,
        run_id=run_id,
        run_config={**QUIET, **(FULL if is_full else {})},
        partition_key=None if days else today(time_zone).isoformat(),
        tags={
            PROCESS_TAG: str(ProcessIdentity.of_this_process()),
            **(range_tags(*days) if days else {}),
        },
        raise_on_error=False,
    )
    if not result.success:
        raise Refusal("\n".join(narrator.failures) or f"run {run_id} did not succeed")
    metadata = narrator.metadata
    return Refreshed(
        run_id,
        metadata["build_id"],
        metadata["is_new"],
        metadata["mode"],
        metadata["reason"],
        round(time.monotonic() - started, 3),
        {name: dict(counts) for name, counts in narrator.rows.items()},
    )


def _reasons(error: Any) -> list[str]:
    """What an error that no one described says for itself, without its stack."""
    if error is None:
        return ["failed without an error"]
    root = error
    while root.cause is not None:
        root = root.cause
    return [" ".join(root.message.split())]
