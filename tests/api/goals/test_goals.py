"""Goals are set for the current period and immediately show the served build's progress."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.support.clients.goals import PATH, add_day, monthly, of_each, seen
from tests.support.crm.stored_goals import add_goal, goal
from tests.support.servers.api_server import Api, serving, settings
from warehouse.databases import Databases
from warehouse.served_build import Build

pytest_plugins = ("tests.support.fixtures.api",)

# The served build is as of 31 March 2026 and was made on another day.
LAST_MONTH = date(2026, 2, 10)


@pytest.fixture
def operational(module_databases: Databases) -> str:
    return module_databases.operational


@pytest.fixture(scope="module", autouse=True)
def days(filled_warehouse: str) -> None:
    """Days of `ann`: in March 3 conversions, 2300.00 and 2 leads in 5 h; 1 and 100.00 before."""
    for day, revenue, booked, hours, answered in (
        ("2026-02-28", "100.00", 1, "8.0", 1),
        ("2026-03-01", "1000.00", 1, "2.0", 1),
        ("2026-03-31", "1300.00", 2, "3.0", 1),
        ("2026-04-01", "9999.00", 9, "99.0", 9),
    ):
        add_day(filled_warehouse, "ann", day, revenue, booked, hours, answered)


def test_anonymous_gets_401(api: Api) -> None:
    for method in ("GET", "POST", "PUT"):
        answer = api.client.request(method, PATH)
        assert (answer.status_code, answer.json()) == (401, {"error": "Authentication required"})


def test_a_new_goal_shows_its_progress_at_once(api: Api) -> None:
    request = monthly(conversions=4, revenue=2000, responseTimeHours=2.2)
    answer = api.send("POST", PATH, "ann", json=request)
    assert answer.status_code == 201
    body = answer.json()
    assert body["agentId"] == "ann"
    assert body["meta"]["asOf"] == "2026-03-31"
    assert [goal.pop("id") for goal in body["goals"]]
    ends = {"period": "monthly", "periodStart": "2026-03-01", "periodEnd": "2026-03-31"}
    assert body["goals"] == [
        {
            **ends,
            "goalType": "conversions",
            "target": 4.0,
            "current": 3,
            "completionPercentage": 75.0,
            "status": "at_risk",
            "expectedToDate": 4.0,
            "projected": 3.0,
            "neededPerDay": 1.0,
            "achievedAt": None,
            "repeats": False,
        },
        {
            **ends,
            "goalType": "response_time",
            "target": 2.2,
            "current": 2.5,
            "completionPercentage": 88.0,
            "status": "at_risk",
            "expectedToDate": 2.2,
            "projected": 2.5,
            "neededPerDay": None,
            "achievedAt": None,
            "repeats": False,
        },
        {
            **ends,
            "goalType": "revenue",
            "target": 2000.0,
            "current": 2300.0,
            "completionPercentage": 115.0,
            "status": "achieved",
            "expectedToDate": 2000.0,
            "projected": 2300.0,
            "neededPerDay": 0.0,
            "achievedAt": "2026-03-31T11:00:00Z",
            "repeats": False,
        },
    ]
    assert of_each(seen(api, "ann"), "current") == {
        "conversions": 3,
        "response_time": 2.5,
        "revenue": 2300.0,
    }
    assert '"target":2000.00,' in answer.text
    assert '"current":3,' in answer.text
    assert '"expectedToDate":2.2,' in answer.text


@pytest.mark.parametrize(
    ("period", "start", "end", "current"),
    [
        ("monthly", "2026-03-01", "2026-03-31", 2300.0),
        ("quarterly", "2026-01-01", "2026-03-31", 2400.0),
        ("yearly", "2026-01-01", "2026-12-31", 2400.0),
    ],
)
def test_a_period_is_the_calendar_one_around_the_as_of_date(
    api: Api, period: str, start: str, end: str, current: float
) -> None:
    request = {"period": period, "goals": {"revenue": 5000}}
    answer = api.send("PUT", PATH, "ann", json=request)
    found = next(goal for goal in answer.json()["goals"] if goal["goalType"] == "revenue")
    assert (found["periodStart"], found["periodEnd"]) == (start, end)
    assert found["current"] == current
    assert {goal["period"] for goal in answer.json()["goals"]} == {period}


def test_a_goal_of_a_coming_period_is_upcoming(api: Api) -> None:
    request = {**monthly(conversions=62, responseTimeHours=2), "periodStart": "2026-07-01"}
    answer = api.send("POST", PATH, "una", json=request)
    assert answer.status_code == 201
    (conversions, response) = answer.json()["goals"]
    assert (conversions["periodStart"], conversions["periodEnd"]) == ("2026-07-01", "2026-07-31")
    assert (conversions["status"], response["status"]) == ("upcoming", "upcoming")
    assert (conversions["current"], conversions["expectedToDate"]) == (0, 0.0)
    assert (conversions["projected"], conversions["neededPerDay"]) == (None, 2.0)
    assert api.send("POST", PATH, "una", json=request).status_code == 409
    assert api.send("PUT", PATH, "una", json=request).status_code == 200
    assert api.send("POST", PATH, "una", json=monthly(conversions=1)).status_code == 201
    assert [one["periodStart"] for one in seen(api, "una")] == ["2026-07-01"] * 2 + ["2026-03-01"]


def test_quarters_and_years_are_those_of_the_fiscal_calendar_that_was_published(
    api: Api, filled_warehouse: str
) -> None:
    with psycopg.connect(filled_warehouse) as owner:
        owner.execute("update serving.builds set fiscal_year_starts_in = 2")
    try:
        for period, start, end in (
            ("monthly", "2026-03-01", "2026-03-31"),
            ("quarterly", "2026-02-01", "2026-04-30"),
            ("yearly", "2026-02-01", "2027-01-31"),
        ):
            request = {"period": period, "goals": {"revenue": 5}}
            (made,) = api.send("POST", PATH, "fin", json=request).json()["goals"]
            assert (made["periodStart"], made["periodEnd"]) == (start, end)
    finally:
        with psycopg.connect(filled_warehouse) as owner:
            owner.execute("update serving.builds set fiscal_year_starts_in = 1")
    # Open goals keep the dates that they were set with.
    assert {one["periodEnd"] for one in seen(api, "fin")} == {
        "2026-03-31",
        "2026-04-30",
        "2027-01-31",
    }


def test_a_goal_repeats_as_it_was_last_set(api: Api) -> None:
    first = monthly(revenue=5, conversions=5)
    (*_, revenue) = api.send("POST", PATH, "rex", json={**first, "repeats": True}).json()["goals"]
    assert revenue["repeats"] is True
    api.send("PUT", PATH, "rex", json=monthly(revenue=6))
    assert of_each(seen(api, "rex"), "repeats") == {"conversions": True, "revenue": True}
    api.send("PUT", PATH, "rex", json={**monthly(revenue=6), "repeats": False})
    assert of_each(seen(api, "rex"), "repeats") == {"conversions": True, "revenue": False}


def test_a_response_goal_without_an_answered_lead_has_no_data(api: Api) -> None:
    answer = api.send("POST", PATH, "idle", json=monthly(responseTimeHours=1, conversions=1))
    (conversions, response) = answer.json()["goals"]
    assert (conversions["current"], conversions["status"]) == (0, "behind")
    assert (response["current"], response["status"]) == (None, "no_data")
    assert (response["completionPercentage"], response["projected"]) == (None, None)


def test_post_creates_and_names_what_is_there_already(api: Api) -> None:
    assert api.send("POST", PATH, "bob", json=monthly(conversions=5)).status_code == 201
    answer = api.send(
        "POST", PATH, "bob", json=monthly(conversions=6, revenue=7, responseTimeHours=8)
    )
    assert answer.status_code == 409
    assert answer.json() == {"error": "Monthly goal already exists: conversions"}
    assert of_each(seen(api, "bob"), "target") == {"conversions": 5.0}
    yearly = {"period": "yearly", "goals": {"conversions": 50}}
    assert api.send("POST", PATH, "bob", json=yearly).status_code == 201


def test_put_creates_and_replaces_and_leaves_the_others(api: Api, operational: str) -> None:
    assert api.send("PUT", PATH, "cleo", json=monthly(revenue=5, conversions=5)).status_code == 200
    before = {one["goalType"]: goal(operational, one["id"]) for one in seen(api, "cleo")}
    answer = api.send("PUT", PATH, "cleo", json=monthly(revenue=6.5, responseTimeHours=3))
    assert answer.status_code == 200
    assert of_each(answer.json()["goals"], "target") == {
        "conversions": 5.0,
        "response_time": 3.0,
        "revenue": 6.5,
    }
    after = {one["goalType"]: goal(operational, one["id"]) for one in seen(api, "cleo")}
    assert after["conversions"] == before["conversions"]
    assert after["revenue"]["id"] == before["revenue"]["id"]
    assert after["revenue"]["updated_at"] > before["revenue"]["updated_at"]


def test_the_same_put_again_writes_nothing(api: Api, operational: str) -> None:
    (first,) = api.send("PUT", PATH, "dora", json=monthly(revenue=5)).json()["goals"]
    before = goal(operational, first["id"])
    (again,) = api.send("PUT", PATH, "dora", json=monthly(revenue=5.00)).json()["goals"]
    assert again == first
    assert goal(operational, first["id"]) == before


def test_a_new_target_changes_the_open_period_and_no_closed_one(api: Api, operational: str) -> None:
    last = add_goal(operational, "eve", "revenue", "100", day=LAST_MONTH)
    with psycopg.connect(operational) as owner:
        owner.execute("update agent_goals set closed_at = now() where id = %s", [last])
    before = goal(operational, last)
    api.send("POST", PATH, "eve", json=monthly(revenue=200))
    api.send("PUT", PATH, "eve", json=monthly(revenue=300))
    assert goal(operational, last) == before
    assert [one["target"] for one in seen(api, "eve")] == [300.0, 100.0]


def test_a_harder_target_has_yet_to_be_achieved_and_an_easier_one_is(
    api: Api, filled_warehouse: str, operational: str
) -> None:
    add_day(filled_warehouse, "fay", "2026-03-20", "30.00", 3, "0", 0)
    (made,) = api.send("POST", PATH, "fay", json=monthly(conversions=3)).json()["goals"]
    assert (made["achievedAt"], made["status"]) == ("2026-03-20T12:00:00Z", "achieved")
    with psycopg.connect(operational) as owner:
        owner.execute(
            "update agent_goals set achieved_at = '2026-03-20 12:00+00' where id = %s", [made["id"]]
        )
    (easier,) = api.send("PUT", PATH, "fay", json=monthly(conversions=2)).json()["goals"]
    assert (easier["achievedAt"], easier["status"]) == ("2026-03-20T11:00:00Z", "achieved")
    (harder,) = api.send("PUT", PATH, "fay", json=monthly(conversions=3.01)).json()["goals"]
    assert (harder["achievedAt"], harder["status"]) == (None, "on_track")
    assert goal(operational, made["id"])["achieved_at"] is None
    assert seen(api, "fay") == [harder]


def test_a_refund_leaves_a_goal_achieved_and_a_win_taken_back_does_not(
    api: Api, filled_warehouse: str
) -> None:
    add_day(filled_warehouse, "jon", "2026-03-20", "300.00", 3, "0", 0)
    api.send("POST", PATH, "jon", json=monthly(revenue=300))
    with psycopg.connect(filled_warehouse) as owner:
        owner.execute(
            "insert into serving.agent_conversions"
            " (agent_id, activity_id, date, source, revenue, is_refund, occurred_at)"
            " values ('jon', 1, '2026-03-20', 'Web', -50, true, '2026-03-20 10:30+00')"
        )
        owner.execute(
            "update serving.agent_performance_metrics set revenue_generated = 250"
            " where agent_id = 'jon'"
        )
    (refunded,) = seen(api, "jon")
    assert (refunded["current"], refunded["completionPercentage"]) == (250.0, 83.3)
    assert (refunded["achievedAt"], refunded["status"]) == ("2026-03-20T12:00:00Z", "achieved")
    with psycopg.connect(filled_warehouse) as owner:
        owner.execute(
            "delete from serving.agent_conversions"
            " where agent_id = 'jon' and occurred_at = '2026-03-20 12:00+00'"
        )
    (taken_back,) = seen(api, "jon")
    assert (taken_back["achievedAt"], taken_back["status"]) == (None, "at_risk")


def test_the_pace_goes_by_the_last_complete_day_of_the_build(
    api: Api, filled_warehouse: str
) -> None:
    add_day(filled_warehouse, "kit", "2026-03-30", "30.00", 3, "0", 0)
    add_day(filled_warehouse, "kit", "2026-03-31", "10.00", 1, "0", 0)
    with psycopg.connect(filled_warehouse) as owner:
        owner.execute("update serving.builds set through = as_of - 1")
    try:
        (made,) = api.send("POST", PATH, "kit", json=monthly(conversions=31)).json()["goals"]
    finally:
        with psycopg.connect(filled_warehouse) as owner:
            owner.execute("update serving.builds set through = as_of")
    # 30 of 31 days are complete: 3 · 31 / 30 are projected, 27 are left for today.
    assert (made["current"], made["expectedToDate"]) == (4, 30.0)
    assert (made["projected"], made["neededPerDay"]) == (3.1, 27.0)
    (again,) = seen(api, "kit")
    assert (again["expectedToDate"], again["projected"]) == (31.0, 4.0)


def test_a_closed_goal_keeps_its_verdict_and_shows_the_current_value(
    api: Api, filled_warehouse: str, operational: str
) -> None:
    add_day(filled_warehouse, "gus", "2026-02-10", "500.00", 0, "0", 0)
    missed = add_goal(operational, "gus", "revenue", "400", day=LAST_MONTH)
    kept = add_goal(operational, "gus", "conversions", "7", day=LAST_MONTH)
    with psycopg.connect(operational) as owner:
        owner.execute("update agent_goals set closed_at = now() where agent_id = 'gus'")
        owner.execute("update agent_goals set achieved_at = now() where id = %s", [kept])
    found = {one["id"]: one for one in seen(api, "gus")}
    assert (found[missed]["status"], found[missed]["current"]) == ("missed", 500.0)
    assert (found[kept]["status"], found[kept]["current"]) == ("achieved", 0)


def test_open_goals_come_first_and_each_newest_first_100_at_the_most(
    api: Api, operational: str
) -> None:
    for year in range(1990, 2026):
        for month in (1, 4, 7):
            add_goal(operational, "hal", "revenue", "1", day=date(year, month, 1))
    overdue = add_goal(operational, "hal", "conversions", "1", day=date(1980, 1, 1))
    with psycopg.connect(operational) as owner:
        owner.execute(
            "update agent_goals set closed_at = now() where agent_id = 'hal' and id <> %s",
            [overdue],
        )
    api.send("POST", PATH, "hal", json=monthly(revenue=1))
    starts = [one["periodStart"] for one in seen(api, "hal")]
    assert len(starts) == 100
    assert starts[:4] == ["2026-03-01", "1980-01-01", "2025-07-01", "2025-04-01"]
    assert starts[2:] == sorted(starts[2:], reverse=True)


def test_the_list_is_answered_as_csv_and_never_cached(api: Api) -> None:
    api.send("POST", PATH, "ida", json=monthly(revenue=12.5))
    answer = api.get(PATH, agent="ida", headers={"Accept": "text/csv"})
    (identity,) = [one["id"] for one in seen(api, "ida")]
    assert answer.text.split("\r\n") == [
        '"id","period","goalType","target","current","completionPercentage","status",'
        '"expectedToDate","projected","neededPerDay","periodStart","periodEnd","achievedAt",'
        '"repeats"',
        f'{identity},"monthly","revenue",12.50,0.00,0.0,"behind",12.50,0.00,12.50,"2026-03-01",'
        '"2026-03-31","","false"',
        "",
    ]
    assert '"asOf":"2026-03-31"' in answer.headers["Analytics-Meta"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert api.get(PATH, agent="ida").headers["Cache-Control"] == "private, no-cache"


def test_a_live_build_means_the_month_of_today(
    databases: Databases,
) -> None:
    with psycopg.connect(databases.warehouse) as owner:
        owner.execute(
            "insert into serving.builds (as_of, time_zone, definition_hash, mode, run_id,"
            " ranked_agents) select (now() at time zone 'Asia/Tokyo')::date, 'Asia/Tokyo', 'f',"
            " 'full', 'r', '{}'"
        )
    with serving(settings(), databases) as api:
        before = datetime.now(ZoneInfo("Asia/Tokyo")).date()
        (made,) = api.send("POST", PATH, json=monthly(revenue=1)).json()["goals"]
        after = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    assert made["periodStart"] in {f"{day:%Y-%m}-01" for day in (before, after)}


@pytest.mark.parametrize(
    ("as_of", "built_at", "now", "today"),
    [
        # Live: the day continues after the build, also over the end of the month.
        (date(2026, 3, 31), "2026-03-31T10:00", "2026-03-31T12:00", date(2026, 3, 31)),
        (date(2026, 3, 31), "2026-03-31T10:00", "2026-04-01T00:01", date(2026, 4, 1)),
        (date(2026, 3, 31), "2026-03-31T10:00", "2026-04-09T10:00", date(2026, 4, 9)),
        # A run that began before midnight.
        (date(2026, 3, 31), "2026-04-01T00:02", "2026-04-01T00:03", date(2026, 4, 1)),
        # A fixed as-of date.
        (date(2024, 2, 29), "2026-03-31T10:00", "2026-03-31T12:00", date(2024, 2, 29)),
        (date(2026, 12, 31), "2026-03-31T10:00", "2026-03-31T12:00", date(2026, 12, 31)),
    ],
)
def test_today_is_the_day_that_the_served_build_lives_in(
    as_of: date, built_at: str, now: str, today: date
) -> None:
    zone = ZoneInfo("America/New_York")
    built = datetime.fromisoformat(built_at).replace(tzinfo=zone).astimezone(UTC)
    instant = datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC)
    build = Build(1, built, as_of, None, zone.key, built + timedelta(minutes=1))
    assert build.today(instant) == today
