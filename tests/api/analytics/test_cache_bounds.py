"""The API's caches are bounded in size and time."""

from datetime import UTC, date, datetime

import pytest

from api.analytics.cache import AnswerCache
from api.auth.rate_limit import RateLimit
from warehouse.served_build import Build

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
BUILD = Build(1, NOW, date(2026, 3, 31), NOW, "UTC", NOW)
NEXT_BUILD = Build(2, NOW, date(2026, 3, 31), NOW, "UTC", NOW)


def test_the_cache_forgets_the_least_used_answer_when_full() -> None:
    cache = AnswerCache(max_bytes=3 * 4908)
    for agent in ("a", "b", "c"):
        cache.add((agent,), BUILD, b"x" * 100, 60)
    assert cache.fresh(("a",), BUILD)
    cache.add(("d",), BUILD, b"x" * 100, 60)
    assert [agent for agent in "abcd" if cache.last((agent,))] == ["a", "c", "d"]


def test_an_answer_larger_than_the_cache_is_not_cached() -> None:
    cache = AnswerCache(max_bytes=10_000)
    assert cache.add(("a",), BUILD, b"x" * 5000, 60).content == b"x" * 5000
    assert cache.last(("a",)) is None


def test_a_cached_answer_is_fresh_for_its_build_and_its_time_only() -> None:
    cache = AnswerCache(max_bytes=20_000)
    cache.add(("a",), BUILD, b"{}", 60)
    cache.add(("old",), BUILD, b"{}", 0)
    assert cache.fresh(("a",), BUILD)
    assert cache.fresh(("a",), NEXT_BUILD) is None
    assert cache.fresh(("a",), None) is None
    assert cache.fresh(("old",), BUILD) is None
    assert cache.last(("old",))


def test_a_burst_of_twice_the_rate_then_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("api.auth.rate_limit.time.monotonic", lambda: now)
    limit = RateLimit(0.5)
    assert limit.wait_seconds("a") == 0
    assert limit.wait_seconds("a") == 2
    now = 101.0
    assert limit.wait_seconds("a") == 1
    now = 102.0
    assert limit.wait_seconds("a") == 0
    assert limit.wait_seconds("b") == 0
