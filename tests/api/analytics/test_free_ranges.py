"""Free ranges of dates: which are answered, which are refused, and what has no number there."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.support.servers.api_server import Api, publish_build
from tests.support.waiting import wait_until

pytest_plugins = ("tests.support.fixtures.api",)

ROUTES = (
    "kpis",
    "funnel",
    "lead-sources",
    "response-times",
    "records",
    "ranking",
    "measures",
    "revenue-trends",
)


@pytest.mark.parametrize("route", ROUTES)
def test_an_answer_says_which_dates_it_is_about(api: Api, route: str) -> None:
    answer = api.get(f"/agent/analytics/{route}?from=2026-03-01&to=2026-03-30").json()
    assert answer["dateRange"] == "2026-03-01..2026-03-30"
    assert answer["dates" if route == "revenue-trends" else "period"] == {
        "from": "2026-03-01",
        "to": "2026-03-30",
        "compareFrom": "2026-01-30",
        "compareTo": "2026-02-28",
        "through": "2026-03-31",
    }


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("from=2026-03-01", "to", "must be given with 'from'"),
        ("to=2026-03-01", "to", "must not be given without 'from'"),
        ("from=2026-03-02&to=2026-03-01", "to", "must not be before 'from'"),
        ("from=2026-3-1&to=2026-03-01", "from", "must be a date like 2026-01-31"),
        ("from=1772323200&to=2026-03-01", "from", "must be a date like 2026-01-31"),
        ("from=2026-02-01&to=2026-04-01", "to", "must not be after 2026-03-31"),
        (
            "from=2022-03-31&to=2022-04-01",
            "from",
            "must not be before 2022-04-01, the first date that is served",
        ),
        ("from=2023-03-31&to=2026-03-31", "to", "must be within 1096 dates from 'from'"),
        (
            "from=2025-03-30&to=2026-03-31&compare=year",
            "compare",
            "must be 'previous' for periods of over 366 dates",
        ),
        (
            "from=2026-03-01&to=2026-03-31&dateRange=30",
            "dateRange",
            "must not be given with 'from' and 'to'",
        ),
    ],
)
@pytest.mark.parametrize("route", ["kpis", "revenue-trends"])
def test_dates_that_cannot_be_answered_are_refused_by_name(
    api: Api, route: str, query: str, field: str, message: str
) -> None:
    answer = api.get(f"/agent/analytics/{route}?{query}")
    assert (answer.status_code, answer.json()) == (
        422,
        {"error": "Invalid request", "details": [{"field": field, "message": message}]},
    )


def test_a_date_that_does_not_exist_is_refused(api: Api) -> None:
    answer = api.get("/agent/analytics/kpis?from=2026-02-30&to=2026-03-31")
    assert answer.status_code == 422
    assert answer.json()["details"][0]["field"] == "from"


@pytest.mark.parametrize(
    "query",
    ["from=2023-04-01&to=2026-03-31", "from=2025-03-31&to=2026-03-31&compare=year"],
)
def test_the_longest_ranges_are_answered(api: Api, query: str) -> None:
    assert api.get(f"/agent/analytics/kpis?{query}").status_code == 200


def test_ranks_and_measures_exist_for_named_periods_only(api: Api) -> None:
    query = "from=2026-03-02&to=2026-03-31"
    kpis = api.get(f"/agent/analytics/kpis?{query}").json()
    assert (kpis["kpis"]["teamRanking"], kpis["kpis"]["totalAgents"]) == (None, None)
    assert list(kpis["trendDetails"])[-1] == "ranking"
    assert kpis["trendDetails"]["ranking"]["reason"] == "named_periods_only"
    ranking = api.get(f"/agent/analytics/ranking?{query}").json()
    assert (ranking["rank"], ranking["totalAgents"]) == (None, None)
    assert (ranking["score"], ranking["reason"]) == (None, "named_periods_only")
    measures = api.get(f"/agent/analytics/measures?{query}").json()
    assert measures["reason"] == "named_periods_only"
    assert [measure["value"] for measure in measures["measures"]] == [None, None]
    assert api.get("/agent/analytics/measures").json()["reason"] is None


def test_records_of_a_range_are_also_csv(api: Api) -> None:
    query = "metric=revenue&from=2026-03-01&to=2026-03-30"
    rows = api.get(f"/agent/analytics/records?{query}", headers={"Accept": "text/csv"}).text
    assert [line.split(",")[1] for line in rows.splitlines()[1:]] == [
        '"2026-03-30"',
        '"2026-03-30"',
        '"2026-03-01"',
    ]


@pytest.fixture
def next_day(filled_warehouse: str) -> Iterator[Callable[[], None]]:
    """Publishes the build of the next day, whose served history begins a day later."""

    def publish() -> None:
        with psycopg.connect(filled_warehouse) as connection:
            connection.execute("update serving.builds set as_of = '2026-04-01'")
            connection.execute("notify serving_build")

    yield publish
    with psycopg.connect(filled_warehouse) as connection:
        connection.execute("update serving.builds set as_of = '2026-03-31'")
    publish_build(filled_warehouse)


def test_a_range_that_a_new_build_no_longer_has_is_refused_ahead_of_routing(
    api: Api, next_day: Callable[[], None]
) -> None:
    url = "/agent/analytics/kpis?from=2022-04-01&to=2022-04-30"
    assert api.get(url).status_code == 200
    next_day()
    wait_until(lambda: api.get(url).status_code != 200)
    answer = api.get(url)
    assert (answer.status_code, answer.json()["details"][0]["field"]) == (422, "from")
