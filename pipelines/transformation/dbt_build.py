"""A `dbt build` by dbt's `dbtRunner` in a thread of this process, which can be stopped.

The thread lets Dagster record a finished node while dbt builds others, and lets an interruption,
which Python raises in the main thread, cancel the running statements.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Self

import psycopg

from pipelines.dbt_project import DbtError, invoke
from warehouse.connect import brief_session
from warehouse.statements import statement

RESULT_EVENTS = {"LogModelResult", "LogTestResult", "LogSeedResult"}
START_EVENT = "LogStartLine"
STOP_SECONDS = 30.0
TERMINATE_SECONDS = 5.0
POLL_SECONDS = 0.05
TERMINATE = "pipelines/transformation/sql/terminate_sessions.sql"


class StoppedError(Exception):
    """Fails the nodes that dbt starts after the build was stopped."""


class DbtBuild:
    """Runs inside its block; `result` is set once `events` are exhausted.

    Leaving the block earlier stops the build. `application_name` is that of dbt's sessions.
    """

    def __init__(
        self, arguments: list[str], manifest: Any, warehouse_url: str, application_name: str
    ) -> None:
        self._warehouse_url = warehouse_url
        self._application_name = application_name
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
        """Cancels running statements, and waits until dbt has ended and closed its sessions.

        Raises DbtError if it does not end: Python cannot end a thread that waits for a server.
        """
        self._is_stopped = True
        if self._has_ended(_cancel_statements, STOP_SECONDS):
            return
        if not self._has_ended(self._terminate_sessions, TERMINATE_SECONDS):
            raise DbtError(
                f"dbt has not stopped after {STOP_SECONDS + TERMINATE_SECONDS:.0f} s, although its"
                " database sessions were terminated: see pg_stat_activity for application_name"
                f" '{self._application_name}'",
                is_permanent=True,
            )

    def events(self) -> Iterator[dict[str, Any]]:
        """Gives dbt's event of each node when it finishes."""
        return iter(self._events.get, None)

    def _has_ended(self, end_statements: Callable[[], None], seconds: float) -> bool:
        """Repeats the call until dbt has ended, as it may just be opening another session."""
        deadline = time.monotonic() + seconds
        while self._thread.is_alive() and time.monotonic() < deadline:
            if not self.result.done():
                end_statements()
            self._thread.join(POLL_SECONDS)
        return not self._thread.is_alive()

    def _terminate_sessions(self) -> None:
        """Ends the sessions through one of our own, which needs nothing of dbt."""
        with (
            suppress(psycopg.OperationalError),
            brief_session(self._warehouse_url) as connection,
        ):
            connection.execute(statement(TERMINATE), {"application_name": self._application_name})

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
