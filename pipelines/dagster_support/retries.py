"""Retry policy of steps: retries errors, never interruptions."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg
from dagster._utils import iterate_with_context
from dagster._utils.interrupts import raise_interrupts_as

from warehouse.missing_relations import MISSING, with_command

# Not set on the step itself: Dagster would then retry after Ctrl-C, and the run would not stop.
POLICY = dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL)


def retry_on_error(step: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Retries a step after any error, except Dagster's own and failures that allow no retries.

    Fails immediately, with the command to run, if a table or a column is missing.
    """

    @functools.wraps(step)
    def retried(context: dg.AssetExecutionContext, *args: Any, **kwargs: Any) -> Iterator[Any]:
        try:
            # psycopg cancels its statement on KeyboardInterrupt, but not on Dagster's exception.
            yield from iterate_with_context(
                lambda: raise_interrupts_as(KeyboardInterrupt), step(context, *args, **kwargs)
            )
        except (dg.DagsterError, dg.RetryRequested):
            raise
        except MISSING as error:
            raise dg.Failure(with_command(error), allow_retries=False) from error
        except Exception as error:
            if isinstance(error.__cause__, KeyboardInterrupt):
                # DuckDB raises its own error with the interruption as cause.
                raise error.__cause__ from None
            if isinstance(error, dg.Failure) and not error.allow_retries:
                raise
            raise dg.RetryRequested(
                POLICY.max_retries,
                POLICY.calculate_delay(context.op_execution_context.retry_number + 1),
            ) from error

    return retried
