"""Repository for the serving schema: every read runs as one agent and sees one build."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from api.db.pool import AgentPool, Rows
from api.db.statements import BUILD, Statement
from api.http.errors import NoBuildPublishedError
from warehouse.served_build import Build


class BuildRows(NamedTuple):
    build: Build
    rows: Rows


class BuildMembers(NamedTuple):
    """`members`: a serialised JSON object of the columns of a statement's one row."""

    build: Build
    members: bytes


class ServingRepository:
    """The served tables, as the API's own role sees them."""

    def __init__(self, pool: AgentPool) -> None:
        self._pool = pool

    async def read(
        self,
        agent: str,
        statements: Iterable[Statement],
        parameters: Mapping[str, object],
        timeout_seconds: float,
    ) -> BuildRows:
        """The agent's rows of each statement, and the build that they are of."""
        rows = await self._pool.read(agent, (BUILD, *statements), parameters, timeout_seconds)
        if not rows[BUILD.name]:
            raise NoBuildPublishedError
        [build] = rows[BUILD.name]
        return BuildRows(Build(**build), rows)

    async def read_members(
        self,
        agent: str,
        statement: Statement,
        parameters: Mapping[str, object],
        timeout_seconds: float,
    ) -> BuildMembers:
        """The one row of a statement for this agent as JSON, and the build that it is of."""
        rows = await self._pool.read_members(agent, BUILD, statement, parameters, timeout_seconds)
        if not rows:
            raise NoBuildPublishedError
        [row] = rows
        members = row.pop("members")
        return BuildMembers(Build(**row), members)

    async def build(self, timeout_seconds: float) -> Build:
        """The build that is served now."""
        return (await self.read("", (), {}, timeout_seconds)).build
