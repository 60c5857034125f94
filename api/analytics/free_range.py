"""Free ranges of dates, `from=&to=`: which a build can answer, by which statement, and the answer.

Their numbers come from the agent's own served rows in one statement, by the dbt macros that the
marts of named periods are made of; their trends are computed here from both sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from api.db.statements import Statement
from api.http.errors import InvalidParameterError
from config.periods import LONGEST_COMPARED_WITH_YEAR, LONGEST_RANGE, periods
from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LeadsMapping
from trends.comparison import Change, Comparison, changes
from warehouse.served_build import Build

Compare = Literal["previous", "year"]

YEAR_OF_LONG_PERIOD = f"must be 'previous' for periods of over {LONGEST_COMPARED_WITH_YEAR} dates"
TEMPLATE = Path(__file__).parent / "queries" / "free_range.sql"
# CTEs of the template, which a statement reads in place of the served tables.
COMPUTED = ("builds", "agent_kpis", "agent_funnel", "agent_lead_sources", "agent_response_times")
WITH_TRENDS = "kpis"


@dataclass(frozen=True)
class FreeRange:
    first: date
    last: date
    compare: Compare

    @property
    def name(self) -> str:
        return f"{self.first}..{self.last}"

    def check(self, build: Build, now: datetime) -> None:
        """Raises InvalidParameterError for dates that the build has no rows for."""
        as_of, today = build.as_of, build.today(now)
        earliest = as_of - timedelta(days=periods().served_history_days - 1)
        days = (min(self.last, as_of) - self.first).days + 1
        if self.last > max(as_of, today):
            _refuse("to", f"must not be after {max(as_of, today)}")
        if self.first > as_of:
            _refuse("from", f"must not be after {as_of}, the date of the newest numbers")
        if self.first < earliest:
            _refuse("from", f"must not be before {earliest}, the first date that is served")
        if days > LONGEST_RANGE:
            _refuse("to", f"must be within {LONGEST_RANGE} dates from 'from'")
        if self.compare == "year" and days > LONGEST_COMPARED_WITH_YEAR:
            _refuse("compare", YEAR_OF_LONG_PERIOD)


@cache
def of_free_range(statement: Statement) -> Statement:
    """The statement with the numbers of a free range, its `spans`, and its `comparison`."""
    macros = Macros(dbt_vars(LeadsMapping()))
    text = statement.path.read_text("utf-8")
    for relation in COMPUTED:
        text = text.replace(f"serving.{relation}\n", f"{relation}\n")
        text = text.replace(f"serving.{relation} ", f"{relation} ")
    return Statement.of_template(
        TEMPLATE,
        answer=text,
        compared_spans=macros.text("compared_spans", "compared", "compared.through"),
        response_log=macros.text("response_log", "response_hours"),
        period_sums=macros.text("period_sums"),
        kpi_ratios=macros.text("kpi_ratios", "summed"),
        funnel_stages=macros.text("funnel_stages", "agent_kpis"),
        sources_of_periods=macros.text("sources_of_periods"),
        responses_counted=macros.text("responses_counted"),
        served_history_days=str(periods().served_history_days),
        has_trends=str(statement.name == WITH_TRENDS).lower(),
    )


def with_trends(members: dict[str, Any], compared: Mapping[str, Any]) -> None:
    """Puts the trends of key figures in front of that of the rank."""
    current = compared["current"] or {}
    comparison = Comparison(
        compared["day_count"],
        compared["is_partial_history"],
        current,
        # Dates before the served history have no sums.
        compared["previous"] or dict.fromkeys(current),
    )
    found = changes(comparison) if current else {}
    members["trends"] |= {metric: change.change for metric, change in found.items()}
    members["trendDetails"] |= {metric: _detail(change) for metric, change in found.items()}


def _detail(change: Change) -> dict[str, Any]:
    return {
        "current": change.current,
        "previous": change.previous,
        "change": change.change,
        "unit": "pct",
        "points": change.points,
        "better": change.better,
        "reason": change.reason,
        "isNotable": change.is_notable,
    }


def _refuse(name: str, message: str) -> NoReturn:
    raise InvalidParameterError("query", name, message)
