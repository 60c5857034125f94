"""Rate limit: a token bucket per agent, in the memory of one process."""

import functools
import math
import time
from dataclasses import dataclass

MAX_AGENTS = 10_000


@dataclass(slots=True)
class Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """`per_second` requests steadily, twice that in a burst."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._burst = max(2 * per_second, 1.0)
        self._bucket = functools.lru_cache(MAX_AGENTS)(self._full_bucket)

    def wait_seconds(self, agent: str) -> int:
        """0, and a token taken, where the agent may send now; else whole seconds until it may."""
        bucket = self._bucket(agent)
        now = time.monotonic()
        refill = (now - bucket.filled_at) * self._per_second
        tokens = min(self._burst, bucket.tokens + refill)
        allowed = tokens >= 1
        bucket.tokens, bucket.filled_at = tokens - allowed, now
        return 0 if allowed else max(1, math.ceil((1 - tokens) / self._per_second))

    def _full_bucket(self, _agent: str) -> Bucket:
        return Bucket(self._burst, time.monotonic())
