"""Keyed hash of an agent id for logs and traces: the same agent, the same hash, no way back."""

import functools
from collections.abc import Callable
from hashlib import blake2b

MAX_AGENTS = 10_000
HASH_BYTES = 8
PERSON = b"agent in a log"


def agent_hasher(key: bytes) -> Callable[[str], str]:
    """Keyed, so that a reader of the logs cannot hash all ids and compare."""

    @functools.lru_cache(MAX_AGENTS)
    def agent_hash(agent: str) -> str:
        return blake2b(agent.encode(), key=key, person=PERSON, digest_size=HASH_BYTES).hexdigest()

    return agent_hash
