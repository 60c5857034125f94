"""What a request asks, by the way it is spelled: noted once a route has answered it.

What a spelling asks never changes: it follows from its own parts and from nothing else.
"""

from typing import NamedTuple

from cachetools import LRUCache
from starlette.types import Scope

from api.question import Question
from api.verified_tokens import Bearer, digest

SPELLINGS_REMEMBERED = 5_000
LONGEST_SPELLING = 1000

FirstHeaders = dict[bytes, bytes]

# All that an answer to a GET request follows from, besides If-None-Match: the digest of what it is
# authorized by, its path, its query, and what it accepts.
Spelling = tuple[bytes, str, bytes, bytes]


class Asked(NamedTuple):
    question: Question
    bearer: Bearer


def spelling(scope: Scope, headers: FirstHeaders) -> Spelling:
    authorization = digest(headers.get(b"authorization", b""))
    return authorization, scope["path"], scope["query_string"], headers.get(b"accept", b"")


def first_headers(scope: Scope) -> FirstHeaders:
    """The first header of each name, which is the one that counts."""
    return dict(reversed(scope["headers"]))


class Spellings:
    """The most recently used spellings, bounded in number and length."""

    def __init__(self, remembered: int = SPELLINGS_REMEMBERED) -> None:
        self._asked: LRUCache[Spelling, Asked] = LRUCache(remembered)

    def note(self, spelled: Spelling, asked: Asked) -> None:
        if sum(map(len, spelled)) <= LONGEST_SPELLING:
            self._asked[spelled] = asked

    def asked(self, spelled: Spelling) -> Asked | None:
        """What is asked so, and by whom; None where no route has answered it yet."""
        return self._asked.get(spelled)
