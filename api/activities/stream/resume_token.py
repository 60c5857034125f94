"""Resume token of a stream: its position, as the snapshots of the database that it has sent.

Neither ids nor times of rows follow the order in which their transactions commit. A row is new in
the first snapshot that sees it, however late that is.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Self

import orjson

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Snapshot(NamedTuple):
    """pg_snapshot: all transactions below `next_id` had ended, except those in `open`."""

    next_id: int
    open: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """From Postgres's own `xmin:xmax:open,open`."""
        _, next_id, still_open = text.split(":")
        return cls(int(next_id), tuple(int(each) for each in still_open.split(",") if each))

    def covers(self, earlier: "Snapshot") -> bool:
        """True where this snapshot sees all that the other sees."""
        return self.next_id >= earlier.next_id and all(
            each >= earlier.next_id or each in earlier.open for each in self.open
        )


class Place(NamedTuple):
    """Just after this row, in the order in which rows are sent: activities, then goals."""

    is_goal: bool
    changed_at: datetime
    id: int


class Position(NamedTuple):
    """All that `since` saw is sent, and of the rest that `until` saw, the rows up to `last`."""

    since: Snapshot
    taken_at: datetime
    until: Snapshot | None = None
    last: Place | None = None

    @property
    def newest(self) -> Snapshot:
        return self.until or self.since

    @property
    def has_more(self) -> bool:
        """True where rows that `until` saw are still to be sent."""
        return self.until is not None

    def covers(self, earlier: "Position") -> bool:
        """True where this is past all that the other has sent, and within no snapshot."""
        return not self.has_more and self.since.covers(earlier.newest)

    def packed(self) -> list[Any]:
        content: list[Any] = [*_packed(self.since), _microseconds(self.taken_at)]
        if self.until and self.last:
            is_goal, changed_at, row_id = self.last
            content += [*_packed(self.until), int(is_goal), _microseconds(changed_at), row_id]
        return content

    @classmethod
    def unpacked(cls, content: list[Any]) -> Self:
        since, taken_at, rest = _snapshot(content), _instant(content[2]), content[3:]
        if not rest:
            return cls(since, taken_at)
        return cls(
            since, taken_at, _snapshot(rest), Place(bool(rest[2]), _instant(rest[3]), rest[4])
        )


class ResumeToken(NamedTuple):
    """Content of an event id: the stream's position, and the last build it announced."""

    position: Position
    build_id: int | None

    def to_bytes(self) -> bytes:
        return orjson.dumps([self.build_id, *self.position.packed()])

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        build_id, *position = orjson.loads(content)
        return cls(Position.unpacked(position), build_id)


def _packed(snapshot: Snapshot) -> list[Any]:
    """Open transactions as distances from `next_id`, which are shorter than their ids."""
    return [snapshot.next_id, [snapshot.next_id - each for each in snapshot.open]]


def _snapshot(content: list[Any]) -> Snapshot:
    return Snapshot(content[0], tuple(content[0] - each for each in content[1]))


def _microseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


def _instant(microseconds: int) -> datetime:
    return EPOCH + microseconds * MICROSECOND
