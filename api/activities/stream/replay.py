"""Replay of the changes that a returning client missed, read as its agent alone."""

from collections.abc import AsyncIterator

from api.activities.stream.changes import STATEMENTS, Change, changes_of, parameters_from
from api.activities.stream.resume_token import Position
from api.auth.signed_tokens import TokenSigner
from api.db.pool import AgentPool

ROWS_PER_READ = 200
TIMEOUT_SECONDS = 3.0


async def replay(
    operational: AgentPool, signer: TokenSigner, agent: str, after: Position, until: Position
) -> AsyncIterator[Change]:
    """Every change that became visible after one position and up to another."""
    position = after
    while position.since != until.since:
        if position.until is None:
            position = position._replace(until=until.since)
        parameters = parameters_from(position, [agent], ROWS_PER_READ)
        rows = await operational.read(agent, STATEMENTS, parameters, TIMEOUT_SECONDS)
        changes, position = changes_of(position, rows, ROWS_PER_READ, signer)
        for change in changes:
            yield change
