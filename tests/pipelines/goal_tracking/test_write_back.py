"""Goals are written once, in short transactions that block no other session."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import psycopg
import pytest

from pipelines.goal_tracking import write_back as write_back_module
from pipelines.goal_tracking.measurement import (
    MeasuredGoal,
    measure_goals,
    noticed_now,
    open_goals,
)
from pipelines.goal_tracking.measurement_store import (
    NotMeasuredError,
    outdated_goals,
    store_failure,
    store_measurement,
)
from pipelines.goal_tracking.write_back import WriteBackResult, write_back
from tests.support.crm.stored_goals import achievements, add_goal, goal
from warehouse.databases import Databases
from warehouse.state.build_state import MartsBuild

AS_OF = date(2024, 2, 20)
NOW = datetime(2024, 2, 20, 18, tzinfo=UTC)
FIFTH = datetime(2024, 2, 5, 12, tzinfo=UTC)
TWENTIETH = datetime(2024, 2, 20, 12, tzinfo=UTC)
SERVED_MARTS = """
insert into serving.refreshes (refreshed_at, run_id, build_id, marts_built_at)
values (now(), 'run', 1, %s)
"""
DAYS = """create schema marts;
create table marts.agent_performance_metrics (like serving.agent_performance_metrics);
insert into marts.agent_performance_metrics (
    agent_id, date, leads_assigned, leads_contacted, leads_interested, leads_converted,
    revenue_generated, conversions_booked, response_hours_total, response_count,
    unresponded_count, satisfaction_total, satisfaction_count
) select 'agent ' || number, day::date, 0, 0, 0, 0, 10.25, 1, 1.5, 1, 0, 0, 0
from generate_series(1, 50) as number,
    generate_series('2024-01-30'::date, '2024-03-02', '1 day') as day;
create table marts.agent_conversions (like serving.agent_conversions);
insert into marts.agent_conversions
    (agent_id, activity_id, date, source, revenue, is_refund, occurred_at)
select
    agent_id, row_number() over (), date, 'Web', revenue_generated, false,
    (date + time '12:00') at time zone 'UTC'
