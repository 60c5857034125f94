"""Tokens that were verified a moment ago, so that a signature is not checked at every request."""

import hashlib
import time
from typing import NamedTuple

from cachetools import LRUCache

TRUST_SECONDS = 60.0
"""How long a token is trusted at the most after its key is withdrawn."""
TOKENS_REMEMBERED = 10_000


class Bearer(NamedTuple):
    """Whose token it is, and until when (seconds since 1970)."""

    agent: str
    expires_at: float


class VerifiedTokens:
    """By their digest: what was sent is not kept."""

    def __init__(self, remembered: int = TOKENS_REMEMBERED) -> None:
        self._bearers: LRUCache[bytes, tuple[Bearer, float]] = LRUCache(remembered)

    def keep(self, token: str, bearer: Bearer) -> None:
        self._bearers[_digest(token)] = bearer, time.monotonic() + TRUST_SECONDS

    def bearer(self, token: str) -> Bearer | None:
        """Whose token it is, while it has neither expired nor to be verified again."""
        found = self._bearers.get(_digest(token))
        if found is None:
            return None
        bearer, trusted_until = found
        is_good = time.monotonic() < trusted_until and time.time() < bearer.expires_at
        return bearer if is_good else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
