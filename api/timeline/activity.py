"""An activity as agents see it, on a page and in the stream alike."""

import datetime as dt
from typing import Annotated, Any

from psycopg.rows import DictRow
from pydantic import Field, WithJsonSchema

from api.media import JsonText
from api.models import Body, Meta, Model
from api.timeline.kinds import KIND_OF_WORD, Kind

JsonObject = Annotated[Any, WithJsonSchema({"type": "object"})]

EARLIEST = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
"""Between them an instant has a date in every time zone; others are not shown."""


class Activity(Model):
    id: int
    type: Kind
    title: str | None
    description: str | None
    timestamp: dt.datetime
    metadata: JsonObject = Field(description="As logged; empty where that was no JSON object.")


class Activities(Body):
    activities: list[Activity] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Of the next, older page; null on the last.")
    meta: Meta


def activity(row: DictRow) -> Activity:
    return Activity(
        id=row["id"],
        type=KIND_OF_WORD[row["activity_type"]],
        title=row["title"],
        description=row["description"],
        timestamp=row["timestamp"].astimezone(dt.UTC),
        metadata=JsonText(row["metadata"]),
    )
