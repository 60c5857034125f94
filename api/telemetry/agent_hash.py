"""An agent in the logs: the same short text for the same agent, which tells nobody who that is."""

import functools
from collections.abc import Callable
from hashlib import blake2b

AGENTS_REMEMBERED = 10_000
HASH_BYTES = 8
PERSON = b"agent in a log"


def agent_hasher(key: bytes) -> Callable[[str], str]:
    """Keyed, so that whoever reads the logs cannot try all ids; another key, other hashes."""

    @functools.lru_cache(AGENTS_REMEMBERED)
    def agent_hash(agent: str) -> str:
        return blake2b(agent.encode(), key=key, person=PERSON, digest_size=HASH_BYTES).hexdigest()

    return agent_hash
