"""Periods that agents can look at: the dbt seed `periods.csv`.

dbt builds its periods from the same rows, so that marts, parameters of the API, its OpenAPI
document, pages and documents cannot differ. A process reads them when it starts.
"""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from config import paths

FILE = "seeds/periods.csv"
# Read by the insights, and by `monthChange` of the revenue trends.
REQUIRED = ("30", "90", "mtd")
LONGEST_COMPARED_WITH_YEAR = 366
# Of free dates, in dates.
LONGEST_RANGE = 1096
UNITS = ("month", "quarter", "year")
WEEK_DAYS = ("monday", "sunday")


class PeriodsError(ValueError):
    """The seed cannot be used; the message is one line."""


@dataclass(frozen=True)
class Period:
    """`length`: a number of days for the kind `days`, else a unit."""

    name: str
    kind: str
    length: str

    @property
    def label(self) -> str:
        """The name that users read."""
        match self.kind:
            case "days":
                return f"{self.length} days"
            case "to_date":
                return f"{self.length.capitalize()} to date"
            case _:
                return f"Last {self.length}"

    @property
    def has_year_before(self) -> bool:
        """Whether it can be compared with the period that begins a year earlier."""
        return self.kind != "days" or int(self.length) <= LONGEST_COMPARED_WITH_YEAR

    @property
    def is_valid(self) -> bool:
        if self.kind == "days":
            return self.length.isdecimal() and int(self.length) > 0
        return self.kind in ("to_date", "whole") and self.length in UNITS


@dataclass(frozen=True)
class Periods:
    """The periods in the order of the seed; `default` is the name of the one without a request.

    `served_history_days`: number of dates whose rows are served, for free ranges of dates.
    """

    periods: tuple[Period, ...]
    default: str
    served_history_days: int

    def __getitem__(self, name: str) -> Period:
        return next(period for period in self.periods if period.name == name)

    @property
    def date_ranges(self) -> tuple[str, ...]:
        """The names: the values of `dateRange`."""
        return tuple(period.name for period in self.periods)


@cache
def periods() -> Periods:
    """Returns the periods as this process found them first. Raises PeriodsError."""
    return read_periods()


def read_periods() -> Periods:
    """Reads the seed, and the vars of the calendar. Raises PeriodsError for unusable values."""
    with (paths.DBT_PROJECT / FILE).open(newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        found = tuple(Period(row["name"], row["kind"], row["length"]) for row in rows)
        defaults = [row["name"] for row in rows if row["is_default"] == "true"]
    except KeyError as error:
        raise PeriodsError(f"{FILE}: the column {error} is missing") from error
    for period in found:
        if not period.is_valid:
            raise PeriodsError(
                f"{FILE}: {period.name}: needs the kind days with a number of days, or to_date or"
                f" whole with one of {', '.join(UNITS)}"
            )
    variables = _variables()
    if variables["week_starts_on"] not in WEEK_DAYS:
        raise PeriodsError(
            f"dbt_project.yml: week_starts_on: {variables['week_starts_on']} is not one of"
            f" {', '.join(WEEK_DAYS)}"
        )
    longest = int(variables["served_history_days"])
    for period in found:
        if period.kind == "days" and int(period.length) > longest:
            raise PeriodsError(
                f"{FILE}: {period.name}: is longer than the served history, {longest} days"
                " (served_history_days)"
            )
    names = [period.name for period in found]
    if len(set(names)) != len(names) or len(defaults) != 1:
        raise PeriodsError(f"{FILE}: needs different names and one default")
    if missing := [name for name in REQUIRED if name not in names]:
        raise PeriodsError(f"{FILE}: {missing[0]} is missing, which insights or answers read")
    return Periods(found, defaults[0], longest)


def _variables() -> dict[str, Any]:
    project = yaml.safe_load((paths.DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    variables: dict[str, Any] = project["vars"]
    return variables
