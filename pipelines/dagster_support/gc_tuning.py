"""Python's garbage collection in a process that ends soon."""

import atexit
import gc


def collect_garbage_rarely() -> None:
    """What Dagster and dbt make as they are loaded stays anyway.

    Looking through it as often as Python does takes a sixth of a short refresh, and looking through
    it at the end, before the memory goes back as a whole, a tenth.
    """
    gc.set_threshold(1_000_000, 10, 10)
    atexit.register(gc.freeze)
