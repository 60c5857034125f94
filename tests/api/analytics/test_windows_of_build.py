"""A window is answered only from builds that include it, never as zeros."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.servers.api_server import Api, publish_build

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"


@pytest.fixture
def without_90_days(filled_warehouse: str) -> Iterator[None]:
    """The served build knows 7 and 30 days, as before the seed got another window."""
    build_id = publish_build(filled_warehouse)
    with psycopg.connect(filled_warehouse) as connection:
        connection.execute(
            "update serving.builds set date_ranges = '{7,30}' where build_id = %s", [build_id]
        )
    yield
    publish_build(filled_warehouse)


def test_a_window_that_the_build_was_not_made_with_is_unavailable(
    api: Api, without_90_days: None
) -> None:
    assert api.get(KPIS, params={"dateRange": "30"}, agent="newcomer").status_code == 200
    answer = api.get(KPIS, params={"dateRange": "90"}, agent="newcomer")
    error = "The published build does not have this period yet"
    assert (answer.status_code, answer.json()) == (503, {"error": error})
    assert int(answer.headers["Retry-After"]) > 0


def test_a_build_of_an_earlier_version_answers_every_window(api: Api) -> None:
    assert api.get(KPIS, params={"dateRange": "90"}).status_code == 200
