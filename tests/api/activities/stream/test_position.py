"""Snapshots are compared by visibility, and event ids round-trip."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.activities.stream.resume_token import Place, Position, ResumeToken, Snapshot

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)

transactions = st.integers(3, 2**63)
instants = st.integers(-(10**15), 10**15).map(lambda each: NOON + timedelta(microseconds=each))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    next_id = draw(transactions)
    ages = draw(st.sets(st.integers(1, min(1000, next_id)), max_size=5))
    return Snapshot(next_id, tuple(sorted(next_id - age for age in ages)))


@pytest.mark.parametrize(
    ("text", "snapshot"),
    [
        ("800:800:", Snapshot(800, ())),
        ("798:805:798,801", Snapshot(805, (798, 801))),
        ("18446744073709551610:18446744073709551611:", Snapshot(18446744073709551611, ())),
    ],
)
def test_a_snapshot_is_read_as_postgres_writes_it(text: str, snapshot: Snapshot) -> None:
    assert Snapshot.parse(text) == snapshot


@given(earlier=snapshots(), began=st.integers(0, 5), ended=st.sets(st.integers(0, 9)))
def test_a_later_snapshot_covers_an_earlier_one_and_not_the_reverse(
    earlier: Snapshot, began: int, ended: set[int]
) -> None:
    next_id = earlier.next_id + began
    candidates = [*earlier.open, *range(earlier.next_id, next_id)]
    still_open = tuple(each for place, each in enumerate(candidates) if place not in ended)
    later = Snapshot(next_id, still_open)
    assert later.covers(earlier)
    assert earlier.covers(later) == (earlier == later)


@given(
    since=snapshots(),
    taken_at=instants,
    until=snapshots(),
    place=st.builds(Place, st.booleans(), instants, st.integers(0, 2**31)),
    build_id=st.none() | st.integers(1, 10**6),
)
def test_an_event_id_comes_back_as_it_was(
    since: Snapshot, taken_at: datetime, until: Snapshot, place: Place, build_id: int | None
) -> None:
    for position in (Position(since, taken_at), Position(since, taken_at, until, place)):
        event_id = ResumeToken(position, build_id)
        assert ResumeToken.from_bytes(event_id.to_bytes()) == event_id


def test_the_open_transactions_of_a_busy_server_make_no_long_ids() -> None:
    snapshot = Snapshot(10**12, tuple(10**12 - age for age in range(300, 0, -3)))
    position = Position(snapshot, NOON, snapshot, Place(False, NOON, 10**9))
    assert len(ResumeToken(position, 10**6).to_bytes()) < 1000
