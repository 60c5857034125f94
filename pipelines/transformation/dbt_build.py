"""A `dbt build` by dbt's `dbtRunner` in a thread of this process, which can be stopped.

The thread lets Dagster record a finished node while dbt builds others, and lets an interruption,
which Python raises in the main thread, cancel the running statements.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Self

from pipelines.dbt_project import invoke

RESULT_EVENTS = {"LogModelResult", "LogTestResult", "LogSeedResult"}
START_EVENT = "LogStartLine"
STOP_SECONDS = 30.0
POLL_SECONDS = 0.05


class StoppedError(Exception):
    """Fails the nodes that dbt starts after the build was stopped."""


class DbtBuild:
    """Runs inside its block; `result` is set once `events` are exhausted.

    Leaving the block earlier stops the build.
    """

    def __init__(self, arguments: list[str], manifest: Any) -> None:
        self.result: Future[Any] = Future()
        self._events: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._is_stopped = False
        self._thread = threading.Thread(
            target=self._run, args=(arguments, manifest), name="dbt", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cancels running statements, and waits until dbt has ended and closed its sessions."""
        self._is_stopped = True
        deadline = time.monotonic() + STOP_SECONDS
        while self._thread.is_alive() and time.monotonic() < deadline:
            if not self.result.done():
                _cancel_statements()
            self._thread.join(POLL_SECONDS)

    def events(self) -> Iterator[dict[str, Any]]:
        """Gives dbt's event of each node when it finishes."""
        return iter(self._events.get, None)

    def _run(self, arguments: list[str], manifest: Any) -> None:
        try:
            result = invoke(["build", *arguments], manifest=manifest, callbacks=[self._on_event])
        except BaseException as error:
            self.result.set_exception(error)
        else:
            self.result.set_result(result)
        finally:
            self._events.put(None)

    def _on_event(self, event: Any) -> None:
        from dbt_common.events.functions import msg_to_dict

        # dbt ends a build early only if its own main thread is interrupted. But a callback that
        # raises fails the node before it opens a session, and dbt skips the rest.
        if self._is_stopped and event.info.name == START_EVENT:
            raise StoppedError("the build was stopped")
        if event.info.name in RESULT_EVENTS:
            self._events.put(msg_to_dict(event))


def _cancel_statements() -> None:
    """Ends the sessions of dbt's other threads, as dbt itself does after Ctrl-C."""
    from dbt.adapters.factory import get_adapter_by_type
    from dbt_common.exceptions import DbtBaseException

    # KeyError: dbt has registered no adapter yet, or has ended.
    with suppress(KeyError, DbtBaseException):
        adapter = get_adapter_by_type("postgres")  # type: ignore[no-untyped-call]
        with adapter.connection_named("cancel"):
            adapter.cancel_open_connections()
