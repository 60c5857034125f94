"""What a request asks, by the way it is spelled: noted once a route has answered it.

What a spelling asks never changes: it follows from its own parts and from nothing else.
"""

from typing import NamedTuple, Self

from cachetools import LRUCache
from starlette.types import Scope

from api.question import Question

SPELLINGS_REMEMBERED = 5_000
LONGEST_SPELLING = 1000

FirstHeaders = dict[bytes, bytes]


class Spelling(NamedTuple):
    """Of a GET request: all that the routes read of it besides the token and If-None-Match."""

    agent: str
    path: str
    query: bytes
    accept: bytes

    @classmethod
    def of(cls, scope: Scope, headers: FirstHeaders, agent: str) -> Self:
        return cls(agent, scope["path"], scope["query_string"], headers.get(b"accept", b""))


def first_headers(scope: Scope) -> FirstHeaders:
    """The first header of each name, which is the one that counts."""
    return dict(reversed(scope["headers"]))


class Spellings:
    """The most recently used spellings, bounded in number and length."""

    def __init__(self, remembered: int = SPELLINGS_REMEMBERED) -> None:
        self._questions: LRUCache[Spelling, Question] = LRUCache(remembered)

    def note(self, spelling: Spelling, question: Question) -> None:
        if len(spelling.query) + len(spelling.accept) <= LONGEST_SPELLING:
            self._questions[spelling] = question

    def question(self, spelling: Spelling) -> Question | None:
        """What is asked so; None where no route has answered it yet."""
        return self._questions.get(spelling)
