"""Dagster resource for database connections, and the build lock that a run holds until it ends."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from typing import Protocol

import dagster as dg
import psycopg
from pydantic import PrivateAttr

from config.settings import Settings
from warehouse.advisory_locks import take_build_lock
from warehouse.connect import LOSS_DETECTION, brief_session
from warehouse.databases import Databases, open_databases
from warehouse.niceness import lower_priority
from warehouse.state.build_state import MartsBuild, checked_marts, invalidate_marts


class Closable(Protocol):
    def close(self) -> None: ...


class WarehouseResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Opens the databases in the settings, or the embedded Postgres, once per run and process."""

    _settings: Settings = PrivateAttr()
    _urls: Databases = PrivateAttr()
    _build_session: psycopg.Connection | None = PrivateAttr(default=None)
    _started_at: datetime = PrivateAttr()
    _closes_at_end: ExitStack = PrivateAttr()

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def started_at(self) -> datetime:
        """The instant at which the run began, which decides its as-of date."""
        return self._started_at

    @property
    def urls(self) -> Databases:
        return self._urls

    @contextmanager
    def yield_for_execution(
        self,
        context: dg.InitResourceContext,  # noqa: ARG002 - the name is Dagster's
    ) -> Iterator["WarehouseResource"]:
        self._started_at = datetime.now(UTC)
        self._settings = Settings()
        with open_databases(self._settings) as urls:
            self._urls = urls
            # The embedded server would inherit the lower priority if it started after this.
            lower_priority()
            with ExitStack() as self._closes_at_end:
                yield self

    def close_at_end(self, closable: Closable) -> None:
        """Closes it when the run ends, last in, first out.

        An interruption that Dagster raises between two events of a step leaves the step's own
        generator suspended, and with it all its `with` blocks.
        """
        self._closes_at_end.enter_context(closing(closable))

    @contextmanager
    def warehouse(self) -> Iterator[psycopg.Connection]:
        """Opens a new autocommit session."""
        with psycopg.connect(self._urls.warehouse, autocommit=True) as connection:
            yield connection

    def begin_build_session(self) -> psycopg.Connection:
        """Returns a session with the build lock, which keeps raw unchanged until this run ends.

        Replaces a lost session: the caller plans the build from the start.
        """
        if self._build_session is not None and self._build_session.closed:
            self._build_session = None
        if self._build_session is None:
            self._build_session = psycopg.connect(
                self._urls.warehouse, autocommit=True, **LOSS_DETECTION
            )
            self.close_at_end(self._build_session)
            take_build_lock(self._build_session)
        return self._build_session

    def build_session(self) -> psycopg.Connection:
        """Returns the session of `begin_build_session`; raises Failure if it was lost."""
        if self._build_session is not None and self._build_session.closed:
            raise dg.Failure(
                "lost the warehouse session that held the build lock: run the job again",
                allow_retries=False,
            )
        return self.begin_build_session()

    def invalidate_marts(self) -> None:
        """Makes the next build start from raw, in a session of its own: the build's may hang.

        Raises psycopg.OperationalError if the warehouse does not respond in time.
        """
        with brief_session(self._urls.warehouse) as connection:
            invalidate_marts(connection)

    def checked_marts(self) -> MartsBuild:
        """Returns the build of the marts, unchanged until this run ends; raises Failure if none."""
        build = checked_marts(self.build_session())
        if build is None:
            raise dg.Failure(
                "the marts hold no finished build: materialise them first", allow_retries=False
            )
        return build
