"""Live updates appear on the open page: activities, goals, new builds."""

import re
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from tests.support.clients.browser_visit import NARROW, WIDE, Visit, Visits
from tests.support.servers.dashboard_deployment import Deployment

pytest_plugins = ["tests.support.fixtures.dashboard"]
pytestmark = pytest.mark.browser

AGENT = "agent-008"


def entries(visit: Visit) -> Locator:
    return visit.page.locator("[data-activity]")


def every_activity(deployment: Deployment, filter_: str) -> list[str]:
    """The ids of all pages of the API, newest first."""
    ids: list[str] = []
    cursor = ""
    while True:
        path = f"analytics/activities?filter={filter_}&limit=100{cursor}"
        page = deployment.answer(path, AGENT)
        ids += [activity["id"] for activity in page["activities"]]
        if page["nextCursor"] is None:
            return ids
        cursor = f"&cursor={page['nextCursor']}"


def shown_ids(visit: Visit) -> list[str]:
    ids: list[str] = entries(visit).evaluate_all("all => all.map(each => each.dataset.activity)")
    return ids


def scroll_to_the_end(visit: Visit) -> None:
    while visit.page.get_by_text("That is everything.").count() == 0:
        known = entries(visit).count()
        # Not the button: it goes as soon as it comes into sight.
        tail = visit.page.locator(".timeline-scroll > :last-child")
        tail.evaluate("tail => tail.scrollIntoView()")
        expect(entries(visit)).not_to_have_count(known)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_an_activity_slides_in_on_top_as_it_is_logged(
    deployment: Deployment, visits: Visits, size: tuple[int, int]
) -> None:
    visit = visits.signed_in(AGENT, size=size)
    expect(visit.page.locator(".live")).to_have_text("Live")
    expect(entries(visit).first).to_be_visible()
    activity_id = deployment.log(AGENT, "meeting", f"Meeting at {size[0]}")
    newest = entries(visit).first
    expect(newest).to_have_attribute("data-activity", activity_id)
    expect(newest).to_contain_text(f"Meeting at {size[0]}")
    expect(visit.page.get_by_text(f"New: Meeting at {size[0]}")).to_have_count(1)
    newest.scroll_into_view_if_needed()
    visit.picture("live")


