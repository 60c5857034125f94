"""Measures what is asked and writes the results: `python -m benchmarks.run S M`."""

import argparse
import platform
import shutil
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

from benchmarks import extract_load, refreshes
from benchmarks.deployment import deployment
from benchmarks.figures import Figure, read_json, table, write_json
from benchmarks.sizes import SIZES, Size, fill

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
AS_JSON = HERE / "results.json"
DATA = HERE / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=list(SIZES))
    asked = parser.parse_args()
    kept = read_json(AS_JSON) if AS_JSON.exists() else []
    found = [figure for size in asked.sizes for figure in pipeline(SIZES[size])]
    others = [figure for figure in kept if figure.size not in asked.sizes]
    write(sorted([*others, *found], key=lambda figure: list(SIZES).index(figure.size)))


def pipeline(size: Size) -> list[Figure]:
    """The figures of the pipeline on data of its own, which are removed at the end."""
    home = DATA / size.name
    shutil.rmtree(home, ignore_errors=True)
    try:
        with deployment(home, size.bytes) as deployed:
            fill(deployed.databases, size)
            limits = extract_load.measure(deployed, size)
            return [*limits, *refreshes.measure(deployed, size, limits)]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def write(figures: list[Figure]) -> None:
    write_json(figures, AS_JSON)
    RESULTS.write_text(
        f"# Results\n\n{datetime.now(UTC):%Y-%m-%d}, {cpu_count()} cores, {platform.system()},"
        f" Python {platform.python_version()}. How each was measured: `README.md`.\n\n"
        + table(figures)
    )


if __name__ == "__main__":
    main()
