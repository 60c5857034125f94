"""Request id in logs and traces: a well-formed X-Request-ID of the client, or a random one."""

import random
import re
from collections.abc import Iterable

HEADER = b"x-request-id"
# No dots: a JWT that a client sends here by mistake is not logged.
WELL_FORMED = re.compile(rb"[A-Za-z0-9_-]{8,64}")


def request_id(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    for name, value in headers:
        if name == HEADER and WELL_FORMED.fullmatch(value):
            return value
    # It need not be hard to guess, so no system call (os.urandom) is spent on it.
    return b"%024x" % random.getrandbits(96)
