"""What a client that comes back has missed, read as its agent alone."""

from collections.abc import AsyncIterator

from api.pool import AgentPool
from api.stream.changes import STATEMENTS, Change, bound, reading
from api.stream.position import Position

MISSED_AT_ONCE = 200
PATIENCE_SECONDS = 3.0


async def missed_changes(
    operational: AgentPool, agent: str, after: Position, until: Position
) -> AsyncIterator[Change]:
    """All that became visible after the one position and up to the other."""
    position = after
    while position.since != until.since:
        if position.until is None:
            position = position._replace(until=until.since)
        parameters = bound(position, [agent], MISSED_AT_ONCE)
        rows = await operational.read(agent, STATEMENTS, parameters, PATIENCE_SECONDS)
        changes, position = reading(position, rows, MISSED_AT_ONCE)
        for change in changes:
            yield change
