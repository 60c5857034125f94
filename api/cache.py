"""Answers kept for a while, per agent, and beyond that only for when the warehouse is away."""

import contextlib
import time
from collections.abc import Hashable
from dataclasses import dataclass, field

from cachetools import LRUCache

from api.builds import Build
from api.served import Served

# Objects and headers around an answer of 300 bytes, kept as it is sent both fresh and stale.
ENTRY_OVERHEAD_BYTES = 4608


@dataclass(frozen=True)
class Answer:
    """The content of an answer, the build that it comes from, and how it is sent when stale."""

    build: Build
    content: bytes
    expires_at: float
    served: dict[bool, Served] = field(default_factory=dict, compare=False)


def _size(answer: Answer) -> int:
    # Its content, and that again as it is sent, fresh and stale.
    return 3 * len(answer.content) + ENTRY_OVERHEAD_BYTES


class AnswerCache:
    """The most recently used answers, bounded by their size; the key's first part is the agent."""

    def __init__(self, max_bytes: int) -> None:
        self._answers: LRUCache[Hashable, Answer] = LRUCache(max_bytes, getsizeof=_size)

    def fresh(self, key: Hashable, build: Build | None) -> Answer | None:
        """The kept answer if it is of this build and not too old; nothing is of no build."""
        answer = self._answers.get(key)
        if answer is None or build is None or answer.build != build:
            return None
        return answer if time.monotonic() < answer.expires_at else None

    def last(self, key: Hashable) -> Answer | None:
        """The kept answer, however old."""
        return self._answers.get(key)

    def keep(self, key: Hashable, build: Build, content: bytes, seconds: int) -> Answer:
        answer = Answer(build, content, time.monotonic() + seconds)
        # An answer that is larger than the whole cache is served and not kept.
        with contextlib.suppress(ValueError):
            self._answers[key] = answer
        return answer

    def clear(self) -> None:
        self._answers.clear()
