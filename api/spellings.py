"""Which answer a request asks for, by the way it is spelled: noted once the routes have said so.

What a spelling asks for never changes: it depends on its own parts and on nothing else.
"""

from typing import NamedTuple, Self

from cachetools import LRUCache
from starlette.types import Scope

from api.analytics import AnswerKey

SPELLINGS_REMEMBERED = 20_000
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
        self._keys: LRUCache[Spelling, AnswerKey] = LRUCache(remembered)

    def note(self, spelling: Spelling, key: AnswerKey) -> None:
        if len(spelling.query) + len(spelling.accept) <= LONGEST_SPELLING:
            self._keys[spelling] = key

    def key(self, spelling: Spelling) -> AnswerKey | None:
        """What the spelling asks for; None where no route has answered it yet."""
        return self._keys.get(spelling)
