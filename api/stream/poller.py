"""The one connection of a process that reads for all agents who listen, and for no others.

Row-level security shows it the rows of the agents that the transaction names, and only as long as
that transaction cannot write.
"""

from collections.abc import Collection, Mapping

import psycopg
from psycopg.rows import DictRow, dict_row

from api.errors import OperationalDownError
from api.pool import CONNECTION, READ, Rows, answered_within
from api.statements import Statement
from api.stream.changes import SNAPSHOT, STATEMENTS, Reading, bound, reading, snapshot_of
from api.stream.position import Position

BECOME_AGENTS = "select set_config('analytics.agent_ids', %s::text[]::text, true)"
ROWS_AT_ONCE = 500
PATIENCE_SECONDS = 5.0


class Poller:
    """Both ways to read raise OperationalDownError while the database does not answer."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[DictRow] | None = None
        self._turn = 0

    async def now(self) -> Position:
        """The position to begin at: nothing of before is news."""
        return Position(*snapshot_of(await self._answered((SNAPSHOT,), (), {})))

    async def read(self, position: Position, agents: Collection[str]) -> Reading:
        """What became visible of these agents' rows since the position."""
        parameters = bound(position, agents, ROWS_AT_ONCE)
        rows = await self._answered(STATEMENTS, agents, parameters)
        return reading(position, rows, ROWS_AT_ONCE)

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            await connection.close()

    async def _answered(
        self,
        statements: tuple[Statement, ...],
        agents: Collection[str],
        parameters: Mapping[str, object],
    ) -> Rows:
        self._turn += 1
        call = self._rows(self._turn, statements, agents, parameters)
        return await answered_within(PATIENCE_SECONDS, call, OperationalDownError)

    async def _rows(
        self,
        turn: int,
        statements: tuple[Statement, ...],
        agents: Collection[str],
        parameters: Mapping[str, object],
    ) -> Rows:
        # One that breaks or keeps silent is not used again: only its answer brings it back.
        connection, self._connection = self._connection, None
        connection = connection or await psycopg.AsyncConnection.connect(
            self._url,
            row_factory=dict_row,
            # Planned for the agents and the position at hand, each time.
            prepare_threshold=None,
            **{**CONNECTION, "application_name": "agent-analytics-streams"},
        )
        try:
            async with connection.pipeline():
                await connection.execute(READ)
                await connection.execute(BECOME_AGENTS, [list(agents)])
                cursors = {
                    statement.name: await connection.execute(statement.sql(), parameters)
                    for statement in statements
                }
                await connection.execute("commit")
            rows = {name: await cursor.fetchall() for name, cursor in cursors.items()}
            if turn == self._turn:
                connection, self._connection = None, connection
            return rows
        finally:
            if connection:
                await connection.close()
