"""Waiting for another process, thread or server, whatever the speed of the machine."""

import time
from collections.abc import Callable
from typing import Any

# Seconds after which something hangs: a limit for failures, which nothing that works comes near.
PATIENCE = 600.0
# Seconds that something short-lived lives, tried in turn until the machine is fast enough for one.
LIFETIMES = (3, 15, 75)


def wait_until(holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Returns the first true result of `holds`; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (result := holds()):
        assert time.monotonic() < deadline, "still not so"
        time.sleep(0.05)
    return result
