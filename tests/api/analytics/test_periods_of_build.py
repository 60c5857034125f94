"""A period is answered only from builds that include it, never as zeros."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.servers.api_server import Api, publish_build

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"
NOT_BUILT = "The published build does not have this period yet"


@pytest.fixture
def without_90_days(filled_warehouse: str) -> Iterator[None]:
    """The served build knows 7 and 30 days, as before the seed got another period."""
    build_id = publish_build(filled_warehouse)
    with psycopg.connect(filled_warehouse) as connection:
        connection.execute(
            "update serving.builds set periods = periods - '90' where build_id = %s", [build_id]
        )
    yield
    publish_build(filled_warehouse)


def test_a_period_that_the_build_was_not_made_with_is_unavailable(
    api: Api, without_90_days: None
) -> None:
    assert api.get(KPIS, params={"dateRange": "30"}, agent="newcomer").status_code == 200
    answer = api.get(KPIS, params={"dateRange": "90"}, agent="newcomer")
    assert (answer.status_code, answer.json()) == (503, {"error": NOT_BUILT})
    assert int(answer.headers["Retry-After"]) > 0


@pytest.fixture
def build_of_an_earlier_version(filled_warehouse: str) -> Iterator[None]:
    build_id = publish_build(filled_warehouse)
    with psycopg.connect(filled_warehouse) as connection:
        connection.execute(
            "update serving.builds set periods = null where build_id = %s", [build_id]
        )
    yield
    publish_build(filled_warehouse)


def test_a_build_of_an_earlier_version_has_no_periods(
    api: Api, build_of_an_earlier_version: None
) -> None:
    answer = api.get(KPIS, agent="newcomer")
    assert (answer.status_code, answer.json()) == (503, {"error": NOT_BUILT})
    assert api.get("/agent/analytics/insights", agent="newcomer").status_code == 200


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("", ("2026-03-02", "2026-03-31", "2026-01-31", "2026-03-01")),
        ("compare=year", ("2026-03-02", "2026-03-31", "2025-03-02", "2025-03-31")),
        ("dateRange=mtd", ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28")),
        ("dateRange=last_month", ("2026-02-01", "2026-02-28", "2026-01-01", "2026-01-28")),
        ("dateRange=qtd&compare=year", ("2026-01-01", "2026-03-31", "2025-01-01", "2025-03-31")),
    ],
)
@pytest.mark.parametrize("route", ["kpis", "funnel", "lead-sources", "ranking", "records"])
def test_an_answer_says_which_dates_it_is_about(
    api: Api, route: str, query: str, period: tuple[str, ...]
) -> None:
    names = ("from", "to", "compareFrom", "compareTo")
    answer = api.get(f"/agent/analytics/{route}?{query}").json()
    assert answer["period"] == dict(zip(names, period, strict=True)) | {"through": "2026-03-31"}


def test_revenue_of_a_period_is_that_of_its_buckets_and_of_the_earlier_ones(api: Api) -> None:
    query = "dateRange=mtd&period=weekly"
    answer = api.get(f"/agent/analytics/revenue-trends?{query}").json()
    assert answer["dateRange"] == "mtd"
    assert answer["dates"]["compareTo"] == "2026-02-28"
    # March began on a Sunday, so that its first week has one day.
    assert answer["data"][0] == {"date": "2026-02-23", "revenue": 2031748.5}
    assert answer["data"][-1] == {"date": "2026-03-30", "revenue": 1260.5}
    assert [point["date"] for point in answer["previous"]] == [
        "2026-01-26",
        "2026-02-02",
        "2026-02-09",
        "2026-02-16",
        "2026-02-23",
    ]
    assert answer["insights"]["bestDay"] == {"date": "2026-03-01", "revenue": 2031748.5}
