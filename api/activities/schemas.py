"""Activities as agents see them: the same in pages and in the stream."""

import datetime as dt
from typing import Annotated, Any

from psycopg.rows import DictRow
from pydantic import Field, WithJsonSchema

from api.activities.activity_types import TYPE_OF_WORD, ActivityType, Filter
from api.auth.signed_tokens import ACTIVITY, TokenSigner
from api.http.json import RawJson
from api.http.query_parameters import QueryParameters
from api.http.schemas import Body, Meta, Model

JsonObject = Annotated[Any, WithJsonSchema({"type": "object"})]

EARLIEST = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
"""Instants between them have a date in every time zone; activities outside are not shown."""


class Activity(Model):
    id: str = Field(description="Opaque; the same in pages and in the stream.")
    type: ActivityType
    title: str | None
    description: str | None
    timestamp: dt.datetime
    metadata: JsonObject = Field(
        description="As logged, empty where that was no JSON object; with `leadId`, the lead, and "
        "on a conversion `revenue`, its readable amount or null, in the currency it was logged in."
    )


class Activities(Body):
    activities: list[Activity] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Of the next, older page; null on the last.")
    meta: Meta


class ActivitiesParameters(QueryParameters):
    """Activity types, page size, and the cursor to continue from."""

    filter: Filter = "all"
    limit: int = Field(50, ge=1, le=100)
    cursor: str | None = Field(None, description="`nextCursor` of the page before.")


def activity(row: DictRow, signer: TokenSigner) -> Activity:
    return Activity(
        id=f"act_{signer.pseudonym(ACTIVITY, str(row['id']).encode())}",
        type=TYPE_OF_WORD[row["activity_type"]],
        title=row["title"],
        description=row["description"],
        timestamp=row["timestamp"].astimezone(dt.UTC),
        metadata=RawJson(row["metadata"]),
    )
