"""How often one agent may ask: a token bucket per agent, in the memory of one process."""

import math
import time
from typing import NamedTuple

from cachetools import LRUCache

AGENTS_REMEMBERED = 10_000


class Bucket(NamedTuple):
    tokens: float
    filled_at: float


class RateLimit:
    """`per_second` requests steadily, twice that in a burst."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._burst = max(2 * per_second, 1.0)
        self._buckets: LRUCache[str, Bucket] = LRUCache(AGENTS_REMEMBERED)

    def wait_seconds(self, agent: str) -> int:
        """0 where the agent may ask now, else the whole seconds until it may."""
        now = time.monotonic()
        bucket = self._buckets.get(agent, Bucket(self._burst, now))
        refill = (now - bucket.filled_at) * self._per_second
        tokens = min(self._burst, bucket.tokens + refill)
        allowed = tokens >= 1
        self._buckets[agent] = Bucket(tokens - allowed, now)
        return 0 if allowed else max(1, math.ceil((1 - tokens) / self._per_second))
