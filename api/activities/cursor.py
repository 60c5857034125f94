"""Pagination cursor of the timeline: a signed token of the last activity on a page."""

import struct
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from api.activities.activity_types import Filter
from api.activities.schemas import LATEST
from api.auth.signed_tokens import CURSOR, InvalidTokenError, TokenSigner
from api.http.errors import InvalidParameterError

LAYOUT = struct.Struct(">qq")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Place(NamedTuple):
    """A page begins just before this activity, in the order of the timeline."""

    timestamp: datetime
    id: int


NEWEST = Place(LATEST, 2**63 - 1)


def cursor_of(signer: TokenSigner, agent: str, name: Filter, place: Place) -> str:
    microseconds = (place.timestamp - EPOCH) // MICROSECOND
    content = LAYOUT.pack(microseconds, place.id) + name.encode()
    return signer.sign(CURSOR, agent, content)


def place_of(signer: TokenSigner, agent: str, name: Filter, cursor: str) -> Place:
    """InvalidParameterError unless it is a cursor of this agent and filter."""
    try:
        content = signer.verify(CURSOR, agent, cursor)
    except InvalidTokenError as error:
        raise InvalidParameterError("query", "cursor", "Invalid cursor") from error
    if content[LAYOUT.size :].decode() != name:
        raise InvalidParameterError("query", "cursor", "Cursor of a different filter")
    microseconds, activity_id = LAYOUT.unpack(content[: LAYOUT.size])
    return Place(EPOCH + microseconds * MICROSECOND, activity_id)
