"""Cache of answers, bounded in bytes: fresh for one build and a time, older ones for outages."""

import contextlib
import time
from collections.abc import Hashable
from dataclasses import dataclass, field

from cachetools import LRUCache

from api.analytics.response import PreparedResponse
from warehouse.served_build import Build

# Measured: objects and headers around an answer of 300 bytes, prepared both fresh and stale.
ENTRY_OVERHEAD_BYTES = 4608


@dataclass(frozen=True)
class CachedAnswer:
    """The content of an answer, its build, and its prepared responses by `is_stale`."""

    build: Build
    content: bytes
    expires_at: float
    prepared: dict[bool, PreparedResponse] = field(default_factory=dict, compare=False)


def _size(answer: CachedAnswer) -> int:
    # The content, and again in each of the two prepared responses.
    return 3 * len(answer.content) + ENTRY_OVERHEAD_BYTES


class AnswerCache:
    """Evicts the least recently used answers; the first part of a key is the agent."""

    def __init__(self, max_bytes: int) -> None:
        self._answers: LRUCache[Hashable, CachedAnswer] = LRUCache(max_bytes, getsizeof=_size)

    def fresh(self, key: Hashable, build: Build | None) -> CachedAnswer | None:
        """The answer of this build while it has not expired; None without a build."""
        answer = self._answers.get(key)
        if answer is None or build is None or answer.build != build:
            return None
        return answer if time.monotonic() < answer.expires_at else None

    def last(self, key: Hashable) -> CachedAnswer | None:
        """The answer, however old."""
        return self._answers.get(key)

    def add(self, key: Hashable, build: Build, content: bytes, seconds: int) -> CachedAnswer:
        answer = CachedAnswer(build, content, time.monotonic() + seconds)
        # LRUCache raises ValueError for an answer larger than itself, which is then not cached.
        with contextlib.suppress(ValueError):
            self._answers[key] = answer
        return answer

    def clear(self) -> None:
        self._answers.clear()
