"""Dates of the periods of a build as it is published, by the oracle's calendar."""

from datetime import date
from typing import Any

from config.periods import periods
from tests.support.oracle.periods import TO_DATE, Calendar, compared, named_period


def build_periods(as_of: date, through: date) -> dict[str, dict[str, Any]]:
    """`serving.builds.periods`: first and last date by period and span."""
    calendar = Calendar(as_of, through)
    spans: dict[str, dict[str, Any]] = {}
    for name in periods().date_ranges:
        for compare, prefix in (("previous", ""), ("year", "year_")):
            period = named_period(name, calendar, compare)  # type: ignore[arg-type]
            own = spans.setdefault(name, {"shown": _dates(period.first, period.last)})
            whole = "previous_whole" if compare == "previous" else "year_whole"
            shown = period.earlier_first + (period.last - period.first)
            last = min(shown, period.earlier_last) if name in TO_DATE else period.earlier_last
            own[whole] = _dates(period.earlier_first, last)
            if comparison := compared(period, through):
                earlier = comparison.previous
                own[f"{prefix}previous"] = _dates(earlier.first, earlier.last)
    return spans


def _dates(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}
