"""Whose rows: the one way to the warehouse, always as one agent, always from one build."""

import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from api.builds import Build
from api.errors import NoBuildPublishedError
from api.pool import AgentPool, Rows
from api.statements import BUILD, Statement


class Read(NamedTuple):
    build: Build
    rows: Rows


class Answered(NamedTuple):
    """`members`: a JSON object of what a statement's one row has in its columns."""

    build: Build
    members: bytes


class Warehouse:
    """The served tables, as the API's own role sees them."""

    def __init__(self, pool: AgentPool) -> None:
        self._pool = pool

    async def read(
        self,
        agent: str,
        statements: Iterable[Statement],
        parameters: Mapping[str, object],
        patience_seconds: float,
    ) -> Read:
        """The agent's rows of each statement and the build that they are of."""
        rows = await self._pool.read(agent, (BUILD, *statements), parameters, patience_seconds)
        if not rows[BUILD.name]:
            raise NoBuildPublishedError
        [build] = rows[BUILD.name]
        return Read(Build(**build), rows)

    async def answer(
        self,
        agent: str,
        statement: Statement,
        parameters: Mapping[str, object],
        patience_seconds: float,
    ) -> Answered:
        """The one row of a statement for this agent, and the build that it is of."""
        bound = {**parameters, "agent_id": agent}
        [found] = await self._pool.rows([(_answering(statement), bound)], patience_seconds)
        if not found:
            raise NoBuildPublishedError
        [build] = found
        return Answered(members=build.pop("members"), build=Build(**build))

    async def build(self, patience_seconds: float) -> Build:
        """The build that is served now."""
        return (await self.read("", (), {}, patience_seconds)).build


@functools.cache
def _answering(statement: Statement) -> bytes:
    """One statement is its own transaction and its own snapshot.

    Of a CASE the condition comes first, and the rows are not looked for before it holds: whoever
    they belong to is known by then. Were it otherwise, row-level security would show none.
    """
    return b"".join(
        [
            b"select build.*, case",
            b" when set_config('analytics.agent_id', %(agent_id)s, true) = %(agent_id)s",
            b" then (select row_to_json(answer) from (\n",
            statement.sql(),
            b") as answer) end as members from (\n",
            BUILD.sql(),
            b") as build",
        ]
    )
