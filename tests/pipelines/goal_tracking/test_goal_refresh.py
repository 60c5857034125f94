"""Every refresh updates the CRM's goals to the served numbers, and logs each event once."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg

from tests.conftest import PostgresServer
from tests.support.clients.goals import PATH, monthly, seen
from tests.support.crm.operational_tables import rows
from tests.support.crm.stored_goals import achievements, add_goal, goal
from tests.support.lock_waits import statements_that_wait
from tests.support.pipeline import Pipeline, failure, metadata
from tests.support.servers.api_server import serving, settings
from tests.support.servers.refresh_process import RefreshProcess, Run

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

# Conversions of ana in February: L02 by the trigger, 40 on the 10th and 1000.50.
THIRD = datetime(2024, 2, 27, 15, tzinfo=UTC)
FOURTH = datetime(2024, 2, 28, tzinfo=UTC)
GOALS = "operational/agent_goals"
GOALS_ALONE = ("insights/goal_progress", "operational")
UNTIL_MARTS = ("lake", "raw", "state", "staging", "intermediate", "marts")
INSIGHTS = ("insights/agent_trends", "insights/agent_rank_ranges", "insights/agent_insights")
A_CONVERSION = (
    "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp)"
    " values ('ana', 'L03', 'conversion', '2024-02-28')"
)


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_goals_hold_the_served_numbers_up_to_the_as_of_date(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    values = {
        # Of February: L02's conversion without revenue, 40 and 1000.50; L01 in 1 h, L03 in 3.5 h.
        add_goal(url, "ana", "conversions", "10"): Decimal(3),
        add_goal(url, "ana", "revenue", "5000"): Decimal("1040.50"),
        add_goal(url, "ana", "response_time", "2"): Decimal("2.25"),
        # Of the year: 12.35 on 31 January and the refund of 200 on the 20th.
        add_goal(url, "ana", "revenue", "5000", "yearly"): Decimal("852.85"),
        # The conversion of 5 March is after the as-of date.
        add_goal(url, "cem", "revenue", "600", "quarterly"): Decimal(75),
        # L11, by the e-mail in the log.
        add_goal(url, "dot", "response_time", "4"): Decimal(1),
        add_goal(url, "nobody", "conversions", "1"): Decimal(0),
    }
    result = small_pipeline.refreshed()
    assert {goal_id: goal(url, goal_id)["current_value"] for goal_id in values} == values
    written = metadata(result, GOALS)
    assert written["as_of"] == "2024-02-29"
    counts = {name: value for name, value in written.items() if name.startswith("rows_")}
    assert counts == {
        "rows_read": 7,
        "rows_changed": 7,
        "rows_achieved": 0,
        "rows_closed": 0,
        "rows_set_again": 0,
        "rows_left_to_the_next_run": 0,
    }
    assert metadata(result, "marts/agent_kpis")["scope"] == "nothing"


def test_an_achievement_is_logged_once_over_repeated_refreshes(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "3")
    missing = add_goal(url, "ana", "revenue", "1040.51")
    first = small_pipeline.refreshed(only=GOALS_ALONE)
    before = [goal(url, reached), goal(url, missing)]
    assert [row["achieved_at"] for row in before] == [THIRD, None]
    assert achievements(url) == [("ana", "Monthly conversions: 3, target 3")]
    assert metadata(first, GOALS)["rows_achieved"] == 1

    again = small_pipeline.refreshed(only=GOALS_ALONE)
    assert [goal(url, reached), goal(url, missing)] == before
    assert len(achievements(url)) == 1
    assert metadata(again, GOALS)["rows_changed"] == 0


def test_a_logged_achievement_changes_no_agent_days_and_makes_no_build(
    small_pipeline: Pipeline,
) -> None:
    add_goal(small_pipeline.databases.operational, "ana", "conversions", "3")
    small_pipeline.refreshed()
    result = small_pipeline.refreshed()
    assert metadata(result, "lake/agent_activity_log")["rows_read"] == 1
    assert metadata(result, "state/changed_agent_days")["agent_days_changed"] == 0
    assert metadata(result, "serving/builds")["is_new"] is False
    assert metadata(result, GOALS)["rows_changed"] == 0


def test_goals_are_closed_on_the_day_after_their_period_with_or_without_activity(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    goals = {
        "ana": add_goal(url, "ana", "conversions", "3"),
        "ben": add_goal(url, "ben", "response_time", "4"),  # L07 and L08 in 4 h each
        "nobody": add_goal(url, "nobody", "revenue", "1"),
        "year": add_goal(url, "ana", "revenue", "1", "yearly"),
    }
    small_pipeline.refreshed(only=GOALS_ALONE)
    assert [goal(url, goals[name])["closed_at"] for name in goals] == [None] * 4

    later = replace(small_pipeline, as_of=date(2024, 3, 1))
    result = later.refreshed()
    end = datetime(2024, 3, 1, 23, 59, 59, 999999, tzinfo=UTC)
    verdicts = {name: goal(url, goals[name]) for name in goals}
    assert {name: row["closed_at"] for name, row in verdicts.items()} == {
        "ana": end,
        "ben": end,
        "nobody": end,
        "year": None,
    }
    assert {name: row["achieved_at"] for name, row in verdicts.items()} == {
        "ana": THIRD,
        "ben": end,
        "nobody": None,
        # The first of the year: 12.35 on 31 January.
        "year": datetime(2024, 1, 31, tzinfo=UTC),
    }
    assert metadata(result, GOALS)["rows_closed"] == 3
    assert [agent for agent, _ in achievements(url)] == ["ana", "ana", "ben"]


def test_a_refund_lowers_the_value_and_leaves_the_achievement(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "revenue", "1000")
    small_pipeline.refreshed(only=GOALS_ALONE)
    execute(
        url,
        "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
        " values ('ana', 'L03', 'conversion', '2024-02-28', '{\"revenue\": -600}')",
    )
    small_pipeline.refreshed()
    row = goal(url, reached)
    assert row["current_value"] == Decimal("440.50")
    assert row["achieved_at"] == THIRD
    assert len(achievements(url)) == 1
    # A goal that is set after the refund is achieved too.
    execute(url, "update agent_goals set achieved_at = null")
    small_pipeline.refreshed(only=GOALS_ALONE)
    assert goal(url, reached)["achieved_at"] == THIRD


def test_a_win_taken_back_takes_back_the_achievement_and_its_entry_in_the_log(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "3")
    closed = add_goal(url, "ana", "conversions", "3", "yearly")
    execute(
        url, f"update agent_goals set closed_at = now(), achieved_at = now() where id = {closed}"
    )
    verdict = goal(url, closed)
    small_pipeline.refreshed(only=GOALS_ALONE)
    assert achievements(url) == [("ana", "Monthly conversions: 3, target 3")]

    execute(url, "update leads set disposition = 'lost' where id = 'L02'")
    result = small_pipeline.refreshed()
    row = goal(url, reached)
    assert (row["current_value"], row["achieved_at"]) == (2, None)
    assert achievements(url) == []
    assert metadata(result, GOALS)["rows_achieved"] == 0

    # Won again, at this moment: which is after the as-of date.
    execute(url, A_CONVERSION)
    small_pipeline.refreshed()
    assert goal(url, reached)["achieved_at"] == FOURTH
    assert achievements(url) == [("ana", "Monthly conversions: 3, target 3")]
    assert goal(url, closed) == verdict


def test_a_repeating_goal_is_set_again_by_the_first_run_after_its_period(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    february = add_goal(url, "nobody", "revenue", "100")
    execute(url, "update agent_goals set repeats = true")
    small_pipeline.refreshed(only=GOALS_ALONE)
    later = replace(small_pipeline, as_of=date(2024, 3, 1))
    result = later.refreshed()
    assert metadata(result, GOALS)["rows_closed"] == 1
    assert metadata(result, GOALS)["rows_set_again"] == 1
    march = goal(url, february + 1)
    assert (march["period_start"], march["period_end"]) == (date(2024, 3, 1), date(2024, 3, 31))
    assert (march["target_value"], march["repeats"], march["closed_at"]) == (100, True, None)
    again = later.refreshed()
    assert metadata(again, GOALS)["rows_set_again"] == 0
    assert goal(url, february + 1)["current_value"] == 0


def test_the_next_run_completes_a_killed_write_back(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "3")
    before = goal(url, reached)
    with psycopg.connect(url) as writer, psycopg.connect(url, autocommit=True) as watcher:
        # The update of the goal is done by the time its achievement waits to be logged.
        writer.execute("lock table agent_activity_log in share mode")
        run = RefreshProcess(small_pipeline, Run())
        while len(statements_that_wait(watcher, "goal.achieved_at")) != 1:
            assert run.is_running()
            time.sleep(0.01)
        run.kill()
    small_pipeline.refreshed(only=GOALS_ALONE)
    assert goal(url, reached)["version"] != before["version"]
    assert goal(url, reached)["achieved_at"] == THIRD
    assert len(achievements(url)) == 1


def test_a_crm_that_rejects_writes_fails_the_run_but_not_the_publish(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "4")
    execute(url, A_CONVERSION)
    name = url.rsplit("/", 1)[1].split("?")[0]
    execute(url, f"alter database {name} set default_transaction_read_only = on")
    failed = small_pipeline.refresh()
    assert not failed.success
    assert failure(failed).splitlines()[0] == (
        "dagster._core.definitions.events.Failure: goal progress was not written to the CRM:"
        " cannot execute SELECT FOR NO KEY UPDATE in a read-only transaction"
    )
    assert metadata(failed, "serving/builds")["is_new"] is True
    assert goal(url, reached)["achieved_at"] is None

    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("set default_transaction_read_only = off")
        owner.execute(f"alter database {name} reset default_transaction_read_only".encode())
    mended = small_pipeline.refreshed()
    assert metadata(mended, "serving/builds")["is_new"] is False
    assert achievements(url) == [("ana", "Monthly conversions: 4, target 4")]


def test_a_goal_goes_from_the_api_through_a_refresh_to_its_end(
    small_pipeline: Pipeline, postgres_server: PostgresServer
) -> None:
    owners = small_pipeline.databases
    names = [url.rsplit("/", 1)[1] for url in (owners.operational, owners.warehouse)]
    databases = replace(
        owners,
        api_operational=postgres_server.api_url(names[0]),
        api_warehouse=postgres_server.api_url(names[1]),
    )
    with serving(settings(), databases) as api:
        answer = api.send("POST", PATH, "ana", json=monthly(conversions=3, revenue=9000))
        assert answer.status_code == 201, answer.text
        assert [one["status"] for one in seen(api, "ana")] == ["achieved", "behind"]
        achieved_at = "2024-02-27T15:00:00Z"
        assert [one["achievedAt"] for one in seen(api, "ana")] == [achieved_at, None]
        assert [one["achievedAt"] for one in answer.json()["goals"]] == [achieved_at, None]

        small_pipeline.refreshed(only=GOALS_ALONE)
        assert [one["achievedAt"] for one in seen(api, "ana")] == [achieved_at, None]

        replace(small_pipeline, as_of=date(2024, 3, 1)).refreshed()
        closed = seen(api, "ana")
        assert [one["status"] for one in closed] == ["achieved", "missed"]
        assert [one["current"] for one in closed] == [3, 1040.5]
        (march,) = api.send("POST", PATH, "ana", json=monthly(conversions=3)).json()["goals"]
        assert (march["periodStart"], march["current"]) == ("2024-03-01", 0)
        assert [one["periodStart"] for one in seen(api, "ana")] == [
            "2024-03-01",
            "2024-02-01",
            "2024-02-01",
        ]


def test_a_backfill_of_old_days_leaves_goals_as_they_are(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "3")
    small_pipeline.refreshed(only=GOALS_ALONE)
    before = goal(url, reached)
    small_pipeline.refreshed(first=date(2023, 1, 1), last=date(2023, 1, 2))
    assert goal(url, reached) == before


def test_goals_cannot_be_measured_before_the_first_publish(
    small_pipeline: Pipeline,
) -> None:
    execute(small_pipeline.databases.warehouse, "delete from serving.builds")
    failed = small_pipeline.refresh(only=GOALS_ALONE)
    assert "nothing is published yet: run a refresh" in failure(failed)


def test_progress_over_marts_that_are_not_published_is_not_written_back(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.operational
    reached = add_goal(url, "ana", "conversions", "4")
    execute(url, A_CONVERSION)
    small_pipeline.refreshed(only=(*UNTIL_MARTS, "insights/goal_progress"))
    failed = small_pipeline.refresh(only=("operational",))
    assert (
        "goal progress was not written to the CRM:"
        " the last measurement is not of the served build: run a refresh"
    ) in failure(failed)
    assert goal(url, reached)["achieved_at"] is None
    small_pipeline.refreshed()
    assert goal(url, reached)["achieved_at"] == FOURTH


def test_insights_wait_for_a_measurement_over_their_marts(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    add_goal(url, "ana", "conversions", "40")
    execute(url, A_CONVERSION)
    small_pipeline.refreshed(only=UNTIL_MARTS)
    waiting = small_pipeline.refreshed(only=INSIGHTS)
    assert metadata(waiting, "insights/agent_insights") == {
        "agents_recomputed": 0,
        "waiting": "the goals have not been measured over these marts",
    }
    measured = small_pipeline.refreshed(only=("insights/goal_progress", *INSIGHTS))
    assert metadata(measured, "insights/agent_insights")["agents_recomputed"] > 0


def test_a_sum_wider_than_any_column_is_stored(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    wide = add_goal(url, "ana", "revenue", "999999999999.99")
    execute(
        small_pipeline.databases.warehouse,
        "update marts.agent_performance_metrics set revenue_generated = 9e21"
        " where agent_id = 'ana' and date between '2024-02-01' and '2024-02-29'",
    )
    small_pipeline.refreshed(only=GOALS_ALONE)
    [(days,)] = rows(
        small_pipeline.databases.warehouse,
        "select count(*) from marts.agent_performance_metrics"
        " where agent_id = 'ana' and date between '2024-02-01' and '2024-02-29'",
    )
    assert goal(url, wide)["current_value"] == days * Decimal("9e21")


def test_invalid_goal_rows_stop_no_other_goal(small_pipeline: Pipeline) -> None:
    url = small_pipeline.databases.operational
    sound = add_goal(url, "ana", "conversions", "3")
    for number, (constraint, damage) in enumerate(
        [
            ("target", "target_value = 'NaN'"),
            ("goal_type", "goal_type = 'calls'"),
            ("dates", "period_end = 'infinity'"),
        ]
    ):
        damaged = add_goal(url, f"agent {number}", "conversions", "1")
        execute(url, f"alter table agent_goals drop constraint agent_goals_{constraint}")
        execute(url, f"update agent_goals set {damage} where id = {damaged}")
    result = small_pipeline.refreshed(only=GOALS_ALONE)
    assert goal(url, sound)["achieved_at"] == THIRD
    assert metadata(result, GOALS)["rows_read"] == 1
