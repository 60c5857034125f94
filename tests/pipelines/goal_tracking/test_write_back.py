"""Goals are written in short transactions that step aside for everybody else's, and only once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

import psycopg
import pytest

from pipelines.goal_tracking import write_back as goal_keeping
from pipelines.goal_tracking.measurement import MeasuredGoal, goal_progress
from pipelines.goal_tracking.write_back import WriteBackResult, noticed_at, write_back
from tests.support.crm.stored_goals import achievements, add_goal, goal
from warehouse.databases import Databases

AS_OF = date(2024, 2, 20)
NOW = datetime(2024, 2, 20, 12, tzinfo=UTC)
DAYS = """insert into serving.agent_performance_metrics (
    agent_id, date, leads_assigned, leads_contacted, leads_interested, leads_converted,
    revenue_generated, conversions_booked, response_hours_total, response_count,
    unresponded_count, satisfaction_total, satisfaction_count
) select 'agent ' || number, day::date, 0, 0, 0, 0, 10.25, 1, 1.5, 1, 0, 0, 0
from generate_series(1, 50) as number,
    generate_series('2024-01-30'::date, '2024-03-02', '1 day') as day"""


@pytest.fixture
def served(databases: Databases) -> Databases:
    """Fifty agents with a conversion of 10.25 and a lead answered in 1.5 h on every day."""
    with psycopg.connect(databases.warehouse) as connection:
        connection.execute(DAYS)
    return databases


@contextmanager
def operational(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.operational, autocommit=True) as connection:
        yield connection


def measured(databases: Databases, as_of: date = AS_OF) -> list[MeasuredGoal]:
    with operational(databases) as crm, psycopg.connect(databases.warehouse) as warehouse:
        return goal_progress(crm, warehouse, "serving", as_of)


def kept(databases: Databases, found: list[MeasuredGoal]) -> WriteBackResult:
    with operational(databases) as crm:
        return write_back(crm, found, NOW)


def test_the_first_and_the_last_day_count_and_no_other(served: Databases) -> None:
    add_goal(served.operational, "agent 1", "conversions", "100")
    add_goal(served.operational, "agent 1", "revenue", "100", "quarterly")
    for as_of, conversions, revenue in (
        (date(2024, 1, 31), 0, "20.50"),  # a goal whose period has yet to begin
        (date(2024, 2, 1), 1, "30.75"),
        (date(2024, 2, 29), 29, "317.75"),
        (date(2024, 3, 1), 29, "328.00"),
        (date(2024, 12, 31), 29, "338.25"),
    ):
        values = [one.progress.current for one in measured(served, as_of)]
        assert values == [conversions, Decimal(revenue)], as_of


def test_progress_before_a_publish_is_that_of_the_marts(served: Databases) -> None:
    add_goal(served.operational, "agent 1", "conversions", "100")
    with operational(served) as crm, psycopg.connect(served.warehouse) as warehouse:
        warehouse.execute("create schema marts")
        warehouse.execute(
            "create table marts.agent_performance_metrics as select agent_id, date,"
            " 7 as conversions_booked, 0.0 as revenue_generated, 0.0 as response_hours_total,"
            " 0 as response_count from serving.agent_performance_metrics"
        )
        (found,) = goal_progress(crm, warehouse, "marts", AS_OF)
    assert found.progress.current == 140


def test_two_runs_at_once_notice_each_achievement_once(
    served: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goal_keeping, "BATCH_ROWS", 3)
    goals = [
        add_goal(served.operational, f"agent {number}", "conversions", "20")
        for number in range(1, 51)
    ]
    found, together = measured(served), Barrier(2)

    def run(_: int) -> WriteBackResult:
        together.wait()
        return kept(served, found)

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, range(2)))
    assert sum(run.achieved for run in runs) == 50
    assert [run.changed + run.left for run in runs] == [50, 50]
    assert len(achievements(served.operational)) == 50
    assert {goal(served.operational, one)["achieved_at"] for one in goals} == {NOW}


def test_a_locked_goal_is_passed_by_and_written_the_next_time(served: Databases) -> None:
    locked = add_goal(served.operational, "agent 1", "conversions", "5")
    free = add_goal(served.operational, "agent 2", "conversions", "5")
    with psycopg.connect(served.operational) as crm:
        crm.execute("select from agent_goals where id = %s for update", [locked])
        assert kept(served, measured(served)) == WriteBackResult(1, 1, 0, left=1)
    assert goal(served.operational, locked)["achieved_at"] is None
    assert goal(served.operational, free)["achieved_at"] == NOW
    assert kept(served, measured(served)) == WriteBackResult(1, 1, 0, left=0)
    assert goal(served.operational, locked)["achieved_at"] == NOW


def test_a_goal_is_not_judged_by_the_target_that_it_had(served: Databases) -> None:
    changed = add_goal(served.operational, "agent 1", "conversions", "20")
    found = measured(served)
    with operational(served) as crm:
        crm.execute("update agent_goals set target_value = 21")
    assert kept(served, found) == WriteBackResult(0, 0, 0, left=1)
    assert kept(served, measured(served)) == WriteBackResult(1, 0, 0, left=0)
    assert goal(served.operational, changed)["achieved_at"] is None
    assert achievements(served.operational) == []


def test_a_slower_run_with_older_numbers_overwrites_nothing(served: Databases) -> None:
    one = add_goal(served.operational, "agent 1", "revenue", "1000")
    older, newer = measured(served, date(2024, 2, 19)), measured(served, date(2024, 2, 20))
    kept(served, newer)
    assert kept(served, older).left == 1
    assert goal(served.operational, one)["current_value"] == Decimal("205.00")


def test_a_failure_in_one_batch_leaves_the_batches_before_it(
    served: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goal_keeping, "BATCH_ROWS", 1)
    first = add_goal(served.operational, "agent 1", "conversions", "5")
    second = add_goal(served.operational, "agent 2", "conversions", "5")
    with operational(served) as crm:
        crm.execute(
            "alter table agent_activity_log add constraint no_second check (agent_id <> 'agent 2')"
        )
        with pytest.raises(psycopg.errors.CheckViolation):
            kept(served, measured(served))
        assert goal(served.operational, first)["achieved_at"] == NOW
        assert goal(served.operational, second)["current_value"] is None
        crm.execute("alter table agent_activity_log drop constraint no_second")
    assert kept(served, measured(served)) == WriteBackResult(1, 1, 0, left=0)
    assert len(achievements(served.operational)) == 2


def test_a_table_that_the_crm_has_locked_is_not_waited_for(served: Databases) -> None:
    add_goal(served.operational, "agent 1", "conversions", "5")
    found = measured(served)
    with psycopg.connect(served.operational) as crm:
        crm.execute("lock table agent_goals in access exclusive mode")
        for attempt in (lambda: measured(served), lambda: kept(served, found)):
            with pytest.raises(psycopg.errors.LockNotAvailable):
                attempt()


def test_only_rows_that_differ_are_written_and_say_when(served: Databases) -> None:
    one = add_goal(served.operational, "agent 1", "response_time", "1")
    before = goal(served.operational, one)
    assert kept(served, measured(served)).changed == 1
    after = goal(served.operational, one)
    assert after["current_value"] == Decimal("1.5")
    assert after["updated_at"] > before["updated_at"]
    assert kept(served, measured(served, date(2024, 2, 21))) == WriteBackResult(0, 0, 0, left=0)
    assert goal(served.operational, one) == after


def test_what_is_logged_says_what_was_achieved(served: Databases) -> None:
    one = add_goal(served.operational, "agent 1", "revenue", "205")
    kept(served, measured(served))
    with operational(served) as crm:
        logged = crm.execute(
            "select agent_id, lead_id, activity_type, title, description, metadata"
            " from agent_activity_log"
        ).fetchall()
    assert logged == [
        (
            "agent 1",
            None,
            "goal_achieved",
            "Goal Achieved",
            "Monthly revenue: 205.00, target 205",
            {
                "goal_id": one,
                "goal_type": "revenue",
                "period": "monthly",
                "period_start": "2024-02-01",
                "period_end": "2024-02-29",
                "target": 205.00,
                "current": 205.0,
            },
        )
    ]


def test_events_of_a_history_happen_within_its_as_of_date() -> None:
    end = datetime(2024, 2, 29, 22, 59, 59, 999999, tzinfo=UTC)
    assert noticed_at(date(2024, 2, 29), "Europe/Paris") == end
    before = datetime.now(UTC)
    assert before <= noticed_at(date(9999, 12, 31), "UTC") <= datetime.now(UTC)
