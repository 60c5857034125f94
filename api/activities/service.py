"""Timeline service: pages of an agent's activities, live from the operational database."""

from pathlib import Path
from typing import NamedTuple

from api.activities.activity_types import WORDS
from api.activities.cursor import NEWEST, Place, cursor_of, place_of
from api.activities.schemas import EARLIEST, ActivitiesParameters, Activity, activity
from api.activities.shown_activities import shown_activities
from api.auth.signed_tokens import TokenSigner
from api.db.pool import AgentPool

ACTIVITIES = shown_activities(Path(__file__).parent / "queries" / "activities.sql")
TIMEOUT_SECONDS = 3.0


class Page(NamedTuple):
    activities: list[Activity]
    next_cursor: str | None


class TimelineService:
    def __init__(self, operational: AgentPool, signer: TokenSigner) -> None:
        self._operational = operational
        self._signer = signer

    async def page(self, agent: str, parameters: ActivitiesParameters) -> Page:
        name, limit = parameters.filter, parameters.limit
        before = NEWEST
        if parameters.cursor is not None:
            before = place_of(self._signer, agent, name, parameters.cursor)
        rows = await self._operational.read(
            agent,
            (ACTIVITIES,),
            {
                "words": WORDS[name],
                "before": before.timestamp,
                "before_id": before.id,
                "earliest": EARLIEST,
                "at_most": limit,
            },
            TIMEOUT_SECONDS,
        )
        # The statement returns one row more than the limit where there is a next page.
        found = rows[ACTIVITIES.name]
        activities = [activity(row, self._signer) for row in found[:limit]]
        if len(found) <= limit:
            return Page(activities, None)
        last = found[limit - 1]
        place = Place(last["timestamp"], last["id"])
        return Page(activities, cursor_of(self._signer, agent, name, place))
