"""Which ends of a step are tried once more: its errors, and no interruption."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg
from dagster._utils import iterate_with_context
from dagster._utils.interrupts import raise_interrupts_as

# Given to a step, Dagster would follow it after Ctrl-C as well, and a run that was to end go on.
POLICY = dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL)


def retry_on_error(step: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """After any error but Dagster's own, and the failures that allow no retries."""

    @functools.wraps(step)
    def tried(context: dg.AssetExecutionContext, *given: Any, **named: Any) -> Iterator[Any]:
        try:
            # For which psycopg cancels a statement, as it does not for Dagster's own exception.
            yield from iterate_with_context(
                lambda: raise_interrupts_as(KeyboardInterrupt), step(context, *given, **named)
            )
        except (dg.DagsterError, dg.RetryRequested):
            raise
        except Exception as error:
            if isinstance(error.__cause__, KeyboardInterrupt):
                # As DuckDB tells of it.
                raise error.__cause__ from None
            if isinstance(error, dg.Failure) and not error.allow_retries:
                raise
            raise dg.RetryRequested(
                POLICY.max_retries,
                POLICY.calculate_delay(context.op_execution_context.retry_number + 1),
            ) from error

    return tried
