"""The databases of one run, and the build lock that it holds to its end."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import psycopg
from pydantic import PrivateAttr

from config.settings import Settings
from warehouse.advisory_locks import take_build_lock
from warehouse.databases import Databases, open_databases
from warehouse.niceness import lower_priority


class Stations(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Opens what the settings name, or the embedded Postgres; one per run and process."""

    _settings: Settings = PrivateAttr()
    _databases: Databases = PrivateAttr()
    _build_session: psycopg.Connection | None = PrivateAttr(default=None)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def databases(self) -> Databases:
        return self._databases

    @contextmanager
    def yield_for_execution(
        self,
        context: dg.InitResourceContext,  # noqa: ARG002 - the name is Dagster's
    ) -> Iterator["Stations"]:
        self._settings = Settings()
        with open_databases(self._settings) as databases:
            self._databases = databases
            # After the embedded server has started: it would inherit the lower priority.
            lower_priority()
            try:
                yield self
            finally:
                if self._build_session is not None:
                    self._build_session.close()

    @contextmanager
    def warehouse(self) -> Iterator[psycopg.Connection]:
        """A session of its own; each statement commits unless a transaction is opened."""
        with psycopg.connect(self._databases.warehouse, autocommit=True) as connection:
            yield connection

    def begin_build_session(self) -> psycopg.Connection:
        """A session that holds the build lock: raw stands still until this run ends.

        A session that was lost is replaced: for the step that plans the build anew.
        """
        if self._build_session is not None and self._build_session.closed:
            self._build_session = None
        if self._build_session is None:
            self._build_session = psycopg.connect(self._databases.warehouse, autocommit=True)
            take_build_lock(self._build_session)
        return self._build_session

    def build_session(self) -> psycopg.Connection:
        """The session of `begin_build_session`, for the steps that go on with its build."""
        if self._build_session is not None and self._build_session.closed:
            raise dg.Failure(
                "the warehouse has ended the session that held the build lock: run the job again",
                allow_retries=False,
            )
        return self.begin_build_session()
