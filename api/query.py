"""Whose rows: the one way to the warehouse, always as one agent, always from one build."""

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
        found = await self._pool.read_beside(agent, BUILD, statement, parameters, patience_seconds)
        if not found:
            raise NoBuildPublishedError
        [row] = found
        members = row.pop("members")
        return Answered(Build(**row), members)

    async def build(self, patience_seconds: float) -> Build:
        """The build that is served now."""
        return (await self.read("", (), {}, patience_seconds)).build
