"""Runs the given benchmarks and writes the results: `python -m benchmarks.run S M`.

Existing results that are not measured again stay. A smoke writes no results: it fails on wrong
rows, never on durations.
"""

import argparse
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

from benchmarks import smoke
from benchmarks.api import dashboard, http_requests, mixed_load, streams
from benchmarks.api import startup as api_start
from benchmarks.harness.deployment import Deployment, deployment
from benchmarks.harness.figures import Figure, read_json, table, write_json
from benchmarks.harness.sizes import SIZES, Size, fill
from benchmarks.pipeline import extract_load, growth, refreshes

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
AS_JSON = HERE / "results.json"
DATA = HERE / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", help=f"Sizes of the data: {', '.join(SIZES)}.")
    parser.add_argument("--api", action="store_true", help="Measure the API too.")
    parser.add_argument("--smoke", action="store_true", help="Only compare rows, at size S.")
    options = parser.parse_args()
    if unknown := set(options.sizes) - set(SIZES):
        parser.error(f"unknown size: {', '.join(unknown)}")
    if options.smoke:
        with deployed(SIZES["S"]) as deployment:
            smoke.check(deployment)
        return
    for size in options.sizes:
        for figures in pipeline(SIZES[size]):
            store(figures)
    if options.api:
        for measure in (http_requests, mixed_load, streams, api_start, dashboard):
            store(measure.measure())


def store(measured: list[Figure]) -> None:
    """Adds the figures to the results, in place of those with the same name and size."""
    names = {(figure.what, figure.size) for figure in measured}
    stored = read_json(AS_JSON) if AS_JSON.exists() else []
    write([figure for figure in stored if (figure.what, figure.size) not in names] + measured)


def pipeline(size: Size) -> Iterator[list[Figure]]:
    """Yields the figures of the pipeline in parts, so that a later failure loses no earlier one."""
    with deployed(size) as deployment:
        limits = extract_load.measure(deployment, size)
        yield [*limits, *refreshes.measure(deployment, size, limits)]
        if size.name == growth.LARGER:
            with deployed(growth.SMALLER_ALONE) as smaller:
                yield [growth.compared_with_smaller(deployment, smaller)]


@contextmanager
def deployed(size: Size) -> Iterator[Deployment]:
    """Yields a deployment with data of this size; removes it at the end."""
    home = DATA / size.name
    shutil.rmtree(home, ignore_errors=True)
    try:
        with deployment(home, size.bytes) as made:
            fill(made.databases, size)
            yield made
    finally:
        shutil.rmtree(home, ignore_errors=True)


def write(figures: list[Figure]) -> None:
    write_json(figures, AS_JSON)
    RESULTS.write_text(
        f"# Results\n\n{datetime.now(UTC):%Y-%m-%d}, {cpu_count()} cores, {platform.system()},"
        f" Python {platform.python_version()}. How each was measured: `README.md`.\n\n"
        + table(figures)
        + growth.chart(figures)
    )


if __name__ == "__main__":
    main()
