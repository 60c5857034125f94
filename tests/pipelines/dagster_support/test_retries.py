"""A step is retried twice after errors, and not after an interruption."""

import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.dagster_support import retries
from pipelines.dagster_support.retries import retry_on_error

INTERRUPTED_AFTER_SECONDS = 0.5


@pytest.fixture(autouse=True)
def _without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [retries.POLICY.calculate_delay(number) for number in (1, 2)] == [2, 6]
    monkeypatch.setattr(retries, "POLICY", dg.RetryPolicy(max_retries=2, delay=0))


def tries(step: Callable[[int], object]) -> tuple[bool, int]:
    """Whether a run of this one step succeeded, and its number of attempts."""
    numbers: list[int] = []

    @dg.multi_asset(specs=[dg.AssetSpec("made")])
    @retry_on_error
    def make(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        numbers.append(context.op_execution_context.retry_number)
        step(numbers[-1])
        yield dg.MaterializeResult()

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([make], instance=instance, raise_on_error=False)
    assert numbers == list(range(len(numbers)))
    return result.success, len(numbers)


def test_a_step_may_succeed_on_the_second_try() -> None:
    assert tries(lambda number: [1 // number]) == (True, 2)


def test_a_lasting_error_fails_the_run_after_three_tries() -> None:
    assert tries(lambda _: [][0]) == (False, 3)


@pytest.mark.parametrize("allow_retries", [True, False])
def test_a_failure_can_forbid_retries(*, allow_retries: bool) -> None:
    def fail(_: int) -> None:
        raise dg.Failure("no", allow_retries=allow_retries)

    assert tries(fail) == (False, 3 if allow_retries else 1)


def test_an_interruption_ends_the_run() -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    assert tries(interrupt) == (False, 1)


def test_an_interruption_reported_by_duckdb_ends_the_run() -> None:
    def interrupted(_: int) -> None:
        # It looks for signals while it works.
        with duckdb.connect() as connection:
            threading.Timer(INTERRUPTED_AFTER_SECONDS, signal.raise_signal, [signal.SIGINT]).start()
            connection.sql("select count(*) from range(100_000_000_000)").fetchall()

    assert tries(interrupted) == (False, 1)
