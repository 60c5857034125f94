"""The product gives the numbers worked out on paper, and those of the oracle for the same rows."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from crm.bulk_load import bulk_load
from pipelines.insights.formulas.trends import agent_trends
from tests.guarantees.test_served_numbers import COMPARISONS, DATE_RANGES, assert_served, body
from tests.support.built_comparisons import built_comparisons
from tests.support.oracle import worked_leads, worked_periods
from tests.support.oracle.numbers import Analytics, Source
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import Api, serving, settings
from warehouse.databases import Databases

NAMED_CASES = [case for case in worked_periods.CASES if isinstance(case.which, str)]
DAYS = sorted({(case.as_of, case.through) for case in NAMED_CASES})


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    return Pipeline(databases, pipeline_home, tmp_path / "lake", None)


def write_source(pipeline: Pipeline, source: Source) -> None:
    """Writes rows that an import would reject too, into a CRM with fractional ratings."""
    with bulk_load(pipeline.databases.operational, "UTC") as crm:
        crm.execute("alter table leads alter satisfaction_rating type numeric")
        for table, rows in (("leads", source.leads), ("agent_activity_log", source.activities)):
            for row in rows:
                crm.execute(
                    sql.SQL("insert into {} ({}) values ({})").format(
                        sql.Identifier(table),
                        sql.SQL(", ").join(map(sql.Identifier, row)),
                        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
                    ),
                    list(row.values()),
                )


@contextmanager
def served(pipeline: Pipeline, as_of: date) -> Iterator[Api]:
    """The API over a refresh as of a date that is over."""
    dataclasses.replace(pipeline, as_of=as_of).refreshed()
    with serving(settings(), pipeline.databases) as api:
        yield api


def test_leads_give_the_numbers_worked_out(pipeline: Pipeline) -> None:
    write_source(pipeline, worked_leads.SOURCE)
    analytics = Analytics(worked_leads.SOURCE, worked_leads.AS_OF)
    with served(pipeline, worked_leads.AS_OF) as api:
        for case in worked_leads.CASES:
            kpis = body(api.get("/agent/analytics/kpis?dateRange=30", case.name))["kpis"]
            shown = [kpis[name] for name in ("responseTimeHours", "satisfactionScore")]
            assert [None if one is None else str(one) for one in shown] == [
                case.hours,
                case.satisfaction,
            ], case.name
            money = Decimal(kpis["totalRevenue"]), kpis["conversionsBooked"]
            assert money == (Decimal(case.revenue), case.booked), case.name
            for compare in COMPARISONS:
                assert_served(api, analytics, case.name, ("30", "mtd", "last_month"), compare)


def test_periods_are_served_as_worked_out(pipeline: Pipeline) -> None:
    write_source(pipeline, worked_periods.SOURCE)
    for as_of in sorted({as_of for as_of, through in DAYS if through == as_of}):
        analytics = Analytics(worked_periods.SOURCE, as_of)
        with served(pipeline, as_of) as api:
            for case in NAMED_CASES:
                if (case.as_of, case.through) != (as_of, as_of):
                    continue
                query = f"dateRange={case.which}&compare={case.compare}"
                answer = body(api.get(f"/agent/analytics/kpis?{query}", "kim"))
                assert answer["kpis"] == answer["kpis"] | case.kpis, case
                assert_trends(answer["trendDetails"], case)
            for compare in COMPARISONS:
                assert_served(api, analytics, "kim", DATE_RANGES, compare)


def test_an_as_of_date_that_is_not_over_is_compared_as_worked_out(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(pipeline.home))
    write_source(pipeline, worked_periods.SOURCE)
    pipeline.ingested(is_full=True)
    open_days = [(as_of, through) for as_of, through in DAYS if through < as_of]
    assert open_days
    for as_of, through in open_days:
        analytics = Analytics(worked_periods.SOURCE, as_of, through=through)
        built = trend_details(pipeline.databases.warehouse, as_of, through)
        for case in NAMED_CASES:
            if (case.as_of, case.through) == (as_of, through):
                assert_trends(built["kim", case.which, case.compare], case)
        for (agent, date_range, compare), details in built.items():
            period = analytics.period(date_range, compare=compare)  # type: ignore[arg-type]
            expected = analytics.trend_details(agent, period)
            del expected["ranking"]
            shown = {name: without_note(detail) for name, detail in details.items()}
            assert shown == expected, (as_of, date_range, compare)


def trend_details(
    warehouse: str, as_of: date, through: date
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Details by agent, period and comparison, computed for these dates."""
    rows = built_comparisons(warehouse, as_of, through)
    return {
        (agent, date_range, compare): json.loads(details, parse_float=Decimal)
        for agent, date_range, compare, details in agent_trends(rows)
        .select("agent_id", "date_range", "compare", "details")
        .iter_rows()
    }


def without_note(detail: dict[str, Any]) -> dict[str, Any]:
    """Without what the oracle does not compute: whether the change is notable."""
    return {name: value for name, value in detail.items() if name != "isNotable"}


def assert_trends(details: dict[str, Any], case: worked_periods.Case) -> None:
    for name, trend in case.trends.items():
        if name in details:
            detail = details[name]
            change = None if detail["change"] is None else str(detail["change"])
            shown = (detail["current"], detail["previous"], change, detail["reason"])
            assert shown == trend, (case, name)