def test_the_timeline_goes_down_to_its_end_and_shows_everything_once(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    scroll_to_the_end(visit)
    assert shown_ids(visit) == every_activity(deployment, "all")
    visit.page.get_by_label("Conversions", exact=True).check(force=True)
    expect(visit.page.locator("[data-activity]:not([data-kind=conversion])")).to_have_count(0)
    scroll_to_the_end(visit)
    assert shown_ids(visit) == every_activity(deployment, "conversions")
    deployment.log(AGENT, "call", "Not a conversion")
    activity_id = deployment.log(AGENT, "conversion", "A sale of today", '{"revenue": 12.5}')
    expect(entries(visit).first).to_have_attribute("data-activity", activity_id)
    expect(entries(visit).first).to_contain_text("12.50")


def test_a_stream_that_breaks_goes_on_where_it_was(deployment: Deployment, visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    expect(entries(visit).first).to_be_visible()
    visit.context.set_offline(True)
    activity_id = deployment.log(AGENT, "call", "Called in the tunnel")
    visit.context.set_offline(False)
    expect(entries(visit).first).to_have_attribute("data-activity", activity_id, timeout=60_000)


HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_hidden_tab_closes_its_stream_and_misses_nothing(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    expect(visit.page.locator(".live")).to_have_text("Live")
    deployment.log(AGENT, "call", "While it was seen")
    expect(entries(visit).first).to_contain_text("While it was seen")
    visit.page.evaluate(HIDE, True)
    expect(visit.page.locator(".live")).not_to_have_text("Live")
    streams = len(visit.requests_to("analytics/activities/stream"))
    activity_id = deployment.log(AGENT, "call", "While it was hidden")
    visit.page.evaluate(HIDE, False)
    expect(entries(visit).first).to_have_attribute("data-activity", activity_id)
    assert len(visit.requests_to("analytics/activities/stream")) == streams + 1
    assert "last-event-id" in visit.requests_to("analytics/activities/stream")[-1].headers


def test_an_activity_of_long_ago_stands_under_its_own_day(
    deployment: Deployment, visits: Visits
) -> None:
    agent = "agent-010"
    with psycopg.connect(deployment.databases.operational) as connection:
        connection.execute(
            "insert into public.agent_activity_log (agent_id, activity_type, title, timestamp)"
            " values (%s, 'call', 'A call of the year 987', '0987-06-05 10:00+00')",
            [agent],
        )
    visit = visits.signed_in(agent)
    visit.page.get_by_label("Calls", exact=True).check(force=True)
    scroll_to_the_end(visit)
    expect(entries(visit).last).to_contain_text("A call of the year 987")
    expect(visit.page.locator(".day h3").last).to_contain_text("June 5")


def goal(visit: Visit, name: str) -> Locator:
    return visit.page.locator(f"[data-goal={name}]")


def set_goals(visit: Visit, **targets: str) -> None:
    visit.page.get_by_role("button", name="Set goals").click()
    for label, target in targets.items():
        visit.page.get_by_role("spinbutton", name=label).fill(target)
    visit.page.get_by_role("button", name="Save").click()


def test_a_goal_is_set_and_moves_with_the_next_build(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    set_goals(visit, Conversions="40", Revenue="100000.50")
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    row = goal(visit, "monthly-conversions")
    assert_goal(row, stored_goal(deployment, "conversions"))
    before = stored_goal(deployment, "conversions")["current"]
    deployment.log(AGENT, "conversion", "A sale", '{"revenue": 99.5}')
    build = visit.page.locator(".build").inner_text()
    deployment.refresh()
    expect(visit.page.locator(".build")).not_to_have_text(build)
    moved = stored_goal(deployment, "conversions")
    assert moved["current"] > before
    assert_goal(row, moved)
    revenue = deployment.answer("analytics/kpis?dateRange=30", AGENT)["kpis"]["totalRevenue"]
    expect(visit.card("Revenue").locator(".card-value")).to_have_text(f"{revenue:,.2f}")


def test_a_goal_of_a_coming_period_is_set_to_repeat_and_deleted_once_confirmed(
    deployment: Deployment, visits: Visits
) -> None:
    visit = visits.signed_in(AGENT)
    page = visit.page
    starts = deployment.answer("goals", AGENT)["periodStarts"]["quarterly"]
    page.get_by_role("button", name="Set goals").click()
    page.get_by_text("Quarter", exact=True).click()
    page.get_by_label("Starting").select_option(starts[1])
    page.get_by_role("spinbutton", name="Revenue").fill("9000")
    page.get_by_label("Set again for each next period").check()
    page.get_by_role("button", name="Save").click()
    upcoming = page.get_by_text("Upcoming goals (1)")
    upcoming.click()
    stored = stored_goal(deployment, "revenue", "quarterly")
    assert (stored["periodStart"], stored["status"]) == (starts[1], "upcoming")
    assert stored["repeats"] is True

    page.get_by_role("button", name=re.compile("Delete goal: Revenue, .* 3 months")).click()
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name=re.compile("Delete goal: Revenue, .* 3 months")).click()
    assert stored_goal(deployment, "revenue", "quarterly") == stored
    page.get_by_role("button", name="Yes, delete").click()
    expect(upcoming).to_have_count(0)
    goals = deployment.answer("goals", AGENT)["goals"]
    assert stored["id"] not in {goal["id"] for goal in goals}


def stored_goal(deployment: Deployment, goal_type: str, period: str = "monthly") -> dict[str, Any]:
    body = deployment.answer("goals", AGENT)
    [found] = [
        each for each in body["goals"] if (each["goalType"], each["period"]) == (goal_type, period)
    ]
    return dict(found)


def assert_goal(row: Locator, goal: dict[str, Any]) -> None:
    expect(row).to_contain_text(f"{goal['current']:,} of {goal['target']:,.0f}")
    expect(row).to_contain_text(f"{goal['completionPercentage']:,.1f}%")
    expect(row).to_contain_text(f"expected by now {goal['expectedToDate']:,.1f}")
    if goal["projected"] is not None:  # as it is on the first day, while that lasts
        expect(row).to_contain_text(f"heading for {goal['projected']:,.1f}")
    status = goal["status"].replace("_", " ").capitalize()
    expect(row.locator(".status")).to_contain_text(status)


def test_a_form_without_a_target_says_what_is_missing(visits: Visits) -> None:
    visit = visits.signed_in("agent-011")
    visit.page.get_by_role("button", name="Set goals").click()
    visit.page.get_by_role("button", name="Save").click()
    expect(visit.page.get_by_role("alert")).to_contain_text("goals")


def test_a_target_with_decimals_is_shown_as_it_was_set(visits: Visits) -> None:
    visit = visits.signed_in("agent-011")
    set_goals(visit, Conversions="12.25", **{"Mean response time": "1.75"})
    expect(goal(visit, "monthly-conversions")).to_contain_text("of 12.25")
    expect(goal(visit, "monthly-response_time")).to_contain_text("of 1.75h")


def test_a_target_that_the_api_rejects_is_marked_at_its_field(visits: Visits) -> None:
    visit = visits.signed_in(AGENT)
    visit.page.get_by_role("button", name="Set goals").click()
    field = visit.page.get_by_role("spinbutton", name="Revenue")
    field.fill("1000000000000")
    visit.page.get_by_role("button", name="Save").click()
    expect(visit.page.locator("#goal-revenue-help")).to_have_text("must be below 1000000000000")
    expect(field).to_have_attribute("aria-invalid", "true")
