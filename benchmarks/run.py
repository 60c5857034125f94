"""Measures what is asked and writes the results: `python -m benchmarks.run S M`.

What is not measured again is kept from the results that are there. A smoke writes none: it fails
where a result is wrong, never on how long anything took.
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
    parser.add_argument("sizes", nargs="*", help=f"of the pipeline's data: {', '.join(SIZES)}")
    parser.add_argument("--api", action="store_true", help="the API as well")
    parser.add_argument("--smoke", action="store_true", help="only whether results are right, at S")
    asked = parser.parse_args()
    if unknown := set(asked.sizes) - set(SIZES):
        parser.error(f"no such size: {', '.join(unknown)}")
    if asked.smoke:
        with deployed(SIZES["S"]) as deployment:
            smoke.check(deployment)
        return
    for size in asked.sizes:
        for figures in pipeline(SIZES[size]):
            keep(figures)
    if asked.api:
        for measure in (http_requests, mixed_load, streams, api_start, dashboard):
            keep(measure.measure())


def keep(found: list[Figure]) -> None:
    """Adds the figures to the results; those of the same name and size go."""
    names = {(figure.what, figure.size) for figure in found}
    kept = read_json(AS_JSON) if AS_JSON.exists() else []
    write([figure for figure in kept if (figure.what, figure.size) not in names] + found)


def pipeline(size: Size) -> Iterator[list[Figure]]:
    """The figures of the pipeline, in parts that are worth keeping when the next one fails."""
    with deployed(size) as deployment:
        limits = extract_load.measure(deployment, size)
        yield [*limits, *refreshes.measure(deployment, size, limits)]
        if size.name == growth.LARGER:
            with deployed(growth.SMALLER_ALONE) as smaller:
                yield [growth.beside_smaller(deployment, smaller)]


@contextmanager
def deployed(size: Size) -> Iterator[Deployment]:
    """A deployment with data of the size, all of it removed at the end."""
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
