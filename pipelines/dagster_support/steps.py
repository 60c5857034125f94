"""Steps of the refresh job: what the multi-assets of all stations have in common."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import dagster as dg

from pipelines.dagster_support.retries import retry_on_error


def refresh_step(
    name: str, specs: Sequence[dg.AssetSpec], partitions: dg.PartitionsDefinition, **options: Any
) -> Callable[[Callable[..., Iterator[Any]]], dg.AssetsDefinition]:
    """Makes a function the step `name`: one run covers all days of a range, errors are retried.

    `options` are further arguments of Dagster's `multi_asset`.
    """

    def step(function: Callable[..., Iterator[Any]]) -> dg.AssetsDefinition:
        return dg.multi_asset(
            name=name,
            specs=specs,
            partitions_def=partitions,
            backfill_policy=dg.BackfillPolicy.single_run(),
            **options,
        )(retry_on_error(function))

    return step
