"""Entity tags and the cache headers of private answers."""

import hashlib
import re
from collections.abc import Iterable

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def etag(*parts: object) -> str:
    """A strong tag over everything that the answer depends on."""
    digest = hashlib.sha256("\x1f".join(repr(part) for part in parts).encode())
    return f'"{digest.hexdigest()[:32]}"'


def is_held(tag: str, if_none_match: Iterable[str]) -> bool:
    """Weak comparison with the tags of the If-None-Match headers (RFC 9110, section 13.1.2)."""
    return any(header.strip() == "*" or tag in _TAG.findall(header) for header in if_none_match)
