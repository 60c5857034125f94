"""Tokens that were verified a moment ago, so that a signature is not checked at every request."""

import hashlib
import time
from dataclasses import dataclass

from cachetools import LRUCache

TRUST_SECONDS = 60.0
"""How long a token is trusted at the most after its key is withdrawn."""
TOKENS_REMEMBERED = 10_000


@dataclass(slots=True)
class Bearer:
    """Whose token it is, and until when: in seconds since 1970, and of the monotonic clock."""

    agent: str
    expires_at: float
    trusted_until: float

    def is_trusted(self) -> bool:
        """Whether the token has neither expired nor to be verified again."""
        return time.monotonic() < self.trusted_until and time.time() < self.expires_at


class VerifiedTokens:
    """By their digest: what was sent is not kept."""

    def __init__(self, remembered: int = TOKENS_REMEMBERED) -> None:
        self._bearers: LRUCache[bytes, Bearer] = LRUCache(remembered)

    def keep(self, token: str, agent: str, expires_at: float) -> Bearer:
        """The bearer of a token that has just been verified: the same one each time."""
        key = digest(token.encode())
        bearer = self._bearers.get(key) or Bearer(agent, expires_at, 0.0)
        bearer.trusted_until = time.monotonic() + TRUST_SECONDS
        self._bearers[key] = bearer
        return bearer

    def bearer(self, token: str) -> Bearer | None:
        """Whose token it is, while it is trusted."""
        found = self._bearers.get(digest(token.encode()))
        return found if found and found.is_trusted() else None


def digest(sent: bytes) -> bytes:
    return hashlib.sha256(sent).digest()
