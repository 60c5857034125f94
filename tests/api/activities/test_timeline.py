"""The timeline is live, shows an agent its own activities, and survives malformed rows."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.support.crm.activity_log import insert, log
from tests.support.servers.api_server import ROUTES, Api, serving, serving_at_a_rate, settings
from warehouse.databases import Databases

ACTIVITIES = "/agent/analytics/activities"
pytest_plugins = ("tests.support.fixtures.api",)
NOWHERE = "postgresql://somebody:hidden@127.0.0.1:1/operational"


def titles(api: Api, agent: str = "agent-1", **query: str | int) -> list[str]:
    answer = api.get(ACTIVITIES, agent, params=query)
    assert answer.status_code == 200, answer.text
    return [activity["title"] for activity in answer.json()["activities"]]


def test_anonymous_gets_401(api: Api) -> None:
    answer = api.anonymous(ACTIVITIES)
    assert (answer.status_code, answer.json()) == (401, {"error": "Authentication required"})


def test_an_agent_sees_its_own_activities_and_no_others(api: Api, crm: str) -> None:
    log(crm, "mine")
    log(crm, "theirs", agent="agent-2")
    log(crm, "nobody's", agent="")
    assert titles(api) == ["mine"]
    assert titles(api, "agent-2") == ["theirs"]
    assert titles(api, "agent-3") == []
    foreign = api.get(ACTIVITIES, params={"agentId": "agent-2", "limit": "0"})
    assert foreign.status_code == 403


def test_an_agent_id_is_trimmed_where_it_is_logged(api: Api, crm: str) -> None:
    log(crm, "mine", agent=" agent-1\u00a0\n")
    assert titles(api) == ["mine"]


def test_an_activity_is_there_as_soon_as_it_is_committed(api: Api, crm: str) -> None:
    with psycopg.connect(crm) as connection:
        connection.execute("select log_agent_activity('agent-1', 'L1', 'call', 'Call')")
        assert titles(api) == []
        connection.commit()
        assert titles(api) == ["Call"]


def test_an_activity_is_answered_field_by_field(api: Api, crm: str) -> None:
    insert(
        crm,
        {
            "activity_type": "conversion",
            "lead_id": "L1",
            "title": "Sale Closed",
            "description": "At last",
            "timestamp": "2026-03-31T12:12:44.018532+03:00",
            "metadata": {"revenue": 1250.50, "items": [1, {"a": None}]},
        },
    )
    answer = api.get(ACTIVITIES)
    assert answer.json() == {
        "agentId": "agent-1",
        "activities": [
            {
                "id": answer.json()["activities"][0]["id"],
                "type": "conversion",
                "title": "Sale Closed",
                "description": "At last",
                "timestamp": "2026-03-31T09:12:44.018532Z",
                "metadata": {"items": [1, {"a": None}], "leadId": "L1", "revenue": 1250.5},
            }
        ],
        "nextCursor": None,
        "meta": answer.json()["meta"],
    }
    assert answer.json()["meta"]["buildId"] == 1
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer.headers


def test_ids_are_opaque_and_the_same_in_every_answer(api: Api, crm: str) -> None:
    log(crm, "one", "two")
    first, second = (api.get(ACTIVITIES).json()["activities"] for _ in range(2))
    assert first == second
    ids = [activity["id"] for activity in first]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"act_[\w-]{16}", each) for each in ids)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"lead_id": "L7", "metadata": {"leadId": "other"}}, {"leadId": "L7"}),
        ({"lead_id": "L7", "metadata": None}, {"leadId": "L7"}),
        ({"lead_id": None, "metadata": {"lead_id": "x" * 60}}, {"leadId": "x" * 60}),
        ({"lead_id": None}, {}),
        ({"activity_type": "call", "metadata": {"revenue": "1.005"}}, {"revenue": "1.005"}),
        ({"activity_type": "conversion", "metadata": {"revenue": "1.005"}}, {"revenue": 1.01}),
        ({"activity_type": "conversion", "metadata": {"revenue": " -20 "}}, {"revenue": -20.0}),
        ({"activity_type": "conversion", "metadata": {"revenue": "1,000"}}, {"revenue": None}),
        ({"activity_type": "conversion", "metadata": {"revenue": 1e15}}, {"revenue": None}),
        ({"activity_type": "conversion", "metadata": {"revenue": [1]}}, {"revenue": None}),
        ({"activity_type": "conversion"}, {"revenue": None}),
    ],
)
def test_the_lead_and_the_readable_revenue_are_in_the_metadata(
    api: Api, crm: str, row: dict[str, Any], shown: dict[str, Any]
) -> None:
    insert(crm, row)
    [activity] = api.get(ACTIVITIES).json()["activities"]
    assert {name: activity["metadata"].get(name) for name in shown} == shown
    assert ("revenue" in activity["metadata"]) == ("revenue" in shown)
    assert ("leadId" in activity["metadata"]) == ("leadId" in shown)


TRIGGER = {"origin": "trigger"}


def test_one_sale_of_a_lead_with_a_long_id_is_one_entry(api: Api, crm: str) -> None:
    for title, lead, origin in (
        ("trigger", "x" * 60, TRIGGER),
        ("by hand", "x" * 60, {}),
        ("another lead", "y" * 60, TRIGGER),
    ):
        metadata = {"lead_id": lead, **origin}
        insert(crm, {"activity_type": "conversion", "title": title, "metadata": metadata})
    assert sorted(titles(api)) == ["another lead", "by hand"]


def test_the_lead_of_the_column_and_of_the_metadata_are_one(api: Api, crm: str) -> None:
    sale = {"activity_type": "conversion"}
    insert(crm, {**sale, "title": "trigger", "lead_id": "L1", "metadata": TRIGGER})
    insert(crm, {**sale, "title": "by hand", "metadata": {"lead_id": "L1"}})
    assert titles(api) == ["by hand"]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        # One sale, logged by hand and by the trigger up to 24 hours before or after, is one entry.
        ([("by hand", 0, {}), ("trigger", 24, TRIGGER)], ["by hand"]),
        ([("trigger", 0, TRIGGER), ("by hand", 24, {})], ["by hand"]),
        ([("by hand", 0, {}), ("trigger", 25, TRIGGER)], ["trigger", "by hand"]),
        # Two that were logged by hand are two.
        ([("first", 0, {}), ("second", 1, {})], ["second", "first"]),
        # A lead that was reopened and won again is one; of one instant the row written last.
        ([("won", 0, TRIGGER), ("won again", 90, TRIGGER)], ["won again"]),
        ([("won", 0, TRIGGER), ("won again", 0, TRIGGER)], ["won again"]),
        # A refund is no sale and hides none.
        (
            [("refund", 0, {"revenue": -5}), ("trigger", 1, TRIGGER)],
            ["trigger", "refund"],
        ),
    ],
)
def test_one_sale_is_one_entry(
    api: Api, crm: str, rows: list[tuple[str, int, dict[str, Any]]], shown: list[str]
) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    insert(
        crm,
        *(
            {
                "activity_type": "conversion",
                "lead_id": "L1",
                "title": title,
                "timestamp": start + timedelta(hours=hours),
                "metadata": metadata,
            }
            for title, hours, metadata in rows
        ),
        {
            "activity_type": "conversion",
            "lead_id": "L2",
            "title": "another lead",
            "timestamp": start - timedelta(hours=1),
        },
    )
    assert titles(api) == [*shown, "another lead"]
    assert titles(api, filter="conversions") == [*shown, "another lead"]


def test_each_filter_shows_its_type_and_all_shows_every_type(api: Api, crm: str) -> None:
    words = [
        *("call", "Phone Call", "PHONE", "e-mail", "E-Mail", "Email", "Appointment", "meeting"),
        *("conversion", "assignment", "status_change", "goal_achieved"),
        *("Conversion", "note", "sms", "", "Calls"),
    ]
    for word in words:
        log(crm, word, kind=word)
    assert titles(api) == list(reversed(words[:12]))
    assert titles(api, filter="calls") == ["PHONE", "Phone Call", "call"]
    assert titles(api, filter="emails") == ["Email", "E-Mail", "e-mail"]
    assert titles(api, filter="meetings") == ["meeting", "Appointment"]
    assert titles(api, filter="conversions") == ["conversion"]
    shown = api.get(ACTIVITIES).json()["activities"]
    assert {activity["title"]: activity["type"] for activity in shown}["PHONE"] == "call"


def test_rows_without_a_calendar_date_are_omitted_and_odd_rows_shown(api: Api, crm: str) -> None:
    insert(
        crm,
        {"title": "never", "timestamp": "infinity"},
        {"title": "always", "timestamp": "-infinity"},
        {"title": "far", "timestamp": "20000-01-01"},
        {"title": "antiquity", "timestamp": "0044-03-15 BC"},
        {"title": None, "description": None, "timestamp": "9999-12-29T23:59:59.999999Z"},
        {"title": "first", "timestamp": "0001-01-02", "metadata": None},
        {"title": "list", "timestamp": "2026-01-01", "metadata": [1]},
        {"title": "word", "timestamp": "2026-01-02", "metadata": "word"},
        {"title": "deep", "timestamp": "2026-01-03", "metadata": nested(300)},
        {"title": "sep\u2028arator\r\n", "timestamp": "2026-01-04", "metadata": {"a\n": "é"}},
    )
    with psycopg.connect(crm) as connection:
        connection.execute(
            "insert into agent_activity_log (agent_id, activity_type, title, timestamp, metadata)"
            " values ('agent-1', 'call', 'long', '2026-01-05', '{\"n\": 12345678901234567890.12}')"
        )
    answer = api.get(ACTIVITIES)
    shown = {activity["title"]: activity["metadata"] for activity in answer.json()["activities"]}
    assert list(shown) == [None, "long", "sep\u2028arator\r\n", "deep", "word", "list", "first"]
    assert [shown[title] for title in (None, "word", "list", "first")] == [{}] * 4
    assert shown["sep\u2028arator\r\n"] == {"a\n": "é"}
    assert '{"n": 12345678901234567890.12}' in answer.text
    assert api.get(ACTIVITIES, headers={"Accept": "text/csv"}).status_code == 200


def nested(depth: int) -> dict[str, object]:
    value: dict[str, object] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"filter": "notes"}, "filter"),
        ({"page": "2"}, "page"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "AAAA"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"cursor": "a" * 5000}, "cursor"),
    ],
)
def test_a_parameter_out_of_its_range_is_422_and_named(
    api: Api, query: dict[str, str], field: str
) -> None:
    answer = api.get(ACTIVITIES, params=query)
    assert answer.status_code == 422
    assert [detail["field"] for detail in answer.json()["details"]] == [field]


def test_a_cursor_is_good_for_its_agent_and_filter_alone(api: Api, crm: str) -> None:
    for agent in ("agent-1", "agent-2"):
        log(crm, "one", "two", agent=agent)
    cursor = api.get(ACTIVITIES, params={"limit": 1}).json()["nextCursor"]
    assert titles(api, cursor=cursor) == ["one"]
    foreign = api.get(ACTIVITIES, "agent-2", params={"cursor": cursor, "limit": "0"})
    assert (foreign.status_code, foreign.json()) == (403, {"error": "Can only access own data"})
    other = api.get(ACTIVITIES, params={"cursor": cursor, "filter": "calls"})
    assert other.json()["details"] == [
        {"field": "cursor", "message": "Cursor of a different filter"}
    ]
    changed = cursor[:-4] + ("AAAA" if cursor[-4:] != "AAAA" else "BBBB")
    assert api.get(ACTIVITIES, params={"cursor": changed}).status_code == 422
    assert "agent" not in cursor


def test_a_page_as_csv_has_its_rows_meta_and_next_cursor(api: Api, crm: str) -> None:
    insert(
        crm,
        {"title": "old", "timestamp": "2026-03-30"},
        {
            "title": "=1+1",
            "description": 'say "hi"',
            "timestamp": "2026-03-31T09:12:44Z",
            "metadata": {"minutes": 3},
        },
    )
    answer = api.get(ACTIVITIES, params={"limit": 1}, headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows == [
        ["id", "type", "title", "description", "timestamp", "metadata"],
        [rows[1][0], "call", "'=1+1", 'say "hi"', "2026-03-31T09:12:44Z", '{"minutes": 3}'],
    ]
    assert '"buildId":1' in answer.headers["Analytics-Meta"]
    cursor = answer.headers["Analytics-Next-Cursor"]
    rest = api.get(ACTIVITIES, params={"cursor": cursor}, headers={"Accept": "text/csv"})
    [old] = csv.DictReader(io.StringIO(rest.text))
    assert (old["title"], old["id"] != rows[1][0]) == ("old", True)
    assert "Analytics-Next-Cursor" not in rest.headers


def test_without_the_operational_database_the_live_routes_alone_are_away(
    module_databases: Databases, filled_warehouse: str
) -> None:
    api_warehouse = module_databases.api_warehouse
    away = Databases(NOWHERE, filled_warehouse, NOWHERE, api_warehouse, None)
    with serving(settings(), away) as api:
        for path in (ACTIVITIES, f"{ACTIVITIES}/stream"):
            answer = api.get(path)
            assert answer.status_code == 503
            assert answer.json() == {"error": "Operational database unavailable"}
            assert int(answer.headers["Retry-After"]) >= 1
            assert api.anonymous(path).status_code == 401
        assert {api.get(route).status_code for route in ROUTES} == {200}


def test_without_a_warehouse_the_timeline_has_no_meta_to_give_and_is_away(
    module_databases: Databases,
) -> None:
    api_operational = module_databases.api_operational
    away = Databases(NOWHERE, NOWHERE, api_operational, NOWHERE, None)
    with serving(settings(), away) as api:
        answer = api.get(ACTIVITIES)
    assert (answer.status_code, answer.json()) == (503, {"error": "Warehouse unavailable"})


def test_more_than_the_rate_is_429(module_databases: Databases, filled_warehouse: str) -> None:
    with serving_at_a_rate(1.0, module_databases) as api:
        statuses = [api.get(ACTIVITIES).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
