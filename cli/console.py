"""Progress output of commands: spinners and bars on a terminal, plain lines elsewhere."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.status import Status

# Name of the work, units done, and units in total where known.
Report = Callable[[str, int, int | None], None]


class Step:
    """A step in progress; its last line shows `note` and the seconds."""

    def __init__(self, name: str, status: Status | None) -> None:
        self.name = name
        self.note = ""
        self._status = status

    def show(self, what: str) -> None:
        """Shows the current activity on a terminal, in place of the last one."""
        if self._status:
            self._status.update(f"{self.name}: {what}")


class Terminal:
    """Console on a duplicate of standard error: Dagster redirects the original in its steps."""

    def __init__(self) -> None:
        self.console = Console(
            file=os.fdopen(os.dup(2), "w"), highlight=False, markup=False, soft_wrap=True
        )

    def say(self, line: str) -> None:
        self.console.print(line)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Shows that step `name` is running, and how long it took."""
        started = time.monotonic()
        if self.console.is_terminal:
            with self.console.status(name) as status:
                step = Step(name, status)
                yield step
        else:
            self.say(f"{name} ...")
            step = Step(name, None)
            yield step
        seconds = time.monotonic() - started
        self.say(f"{name}: {step.note + ', ' if step.note else ''}{seconds:.1f} s")

    @contextmanager
    def bar(self, name: str) -> Iterator[tuple[Step, Report]]:
        """Shows a step with a progress bar per name that the report function is called with."""
        started = time.monotonic()
        step = Step(name, None)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        if not self.console.is_terminal:
            self.say(f"{name} ...")
        with Progress(
            *columns, console=self.console, transient=True, disable=not self.console.is_terminal
        ) as progress:
            tasks = {name: progress.add_task(name, total=None)}

            def report(what: str, done: int, total: int | None) -> None:
                if what not in tasks:
                    tasks[what] = progress.add_task(f"{name}: {what}", total=total)
                progress.update(tasks[what], completed=done, total=total)

            yield step, report
        seconds = time.monotonic() - started
        self.say(f"{name}: {step.note + ', ' if step.note else ''}{seconds:.1f} s")
