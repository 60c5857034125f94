"""Latency of mixed requests at a fixed rate, with and without a concurrent refresh.

    python -m benchmarks.api.mixed_load [--home DIR] [--per-second 500] [--seconds 20] [--rounds 3]

A separate process sends the requests by the clock; latency counts from when a request was due.
Refreshes follow one another, each after a change of 2,000 leads.
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psycopg

from benchmarks.harness.figures import Figure, table
from benchmarks.harness.load_generator import Latencies, at_rate, get
from benchmarks.harness.servers import Home, api, refreshed_home, token
from config.periods import periods

WINDOWED = ("kpis", "funnel", "lead-sources", "ranking", "response-times", "records")
OTHERS = (
    *(f"revenue-trends?period={period}" for period in ("daily", "weekly", "monthly")),
    "insights",
    "restatements",
    "metrics",
    "activities",
    "activities?filter=calls&limit=20",
)
PATHS = [
    *(
        f"/agent/analytics/{name}?dateRange={days}"
        for name in WINDOWED
        for days in periods().date_ranges
    ),
    *(f"/agent/analytics/{name}" for name in OTHERS),
    "/agent/goals",
]
AGENTS, DAYS = 1000, 1430
CHANGED_LEADS = 2000
SLOWEST_MILLISECONDS = 250.0
MOST_TIMES = 5.0
CHANGE = """update leads set satisfaction_rating = 1 + (coalesce(satisfaction_rating, 0) %% 5),
    updated_at = now()
where id in (select id from leads order by random() limit %s)
"""
CHILDREN = multiprocessing.get_context("spawn")


def requests(agents: list[str], number: int = 20_000) -> list[bytes]:
    """Returns every route of every agent in a random order with a fixed seed."""
    random = Random(1)
    tokens = {agent: token(agent) for agent in agents}
    return [get(random.choice(PATHS), tokens[random.choice(agents)]) for _ in range(number)]


def load(port: int, agents: list[str], per_second: float, seconds: float, report: Path) -> None:
    found = asyncio.run(at_rate(port, requests(agents), per_second, seconds))
    report.write_text(json.dumps([found.milliseconds, found.failures]))


def under_load(port: int, home: Home, per_second: float, seconds: float, report: Path) -> Latencies:
    arguments = (port, home.agents, per_second, seconds, report)
    process = CHILDREN.Process(target=load, args=arguments)
    process.start()
    process.join()
    milliseconds, failures = json.loads(report.read_text())
    found = Latencies(milliseconds)
    found.failures.update(failures)
    return found


@contextmanager
def refreshes(home: Home) -> Iterator[list[int]]:
    """Runs refreshes one after another until the block ends; counts the completed ones."""
    done: list[int] = []
    stop = threading.Event()

    def run() -> None:
        while not stop.is_set():
            with psycopg.connect(home.databases.operational) as connection:
                connection.execute(CHANGE, [CHANGED_LEADS])
            home.refresh()
            done.append(1)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


def measure(
    directory: Path | None = None, per_second: float = 500, seconds: float = 20, rounds: int = 3
) -> list[Figure]:
    quiet: list[Latencies] = []
    busy: list[Latencies] = []
    refreshed = 0
    with refreshed_home(directory, AGENTS, DAYS) as home, api(home) as (port, _):
        report = home.directory / "mixed_load.json"
        under_load(port, home, per_second, seconds, report)  # until every worker and plan is warm
        for _ in range(rounds):
            quiet.append(under_load(port, home, per_second, seconds, report))
            with refreshes(home) as done:
                busy.append(under_load(port, home, per_second, seconds, report))
            refreshed += len(done)
        report.unlink()
    return [_figure(quiet, busy, per_second, refreshed)]


def _figure(
    quiet: list[Latencies], busy: list[Latencies], per_second: float, refreshed: int
) -> Figure:
    ours, limits = ([each.percentile(0.99) for each in some] for some in (busy, quiet))
    value, limit = statistics.median(ours), statistics.median(limits)
    failures = sum((each.failures for each in [*quiet, *busy]), start=Latencies().failures)
    return Figure(
        what=f"p99 at {per_second:g} requests/s over all routes, during a refresh",
        size="M",
        value=value,
        unit="ms",
        limit_name="the same without the refresh",
        limit=limit,
        ratio=value / limit,
        goal=f"at most {MOST_TIMES:g} x, under {SLOWEST_MILLISECONDS:g} ms, no error",
        meets_goal=value <= MOST_TIMES * limit and value < SLOWEST_MILLISECONDS and not failures,
        samples=ours,
        limit_samples=limits,
        note=f"{refreshed} refreshes; failures: {dict(failures) or 'none'}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="A home with a published build of size M.")
    parser.add_argument("--per-second", type=float, default=500.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(table(measure(options.home, options.per_second, options.seconds, options.rounds)))


if __name__ == "__main__":
    main()
