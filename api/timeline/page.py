"""One page of an agent's timeline, and the cursor by which the next one begins where it ended."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pydantic import Field

from api.errors import InvalidParameterError
from api.marks import CURSOR, MarkError, Marks
from api.parameters import Parameters
from api.pool import AgentPool
from api.statements import Statement
from api.timeline.activity import EARLIEST, LATEST, Activity, activity
from api.timeline.kinds import WORDS, Filter

ACTIVITIES = Statement("activities")
PATIENCE_SECONDS = 3.0
PLACE = struct.Struct(">qq")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class PageOfTimeline(Parameters):
    """Which activities, how many at once, and from where on."""

    filter: Filter = "all"
    limit: int = Field(50, ge=1, le=100)
    cursor: str | None = Field(None, description="`nextCursor` of the page before.")


class Place(NamedTuple):
    """Just before this activity, in the order of the timeline."""

    timestamp: datetime
    id: int


NEWEST = Place(LATEST, 2**63 - 1)


@dataclass(frozen=True)
class Page:
    activities: list[Activity]
    next_cursor: str | None


class Timeline:
    """Reads pages live from the activity log."""

    def __init__(self, operational: AgentPool, marks: Marks) -> None:
        self._operational = operational
        self._marks = marks

    async def page(self, agent: str, asked: PageOfTimeline) -> Page:
        before = NEWEST if asked.cursor is None else self._place(agent, asked.filter, asked.cursor)
        rows = await self._operational.read(
            agent,
            (ACTIVITIES,),
            {
                "words": WORDS[asked.filter],
                "before": before.timestamp,
                "before_id": before.id,
                "earliest": EARLIEST,
                "at_most": asked.limit,
            },
            PATIENCE_SECONDS,
        )
        activities = [activity(row) for row in rows[ACTIVITIES.name]]
        if len(activities) <= asked.limit:
            return Page(activities, None)
        shown = activities[: asked.limit]
        return Page(shown, self._cursor(agent, asked.filter, shown[-1]))

    def _cursor(self, agent: str, name: Filter, last: Activity) -> str:
        microseconds = (last.timestamp - EPOCH) // MICROSECOND
        content = PLACE.pack(microseconds, last.id) + name.encode()
        return self._marks.seal(CURSOR, agent, content)

    def _place(self, agent: str, name: Filter, cursor: str) -> Place:
        try:
            content = self._marks.open(CURSOR, agent, cursor)
        except MarkError as error:
            raise InvalidParameterError("query", "cursor", "Invalid cursor") from error
        if content[PLACE.size :].decode() != name:
            raise InvalidParameterError("query", "cursor", "Cursor of a different filter")
        microseconds, last_id = PLACE.unpack(content[: PLACE.size])
        return Place(EPOCH + microseconds * MICROSECOND, last_id)
