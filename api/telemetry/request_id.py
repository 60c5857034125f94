"""The name of one request in logs and traces: the client's own where it could be one, else made."""

import random
import re
from collections.abc import Iterable

HEADER = b"x-request-id"
# No dots: a token that is sent as an id by mistake is not repeated.
WELL_FORMED = re.compile(rb"[A-Za-z0-9_-]{8,64}")


def request_id(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    for name, value in headers:
        if name == HEADER and WELL_FORMED.fullmatch(value):
            return value
    # Nothing rests on its being hard to guess, and the system is not asked for it.
    return b"%024x" % random.getrandbits(96)
