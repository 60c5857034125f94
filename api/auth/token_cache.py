"""Cache of verified tokens, so that a signature is not checked on every request.

Keyed by the digest of the Authorization header: the cache holds no token.
"""

import hashlib
import time
from dataclasses import dataclass

from cachetools import LRUCache
from starlette.types import Scope

from api.http.headers import first_header

TRUST_SECONDS = 60.0
"""Longest time that a verified token stays trusted after its key was withdrawn."""
MAX_TOKENS = 10_000


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """The agent of a token, and when it expires, in seconds since 1970."""

    agent: str
    expires_at: float


@dataclass(frozen=True, slots=True)
class _Entry:
    token: VerifiedToken
    trusted_until: float


class TokenCache:
    """The most recently used tokens; each is trusted for a minute and not past its expiry."""

    def __init__(self, max_tokens: int = MAX_TOKENS) -> None:
        self._entries: LRUCache[bytes, _Entry] = LRUCache(max_tokens)

    def add(self, digest: bytes, token: VerifiedToken) -> VerifiedToken:
        self._entries[digest] = _Entry(token, time.monotonic() + TRUST_SECONDS)
        return token

    def get(self, digest: bytes) -> VerifiedToken | None:
        """The token while it is trusted; None where it has to be verified."""
        entry = self._entries.get(digest)
        # Both clocks: the wall clock may be set back, and the monotonic one knows no expiry.
        if (
            entry
            and time.monotonic() < entry.trusted_until
            and time.time() < entry.token.expires_at
        ):
            return entry.token
        return None


def authorization_digest(scope: Scope) -> bytes:
    """The digest of a request's Authorization header, computed once per request."""
    state = scope["state"]
    digest: bytes | None = state.get("authorization_digest")
    if digest is None:
        header = first_header(scope, b"authorization")
        digest = state["authorization_digest"] = hashlib.sha256(header).digest()
    return digest
