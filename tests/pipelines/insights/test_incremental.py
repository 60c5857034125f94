"""An agent's insights are recomputed only if its numbers moved past a threshold."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest

from pipelines.insights.formulas.invalidation import insight_basis, significant_moves
from pipelines.insights.rules_file import load_rules
from tests.support.pipeline import Pipeline, contents, metadata
from tests.support.simulated_pipeline import simulated_pipeline
from warehouse.databases import Databases

AS_OF = date(2024, 6, 14)
THRESHOLDS = load_rules().recompute
NUMBERS: dict[str, Any] = {
    "leads_handled": 100,
    "conversions_booked": 10,
    "conversion_rate_pct": Decimal("20.0"),
    "total_revenue": Decimal("1000.00"),
    "response_time_hours": Decimal("2.0"),
    "satisfaction_score": Decimal("4.2"),
    "unresponded_count": 20,
    "waiting_count": 20,
    "rank": 5,
}


def basis(agent: str = "ann", **changes: Any) -> pl.DataFrame:
    return insight_basis(
        pl.DataFrame([{"agent_id": agent, "date_range": "30", **NUMBERS, **changes}]), THRESHOLDS
    )


def reasons(now: pl.DataFrame, before: pl.DataFrame) -> set[tuple[str, str]]:
    return set(significant_moves(now, before, THRESHOLDS).rows())


def test_every_number_has_one_threshold() -> None:
    assert [row.metric for row in THRESHOLDS] == list(NUMBERS)


@pytest.mark.parametrize(
    ("metric", "still", "far"),
    [
        ("leads_handled", 104, 105),
        ("conversions_booked", 10, 9),
        ("conversion_rate_pct", Decimal("20.9"), Decimal("21.0")),
        ("total_revenue", Decimal("1049.99"), Decimal("1050.00")),
        ("response_time_hours", Decimal("1.95"), Decimal("1.9")),
        ("satisfaction_score", Decimal("4.2"), Decimal("4.1")),
        ("unresponded_count", 21, 22),
        ("waiting_count", 21, 22),
        ("rank", 4, 3),
    ],
)
def test_a_move_is_significant_from_its_threshold_on(metric: str, still: Any, far: Any) -> None:
    before = basis()
    assert reasons(basis(**{metric: still}), before) == set()
    assert reasons(basis(**{metric: far}), before) == {("ann", metric)}


def test_the_first_and_the_last_waiting_lead_are_moves() -> None:
    nothing_waits, one_waits = basis(waiting_count=None), basis(waiting_count=1)
    assert reasons(one_waits, nothing_waits) == {("ann", "waiting_count")}
    assert reasons(nothing_waits, one_waits) == {("ann", "waiting_count")}


def test_a_share_of_a_small_number_is_not_enough() -> None:
    assert reasons(basis(leads_handled=12), basis(leads_handled=10)) == set()
    assert reasons(basis(leads_handled=13), basis(leads_handled=10)) == {("ann", "leads_handled")}


def test_some_places_in_a_large_team_are_not_enough() -> None:
    assert reasons(basis(rank=520), basis(rank=500)) == set()
    assert reasons(basis(rank=525), basis(rank=500)) == {("ann", "rank")}


def test_a_number_that_appears_or_disappears_is_a_move() -> None:
    rated, unrated = basis(), basis(satisfaction_score=None)
    assert reasons(rated, unrated) == {("ann", "satisfaction_score")}
    assert reasons(unrated, rated) == {("ann", "satisfaction_score")}


def test_an_agent_that_appears_or_disappears_is_named_once() -> None:
    both = pl.concat([basis("ann"), basis("bob")])
    assert reasons(both, basis("ann")) == {("bob", "new agent")}
    assert reasons(basis("ann"), both) == {("bob", "agent gone")}


@pytest.fixture(scope="module")
def pipeline(
    module_databases: Databases, pipeline_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Pipeline:
    """Six agents with half a year of leads, refreshed."""
    lake = tmp_path_factory.mktemp("lake")
    return simulated_pipeline(
        module_databases, pipeline_home, lake, AS_OF, agents=6, days=180, seed=7
    )


def insights(pipeline: Pipeline) -> list[Any]:
    return contents(pipeline.databases.warehouse)["insights.agent_insights"]


def write(pipeline: Pipeline, statement: str) -> int:
    with psycopg.connect(pipeline.databases.operational) as connection:
        return connection.execute(statement.encode()).rowcount


def recomputed(pipeline: Pipeline, **options: Any) -> tuple[int, dict[str, int]]:
    values = metadata(pipeline.refreshed(**options), "insights/agent_insights")
    return values["agents_recomputed"], values["agents_by_reason"]


def test_a_refresh_recomputes_the_insights_of_agents_that_moved(pipeline: Pipeline) -> None:
    assert recomputed(pipeline) == (0, {})

    # Ninety days ago, so that no number of the last 30 or 90 days moves.
    assert write(
        pipeline,
        "update leads set satisfaction_rating = 1 where id = (select min(id) from leads"
        " where assigned_agent_id = 'agent-002' and created_at < date '2024-03-01')",
    )
    assert recomputed(pipeline) == (0, {})

    booked = (
        "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
        " select 'agent-003', min(id), 'conversion', '2024-06-13 12:00+00',"
        " '{\"revenue\": 1}' from leads where assigned_agent_id = 'agent-003'"
    )
    assert write(pipeline, booked) == 1
    agents, why = recomputed(pipeline)
    assert why["conversions_booked"] >= 1
    assert agents < 6


def test_a_goal_that_was_set_is_in_the_insights_of_its_agent(pipeline: Pipeline) -> None:
    assert write(
        pipeline,
        "insert into agent_goals"
        " (agent_id, period, goal_type, target_value, period_start, period_end)"
        " values ('agent-004', 'monthly', 'conversions', 1000, '2024-06-01', '2024-06-30')",
    )
    assert recomputed(pipeline) == (1, {"goals": 1})
    assert "Your monthly conversions goal is behind" in str(insights(pipeline))
    assert recomputed(pipeline) == (0, {})


def test_unreadable_goals_delay_only_the_insights(pipeline: Pipeline) -> None:
    booked = (
        "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
        " select 'agent-005', min(id), 'conversion', '2024-06-12 12:00+00',"
        " '{\"revenue\": 1}' from leads where assigned_agent_id = 'agent-005'"
    )
    assert write(pipeline, booked) == 1
    assert write(pipeline, "alter table agent_goals rename to hidden_goals")
    try:
        run = pipeline.refresh()
    finally:
        write(pipeline, "alter table hidden_goals rename to agent_goals")
    assert "the goals could not be read" in metadata(run, "insights/agent_insights")["waiting"]
    assert metadata(run, "serving/builds")["is_new"] is True
    assert recomputed(pipeline)[1]["conversions_booked"] >= 1


def test_a_reconcile_and_a_full_refresh_compute_all(pipeline: Pipeline) -> None:
    assert recomputed(pipeline, reconciles=True) == (6, {"full refresh requested": 6})
    assert recomputed(pipeline, is_full=True) == (6, {"full refresh requested": 6})


def test_a_full_recompute_equals_the_incremental_insights(
    pipeline: Pipeline,
) -> None:
    rated = "update leads set satisfaction_rating = 1 where created_at > date '2024-05-16'"
    assert write(pipeline, f"{rated} and assigned_agent_id = 'agent-001'") > 20
    recomputed(pipeline)
    before = insights(pipeline)
    assert "ratings_dropped:30" in str(before)
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        connection.execute("truncate insights.insight_basis, insights.agent_insights")
    assert recomputed(pipeline) == (6, {"new agent": 6})
    assert insights(pipeline) == before
