"""Every served number equals that of the independent oracle."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from config.periods import periods
from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from pipelines.publishing.metric_catalogue import Catalogue
from tests.conftest import PostgresServer, fresh_databases
from tests.support.key_figures import kpis_without_data
from tests.support.oracle import small_expected
from tests.support.oracle.buckets import BucketLength
from tests.support.oracle.numbers import Analytics, read_directory
from tests.support.oracle.periods import Compare
from tests.support.paths import SMALL
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import Api, serving, settings

pytest_plugins = ("tests.support.fixtures.catalogue",)
DATE_RANGES = periods().date_ranges
BUCKETS: tuple[BucketLength, ...] = ("daily", "weekly", "monthly")
COMPARISONS: tuple[Compare, ...] = ("previous", "year")
RECORD_LISTS = tuple(f"records?metric={name}&" for name in ("leads", "revenue", "waiting"))
SERIES = tuple(f"revenue-trends?period={buckets}&" for buckets in BUCKETS)
TRIAL_DATA = os.environ.get("AGENT_ANALYTICS_TRIAL_DATA")


def body(response: httpx.Response) -> dict[str, Any]:
    """The answer without its meta, its numbers as they were written."""
    assert response.status_code == 200, response.text
    answered = response.json(parse_float=Decimal)
    assert answered.pop("meta")
    return dict(answered)


def without_notes(answer: dict[str, Any]) -> dict[str, Any]:
    """Without what the oracle does not compute: whether a trend is notable, and rank ranges."""
    for detail in answer.get("trendDetails", {}).values():
        assert detail.pop("isNotable") in (True, False)
    if "rankRange" in answer:
        found = answer.pop("rankRange")
        assert found is None or found["low"] <= answer["rank"] <= found["high"]
    if "insights" in answer:
        assert answer["insights"].pop("isMonthChangeNotable") in (True, False)
    return answer


def assert_served(
    api: Api, analytics: Analytics, agent: str, date_ranges: tuple[str, ...], compare: Compare
) -> None:
    for date_range in date_ranges:
        query = f"dateRange={date_range}&compare={compare}"
        assert_period_served(api, analytics, agent, query, date_range=date_range, compare=compare)
    for buckets in BUCKETS:
        route = f"/agent/analytics/revenue-trends?period={buckets}"
        answer = without_notes(body(api.get(route, agent)))
        none = {"dateRange": None, "dates": None, "previous": None}
        numbers = analytics.revenue_trends(agent, buckets)
        assert answer == {"agentId": agent, **none, **numbers}, (agent, buckets)


def assert_range_served(
    api: Api, analytics: Analytics, agent: str, first: date, last: date, compare: Compare
) -> None:
    query = f"from={first}&to={last}&compare={compare}"
    dates = {"start": first, "end": last}
    assert_period_served(api, analytics, agent, query, **dates, compare=compare)


def assert_period_served(
    api: Api, analytics: Analytics, agent: str, query: str, **period_of: Any
) -> None:
    kpis = analytics.kpis(agent, **period_of)
    if analytics.period(**period_of).is_beyond_served_history:
        # The oracle knows those dates, of which no row is served.
        for name, detail in kpis["trendDetails"].items():
            detail["previous"] = detail["previous"] if name == "ranking" else None
    whose = {name: kpis[name] for name in ("agentId", "dateRange", "period")}
    for route, numbers in (
        ("kpis", kpis),
        ("funnel", analytics.funnel(agent, **period_of)),
        ("lead-sources", analytics.lead_sources(agent, **period_of)),
        ("ranking", analytics.ranking(agent, **period_of)),
        ("response-times", analytics.response_times(agent, **period_of)),
    ):
        answer = without_notes(body(api.get(f"/agent/analytics/{route}?{query}", agent)))
        assert answer == whose | numbers, (route, agent, query)
    for buckets in BUCKETS:
        route = f"/agent/analytics/revenue-trends?period={buckets}"
        answer = without_notes(body(api.get(f"{route}&{query}", agent)))
        assert answer.pop("dates") == whose["period"]
        numbers = analytics.revenue_trends(agent, buckets, **period_of)
        expected_answer = {"agentId": agent, "dateRange": whose["dateRange"], **numbers}
        assert answer == expected_answer, (agent, buckets, query)


def assert_range_equals(api: Api, agent: str, date_range: str, compare: Compare) -> None:
    """The free range of a named period's dates has its numbers, and its trends where the earlier
    dates are equal; ranks and measures exist for the named one only."""

    def answered(route: str, query: str) -> dict[str, Any]:
        found = body(api.get(f"/agent/analytics/{route}{query}&compare={compare}", agent))
        del found["dateRange"]
        return found

    named = f"dateRange={date_range}"
    dates = answered("kpis?", named)["period"]
    free = f"from={dates['from']}&to={dates['to']}"
    has_equal_trends = date_range.isdecimal()
    for route in ("kpis?", "funnel?", "lead-sources?", "response-times?", *RECORD_LISTS, *SERIES):
        expected, found = answered(route, named), answered(route, free)
        for answer in (expected, found):
            if not has_equal_trends:
                for name in ("trends", "trendDetails", "period", "dates", "previous"):
                    answer.pop(name, None)
            elif route == "kpis?":
                assert answer["trends"].pop("ranking", None) is None or answer is expected
                reason = answer["trendDetails"].pop("ranking")["reason"]
                assert reason == "named_periods_only" or answer is expected
            if route == "kpis?":
                for name in ("teamRanking", "totalAgents"):
                    assert answer["kpis"].pop(name) is None or answer is expected
        assert found == expected, (agent, route, free)
    assert answered("ranking?", free)["reason"] == "named_periods_only"
    measures = answered("measures?", free)
    assert measures["reason"] == "named_periods_only"
    assert {measure["value"] for measure in measures["measures"]} <= {None}


def assert_records(api: Api, agent: str, date_range: str) -> None:
    """Every number of the period that has records has as many, or as much, of them."""

    def answered(route: str, **query: str) -> dict[str, Any]:
        parameters = {"dateRange": date_range, **query}
        return body(api.get(f"/agent/analytics/{route}", agent, params=parameters))

    def count(**query: str) -> int:
        found = answered("records", **query)
        assert found["count"] == len(found["records"])
        return int(found["count"])

    kpis, times = answered("kpis")["kpis"], answered("response-times")
    assert count(metric="leads") == kpis["leadsHandled"]
    assert count(metric="satisfaction") == kpis["satisfactionCount"]
    assert count(metric="response") == sum(bucket["count"] for bucket in times["buckets"])
    assert count(metric="unresponded") == times["unresponded"]
    assert count(metric="waiting") == times["waiting"]
    for stage, number in answered("funnel")["funnel"].items():
        assert count(metric="funnel", stage=stage) == number
    assert count(metric="conversion") == count(metric="funnel", stage="converted")
    for source in answered("lead-sources")["sources"]:
        assert count(source=source["source"]) == source["count"]
        earned = answered("records", metric="revenue", source=source["source"])["records"]
        assert sum(record["revenue"] for record in earned) == source["revenue"]
    earned = answered("records", metric="revenue")["records"]
    assert sum(record["revenue"] for record in earned) == kpis["totalRevenue"]


@contextmanager
def served(pipeline: Pipeline, directory: Path) -> Iterator[Api]:
    import_directory(pipeline.databases.operational, directory, LeadsMapping())
    pipeline.refreshed()
    with serving(settings(), pipeline.databases) as api:
        yield api


@pytest.fixture(scope="module")
def small(
    postgres_server: PostgresServer,
    operational_template: str,
    warehouse_template: str,
    pipeline_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Api]:
    with fresh_databases(postgres_server, operational_template, warehouse_template) as databases:
        lake = tmp_path_factory.mktemp("lake")
        pipeline = Pipeline(databases, pipeline_home, lake, small_expected.AS_OF)
        with served(pipeline, SMALL) as api:
            yield api


@pytest.mark.parametrize("agent", small_expected.AGENTS)
def test_the_api_serves_the_numbers_worked_out_by_hand(
    small: Api, catalogue: Catalogue, agent: str
) -> None:
    kpis = body(small.get("/agent/analytics/kpis?dateRange=30", agent))["kpis"]
    assert kpis.keys() == kpis_without_data(catalogue).keys()
    assert kpis == kpis | small_expected.KPIS[agent]


@pytest.mark.parametrize(("agent", "date_range"), list(product(small_expected.AGENTS, DATE_RANGES)))
def test_the_api_serves_what_the_independent_computation_gives(
    small: Api, agent: str, date_range: str
) -> None:
    analytics = Analytics(read_directory(SMALL), small_expected.AS_OF)
    for compare in COMPARISONS:
        assert_served(small, analytics, agent, (date_range,), compare)
    assert_records(small, agent, date_range)


FREE_RANGES = (
    (date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 2, 10), date(2024, 2, 28)),
    (date(2024, 1, 28), date(2024, 2, 6)),
    (date(2023, 2, 28), date(2024, 2, 28)),
    (date(2022, 3, 1), date(2024, 2, 29)),
    # The first date that is served; the dates before it are not.
    (date(2020, 3, 1), date(2023, 3, 1)),
)


@pytest.mark.parametrize(("first", "last"), FREE_RANGES)
def test_free_ranges_are_what_the_independent_computation_gives(
    small: Api, first: date, last: date
) -> None:
    analytics = Analytics(read_directory(SMALL), small_expected.AS_OF)
    for agent, compare in product(small_expected.AGENTS, COMPARISONS):
        if compare == "previous" or (last - first).days < 366:
            assert_range_served(small, analytics, agent, first, last, compare)


@pytest.mark.parametrize(("date_range", "compare"), list(product(DATE_RANGES, COMPARISONS)))
def test_a_free_range_equals_the_named_period_of_its_dates(
    small: Api, date_range: str, compare: Compare
) -> None:
    for agent in (*small_expected.AGENTS, "newcomer"):
        assert_range_equals(small, agent, date_range, compare)


def test_the_exact_text_of_money_and_rates_is_served(small: Api) -> None:
    answer = small.get("/agent/analytics/kpis?dateRange=30", "ana").content
    assert b'"totalRevenue":1052.85' in answer
    assert b'"conversionRate":50.0' in answer
    assert orjson.loads(answer)


if TRIAL_DATA:

    def test_the_api_serves_the_trial_data_as_the_independent_computation_gives_it(
        databases: Any, pipeline_home: Path, tmp_path: Path
    ) -> None:
        source = read_directory(Path(TRIAL_DATA))
        newest = max(datetime.fromisoformat(str(lead["created_at"])) for lead in source.leads)
        as_of: date = newest.astimezone(UTC).date()
        analytics = Analytics(source, as_of)
        pipeline = Pipeline(databases, pipeline_home, tmp_path, as_of)
        with served(pipeline, Path(TRIAL_DATA)) as api:
            for agent in analytics.agents:
                assert_served(api, analytics, agent, DATE_RANGES, "previous")
                assert_records(api, agent, "30")
                for first, last in ((27, 3), (50, 20), (200, 0), (400, 100)):
                    dates = (as_of - timedelta(days=days) for days in (first, last))
                    assert_range_served(api, analytics, agent, *dates, "previous")
                for date_range in DATE_RANGES:
                    assert_range_equals(api, agent, date_range, "previous")
