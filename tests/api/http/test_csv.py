"""Lists are also served as CSV without executable spreadsheet formulas."""

import csv
import io

import psycopg
import pytest

from api.analytics.endpoints import ENDPOINTS
from api.http.content_negotiation import prefers_csv
from tests.support.servers.api_server import Api, fill, serving, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

SOURCES = "/agent/analytics/lead-sources"
# Routes of the contract that serve no list.
WITHOUT_A_LIST = {
    "/agent/analytics/kpis",
    "/agent/analytics/funnel",
    "/agent/analytics/ranking",
    "/agent/analytics/response-times",
}
CSV = {"Accept": "text/csv"}


def test_anonymous_gets_401_as_json(api: Api) -> None:
    answer = api.anonymous(SOURCES, headers=CSV)
    assert answer.status_code == 401
    assert answer.json() == {"error": "Authentication required"}


def test_sources_as_csv_hold_the_same_rows(api: Api) -> None:
    answer = api.get(SOURCES, headers=CSV)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.split("\r\n") == [
        '"source","count","conversionRate","revenue","conversionsBooked"',
        '"Website",32,71.9,2028509.00,24',
        '"Referral",15,60.0,4500.00,8',
        '"Expo",0,"",20.00,1',
        '"Fair",0,"",20.00,1',
        '"Unknown",0,"",-20.00,0',
        "",
    ]
    assert '"stale":false' in answer.headers["Analytics-Meta"]


def test_revenue_as_csv_has_every_bucket(api: Api) -> None:
    answer = api.get("/agent/analytics/revenue-trends", headers=CSV)
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["date", "revenue"]
    assert len(rows) == 31
    assert rows[-1] == ["2026-03-31", "10.00"]


def test_an_unknown_agent_gets_the_header_alone(api: Api) -> None:
    answer = api.get(SOURCES, agent="nobody", headers=CSV)
    assert answer.text == '"source","count","conversionRate","revenue","conversionsBooked"\r\n'


def test_routes_without_a_list_stay_json(api: Api) -> None:
    declared = {endpoint.path for endpoint in ENDPOINTS if endpoint.csv_rows is None}
    assert declared >= WITHOUT_A_LIST
    for route in declared:
        answer = api.get(route, headers=CSV)
        assert answer.headers["Content-Type"] == "application/json"


def test_a_cell_that_would_run_as_a_formula_is_neutralised(databases: Databases) -> None:
    sources = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1",  # noqa: RUF001
        'say "hi", twice',
        "line\nbreak",
        "Fair = good",
    ]
    fill(databases.warehouse)
    with psycopg.connect(databases.warehouse) as connection:
        connection.cursor().executemany(
            """insert into serving.agent_lead_sources
               (agent_id, date_range, source, lead_count, converted_count, revenue,
                conversions_booked)
               values ('agent-3', '30', %s, %s, 0, 0, 0)""",
            [(source, 100 - place) for place, source in enumerate(sources)],
        )
    with serving(settings(), databases) as api:
        answer = api.get(SOURCES, agent="agent-3", headers=CSV)
        body = api.get(SOURCES, agent="agent-3").json()
    cells = [row[0] for row in csv.reader(io.StringIO(answer.text, newline=""))][1:]
    assert cells == [f"'{source}" for source in sources[:8]] + sources[8:]
    assert [row["source"] for row in body["sources"]] == sources


@pytest.mark.parametrize(
    ("accept", "is_csv"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/csv", True),
        ("TEXT/CSV", True),
        ("text/csv; charset=utf-8", True),
        ("text/*", True),
        ("text/csv, */*", True),
        ("text/csv, application/json", False),
        ("text/csv;q=0.5, application/json", False),
        ("application/json;q=0.5, text/csv", True),
        ("text/csv;q=0.9, */*;q=0.8", True),
        ("text/csv;q=0", False),
        ("text/csv;q=0, */*", False),
        ("text/csv;q=x", False),
        ("text/html, application/xhtml+xml, */*;q=0.8", False),
    ],
)
def test_csv_is_chosen_where_the_client_prefers_it(accept: str, is_csv: bool) -> None:
    assert prefers_csv(accept) is is_csv