from marts.agent_performance_metrics"""


@pytest.fixture
def built(databases: Databases) -> Databases:
    """Fifty agents with a conversion of 10.25 at noon and a lead answered in 1.5 h on every day."""
    with psycopg.connect(databases.warehouse) as connection:
        connection.execute(DAYS)
    return databases


@contextmanager
def operational(databases: Databases) -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.operational, autocommit=True) as connection:
        yield connection


def measured(databases: Databases, as_of: date = AS_OF) -> list[MeasuredGoal]:
    build = MartsBuild(as_of, as_of, NOW, is_wholly_changed=False)
    with operational(databases) as crm, psycopg.connect(databases.warehouse) as warehouse:
        return measure_goals(warehouse, open_goals(crm), build, NOW)


def written_back(
    databases: Databases,
    goals: list[MeasuredGoal],
    as_of: date = AS_OF,
    year_starts_in: int = 1,
) -> WriteBackResult:
    with operational(databases) as crm:
        return write_back(crm, goals, as_of, year_starts_in)


def test_the_first_and_the_last_day_count_and_no_other(built: Databases) -> None:
    add_goal(built.operational, "agent 1", "conversions", "100")
    add_goal(built.operational, "agent 1", "revenue", "100", "quarterly")
    for as_of, conversions, revenue in (
        (date(2024, 1, 31), 0, "20.50"),  # a goal whose period has yet to begin
        (date(2024, 2, 1), 1, "30.75"),
        (date(2024, 2, 29), 29, "317.75"),
        (date(2024, 3, 1), 29, "328.00"),
        (date(2024, 12, 31), 29, "338.25"),
    ):
        values = [one.current for one in measured(built, as_of)]
        assert values == [conversions, Decimal(revenue)], as_of


def test_a_measurement_is_stored_whole_and_read_where_the_crm_is_outdated(
    built: Databases,
) -> None:
    add_goal(built.operational, "agent 1", "conversions", "10")
    add_goal(built.operational, "agent 2", "response_time", "1")
    measurement = measured(built)
    with psycopg.connect(built.warehouse) as warehouse:
        warehouse.execute(SERVED_MARTS, [NOW])
        with pytest.raises(NotMeasuredError, match="no refresh has measured them yet"):
            outdated_goals(warehouse)
        store_measurement(warehouse, measurement, NOW)
        assert outdated_goals(warehouse) == (2, measurement)
        written_back(built, measurement)
        again = measured(built)
        store_measurement(warehouse, again, NOW)
        assert outdated_goals(warehouse) == (2, [])
        store_failure(warehouse, "permission denied")
        with pytest.raises(NotMeasuredError, match="permission denied"):
            outdated_goals(warehouse)
        store_measurement(warehouse, [], NOW)
        assert outdated_goals(warehouse) == (0, [])
        store_measurement(warehouse, [], NOW + timedelta(seconds=1))
        with pytest.raises(NotMeasuredError, match="not of the served build"):
            outdated_goals(warehouse)


def test_two_concurrent_runs_log_each_achievement_once(
    built: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_back_module, "BATCH_ROWS", 3)
    goals = [
        add_goal(built.operational, f"agent {number}", "conversions", "20")
        for number in range(1, 51)
    ]
    measurement, together = measured(built), Barrier(2)

    def run(_: int) -> WriteBackResult:
        together.wait()
        return written_back(built, measurement)

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, range(2)))
    assert sum(run.achieved for run in runs) == 50
    assert [run.changed + run.left for run in runs] == [50, 50]
    assert len(achievements(built.operational)) == 50
    assert {goal(built.operational, one)["achieved_at"] for one in goals} == {TWENTIETH}


def monthly_goal(databases: Databases, agent: str, day: date, *, repeats: bool) -> int:
    one = add_goal(databases.operational, agent, "revenue", "100.50", day=day)
    with operational(databases) as crm:
        crm.execute("update agent_goals set repeats = %s where id = %s", [repeats, one])
    return one


def test_a_repeating_goal_is_set_again_for_the_current_period(built: Databases) -> None:
    january = date(2024, 1, 1)
    repeating = monthly_goal(built, "agent 1", january, repeats=True)
    monthly_goal(built, "agent 2", january, repeats=False)
    monthly_goal(built, "agent 3", january, repeats=True)
    present = monthly_goal(built, "agent 3", date(2024, 3, 1), repeats=False)
    of_a_stranger = monthly_goal(built, "nobody", january, repeats=True)
    # The nights of February were left out.
    as_of = date(2024, 3, 2)
    result = written_back(built, measured(built, as_of), as_of)
    assert (result.closed, result.set_again) == (4, 2)
    with operational(built) as crm:
        added = crm.execute(
            "select agent_id, goal_type, target_value, period_start, period_end, repeats,"
            " closed_at, current_value from agent_goals where id > %s order by id",
            [of_a_stranger],
        ).fetchall()
    march = date(2024, 3, 1), date(2024, 3, 31)
    assert added == [
        ("agent 1", "revenue", Decimal("100.50"), *march, True, None, None),
        ("nobody", "revenue", Decimal("100.50"), *march, True, None, None),
    ]
    assert goal(built.operational, repeating)["closed_at"] == NOW
    assert goal(built.operational, present)["repeats"] is False
    assert written_back(built, measured(built, as_of), as_of).set_again == 0


def test_a_goal_is_set_again_by_the_fiscal_calendar_unless_an_open_one_overlaps(
    built: Databases,
) -> None:
    as_of = date(2024, 2, 20)
    with operational(built) as crm:
        crm.execute(
            "insert into agent_goals (agent_id, period, goal_type, target_value, period_start,"
            " period_end, repeats) values"
            " ('agent 1', 'quarterly', 'revenue', 5, '2023-10-01', '2023-12-31', true),"
            " ('agent 2', 'quarterly', 'revenue', 5, '2023-10-01', '2023-12-31', true),"
            " ('agent 2', 'quarterly', 'revenue', 6, '2024-01-01', '2024-03-31', true)"
        )
    assert written_back(built, measured(built, as_of), as_of, 2).set_again == 1
    with operational(built) as crm:
        current = crm.execute(
            "select agent_id, period_start, period_end from agent_goals"
            " where closed_at is null order by agent_id"
        ).fetchall()
    assert current == [
        ("agent 1", date(2024, 2, 1), date(2024, 4, 30)),
        ("agent 2", date(2024, 1, 1), date(2024, 3, 31)),
    ]


def test_a_locked_goal_is_skipped_and_written_by_the_next_run(built: Databases) -> None:
    locked = add_goal(built.operational, "agent 1", "conversions", "5")
    free = add_goal(built.operational, "agent 2", "conversions", "5")
    with psycopg.connect(built.operational) as crm:
        crm.execute("select from agent_goals where id = %s for update", [locked])
        assert written_back(built, measured(built)) == WriteBackResult(1, 1, 0, 0, left=1)
    assert goal(built.operational, locked)["achieved_at"] is None
    assert goal(built.operational, free)["achieved_at"] == FIFTH
    assert written_back(built, measured(built)) == WriteBackResult(1, 1, 0, 0, left=0)
    assert goal(built.operational, locked)["achieved_at"] == FIFTH


def test_a_goal_is_not_measured_by_an_old_target(built: Databases) -> None:
    changed = add_goal(built.operational, "agent 1", "conversions", "20")
    measurement = measured(built)
    with operational(built) as crm:
        crm.execute("update agent_goals set target_value = 21")
    assert written_back(built, measurement) == WriteBackResult(0, 0, 0, 0, left=1)
    assert written_back(built, measured(built)) == WriteBackResult(1, 0, 0, 0, left=0)
    assert goal(built.operational, changed)["achieved_at"] is None
    assert achievements(built.operational) == []


def test_a_slower_run_with_older_numbers_overwrites_nothing(built: Databases) -> None:
    one = add_goal(built.operational, "agent 1", "revenue", "1000")
    older, newer = measured(built, date(2024, 2, 19)), measured(built, date(2024, 2, 20))
    written_back(built, newer)
    assert written_back(built, older).left == 1
    assert goal(built.operational, one)["current_value"] == Decimal("205.00")


def test_a_failure_in_one_batch_leaves_the_batches_before_it(
    built: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_back_module, "BATCH_ROWS", 1)
    first = add_goal(built.operational, "agent 1", "conversions", "5")
    second = add_goal(built.operational, "agent 2", "conversions", "5")
    with operational(built) as crm:
        crm.execute(
            "alter table agent_activity_log add constraint no_second check (agent_id <> 'agent 2')"
        )
        with pytest.raises(psycopg.errors.CheckViolation):
            written_back(built, measured(built))
        assert goal(built.operational, first)["achieved_at"] == FIFTH
        assert goal(built.operational, second)["current_value"] is None
        crm.execute("alter table agent_activity_log drop constraint no_second")
    assert written_back(built, measured(built)) == WriteBackResult(1, 1, 0, 0, left=0)
    assert len(achievements(built.operational)) == 2


def test_a_locked_goal_table_fails_fast(built: Databases) -> None:
    add_goal(built.operational, "agent 1", "conversions", "5")
    measurement = measured(built)
    with psycopg.connect(built.operational) as crm:
        crm.execute("lock table agent_goals in access exclusive mode")
        for attempt in (lambda: measured(built), lambda: written_back(built, measurement)):
            with pytest.raises(psycopg.errors.LockNotAvailable):
                attempt()


def test_only_rows_that_differ_are_written_and_say_when(built: Databases) -> None:
    one = add_goal(built.operational, "agent 1", "response_time", "1")
    before = goal(built.operational, one)
    assert written_back(built, measured(built)).changed == 1
    after = goal(built.operational, one)
    assert after["current_value"] == Decimal("1.5")
    assert after["updated_at"] > before["updated_at"]
    assert written_back(built, measured(built, date(2024, 2, 21))) == WriteBackResult(
        0, 0, 0, 0, left=0
    )
    assert goal(built.operational, one) == after


def test_what_is_logged_says_what_was_achieved(built: Databases) -> None:
    one = add_goal(built.operational, "agent 1", "revenue", "205")
    written_back(built, measured(built))
    with operational(built) as crm:
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
    assert noticed_now(date(2024, 2, 29), "Europe/Paris") == end
    before = datetime.now(UTC)
    assert before <= noticed_now(date(9999, 12, 31), "UTC") <= datetime.now(UTC)
