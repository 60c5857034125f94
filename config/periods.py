"""Windows that agents can look at, in days: the dbt seed `periods.csv`.

dbt builds its windows from the same rows, so that marts, parameters of the API, its OpenAPI
document, pages and documents cannot differ. A process reads them when it starts.
"""

import csv
from dataclasses import dataclass
from functools import cache

from config import paths

FILE = "seeds/periods.csv"
# Compared by the insights.
REQUIRED = {30, 90}


class PeriodsError(ValueError):
    """The seed cannot be used; the message is one line."""


@dataclass(frozen=True)
class Periods:
    """`date_ranges` in the order of the seed; `default` where a request names none."""

    date_ranges: tuple[int, ...]
    default: int


@cache
def periods() -> Periods:
    """Returns the periods as this process found them first. Raises PeriodsError."""
    return read_periods()


def read_periods() -> Periods:
    """Reads the seed. Raises PeriodsError where it is not as its YAML describes it."""
    with (paths.DBT_PROJECT / FILE).open(newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        date_ranges = tuple(int(row["date_range"]) for row in rows)
        defaults = [int(row["date_range"]) for row in rows if row["is_default"] == "true"]
    except (KeyError, ValueError) as error:
        raise PeriodsError(f"{FILE}: date_range must be whole numbers: {error}") from error
    is_distinct = len(set(date_ranges)) == len(date_ranges)
    if not is_distinct or min(date_ranges, default=0) < 1 or len(defaults) != 1:
        raise PeriodsError(f"{FILE}: needs positive, different date_ranges and one default")
    if missing := REQUIRED - set(date_ranges):
        raise PeriodsError(f"{FILE}: {min(missing)} days are missing, which insights compare")
    return Periods(date_ranges, *defaults)
