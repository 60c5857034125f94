"""Poller of changes: one connection per process, which reads for all agents with open streams.

Row-level security shows it the rows of the agents that a transaction names, and only while that
transaction cannot write.
"""

from collections.abc import Collection, Mapping

import psycopg
from psycopg.rows import DictRow, dict_row

from api.activities.stream.changes import (
    SNAPSHOT,
    STATEMENTS,
    Changes,
    changes_of,
    parameters_from,
    snapshot_of,
)
from api.activities.stream.resume_token import Position
from api.auth.signed_tokens import TokenSigner
from api.db.pool import BEGIN_READ, CONNECTION, Rows, answered_within
from api.db.statements import Statement
from api.http.errors import OperationalDownError

BECOME_AGENTS = "select set_config('analytics.agent_ids', %s::text[]::text, true)"
ROWS_PER_READ = 500
TIMEOUT_SECONDS = 5.0


class Poller:
    """Reads raise OperationalDownError while the database does not answer."""

    def __init__(self, url: str, signer: TokenSigner) -> None:
        self._url = url
        self._signer = signer
        self._connection: psycopg.AsyncConnection[DictRow] | None = None
        self._calls = 0

    async def now(self) -> Position:
        """The position of this moment: no earlier change comes after it."""
        return Position(*snapshot_of(await self._read((SNAPSHOT,), (), {})))

    async def read(self, position: Position, agents: Collection[str]) -> Changes:
        """The changes of these agents since the position."""
        parameters = parameters_from(position, agents, ROWS_PER_READ)
        rows = await self._read(STATEMENTS, agents, parameters)
        return changes_of(position, rows, ROWS_PER_READ, self._signer)

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            await connection.close()

    async def _read(
        self,
        statements: tuple[Statement, ...],
        agents: Collection[str],
        parameters: Mapping[str, object],
    ) -> Rows:
        self._calls += 1
        call = self._rows(self._calls, statements, agents, parameters)
        return await answered_within(TIMEOUT_SECONDS, call, OperationalDownError)

    async def _rows(
        self,
        call: int,
        statements: tuple[Statement, ...],
        agents: Collection[str],
        parameters: Mapping[str, object],
    ) -> Rows:
        # Taken out while it is in use: a connection that breaks or hangs is not used again.
        connection, self._connection = self._connection, None
        connection = connection or await psycopg.AsyncConnection.connect(
            self._url,
            row_factory=dict_row,
            # Plans depend on the agents and the position, so no plan is reused.
            prepare_threshold=None,
            **{**CONNECTION, "application_name": "agent-analytics-streams"},
        )
        try:
            async with connection.pipeline():
                await connection.execute(BEGIN_READ)
                await connection.execute(BECOME_AGENTS, [list(agents)])
                cursors = {
                    statement.name: await connection.execute(statement.sql(), parameters)
                    for statement in statements
                }
                await connection.execute("commit")
            rows = {name: await cursor.fetchall() for name, cursor in cursors.items()}
            # Unless a later call, made after this one timed out, has opened another one.
            if call == self._calls:
                connection, self._connection = None, connection
            return rows
        finally:
            if connection:
                await connection.close()
