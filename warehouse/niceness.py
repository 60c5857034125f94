"""CPU priority of a run, below that of the API."""

import os

# About 3 % of a CPU that a process of niceness 0 wants as well; see sched(7).
NICE = 15


def lower_priority() -> None:
    """Lowers the priority of this thread and of the processes it starts; it cannot be raised again.

    A thread that has a lower one keeps it.
    """
    os.nice(max(NICE - os.nice(0), 0))
