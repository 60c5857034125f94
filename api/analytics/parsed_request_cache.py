"""Cache of parsed requests: maps a raw GET request to its parsed form.

Filled by a route after it has admitted and parsed the request. `fast_path` says why.
"""

from cachetools import LRUCache
from starlette.types import Scope

from api.analytics.request import AnalyticsRequest
from api.auth.token_cache import authorization_digest
from api.http.headers import first_header

MAX_REQUESTS = 5_000
MAX_KEY_LENGTH = 1000

RequestKey = tuple[bytes, str, bytes, bytes]
"""Authorization digest, path, query string, Accept: all that the parsed form follows from."""


def request_key(scope: Scope) -> RequestKey:
    digest, accept = authorization_digest(scope), first_header(scope, b"accept")
    return digest, scope["path"], scope["query_string"], accept


class ParsedRequestCache:
    """The most recently used requests, bounded in number and in length."""

    def __init__(self, max_requests: int = MAX_REQUESTS) -> None:
        self._requests: LRUCache[RequestKey, AnalyticsRequest] = LRUCache(max_requests)

    def add(self, key: RequestKey, request: AnalyticsRequest) -> None:
        if sum(map(len, key)) <= MAX_KEY_LENGTH:
            self._requests[key] = request

    def get(self, key: RequestKey) -> AnalyticsRequest | None:
        return self._requests.get(key)
