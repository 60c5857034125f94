"""Personal insights on small frames that can be worked out on paper."""

import json
from decimal import Decimal

import polars as pl
import pytest

from pipelines.insights.formulas.personal_insights import generate_personal_insights
from pipelines.insights.rules_file import load_rules
from tests.support.crm.simulated_agents import Agents, Planted, simulated_agents
from tests.support.insight_frames import AS_OF, Row, day, insights, lead, source


def ids(rows: list[Row]) -> list[object]:
    return [row["insight_id"] for row in rows]


def test_without_data_there_are_no_insights() -> None:
    assert insights() == []
    assert insights(goals=[]) == []


def test_slow_leads_are_no_fall_of_conversions() -> None:
    # Every other lead converts after 20 days: of the newest window 1 in 6 so far, of older ones
    # 1 in 2 by now, and 1 in 6 by the end of their windows.
    leads = [lead(age, 20 if number % 2 else None) for age in range(120) for number in range(4)]
    assert insights(leads) == []


def test_a_risen_conversion_rate_is_reported_with_its_numbers() -> None:
    # 60 of 90 against 54 of 270, each converted immediately.
    leads = [lead(age, 0 if number < 2 else None) for age in range(30) for number in range(3)]
    leads += [
        lead(age, 0 if number == 0 and age % 5 < 3 else None)
        for age in range(30, 120)
        for number in range(3)
    ]
    (row,) = [row for row in insights(leads) if row["insight_id"] == "conversion_rose:30"]
    assert row["value"] == "66.7"
    assert row["change"] == "233.3"
    assert row["type"] == "positive"
    assert row["is_better"] is True
    assert row["message"] == (
        "66.7 % of your 90 leads of the last 30 days have converted; at the same point it was "
        "20.0 % in the 90 days before. Note what you did differently, and keep to it."
    )
    assert row["records"] == "metric=conversion&dateRange=30"
    evidence = json.loads(str(row["evidence"]))
    assert (evidence["n"], evidence["n_before"]) == (90, 270)
    # Shares 2/3 and 1/5, pooled 114/360: z = (7/15) / sqrt(360/359 * 114/360 * 246/360 / 67.5).
    assert evidence["statistic"] == 8.231
    assert evidence["window"] == "30 days against the 90 before"


@pytest.mark.parametrize("waiting", [1, 0])
def test_unanswered_leads_are_something_to_do_while_one_of_them_waits(waiting: int) -> None:
    # 60 of 90 against 54 of 270 without an answer, all but `waiting` of them closed.
    unanswered: Row = {
        "is_contacted": False,
        "is_unresponded": True,
        "contacted_on": None,
        "answered_on": None,
        "response_hours": None,
    }
    leads = [
        lead(age) | (unanswered if number < 2 else {}) for age in range(30) for number in range(3)
    ]
    leads += [
        lead(age) | (unanswered if number == 0 and age % 5 < 3 else {})
        for age in range(30, 120)
        for number in range(3)
    ]
    leads[0]["is_waiting"] = waiting == 1
    found = [row for row in insights(leads) if row["insight_id"] == "unresponded_risen:30"]
    assert [(row["records"], row["rule_version"]) for row in found] == [
        ("metric=waiting&dateRange=30", 2)
    ] * waiting


def test_conversions_without_a_day_are_not_compared() -> None:
    leads = [lead(age, 0, dated=False) for age in range(30) for _ in range(3)]
    leads += [lead(age) for age in range(30, 120) for _ in range(3)]
    assert "conversion_rose:30" not in ids(insights(leads))


def test_a_constant_history_is_no_change_and_no_streak() -> None:
    metrics = [day(age, leads=5, conversions=1, revenue="250.10") for age in range(200)]
    assert insights(metrics=metrics) == []


def test_weeks_that_all_exceed_the_twelve_before_are_a_rise() -> None:
    metrics = [day(age, leads=6 if age < 30 else 4) for age in range(130)]
    (row,) = insights(metrics=metrics)
    assert row["insight_id"] == "volume_rose:30"
    assert (row["value"], row["change"]) == ("180", "50.0")
    # 2 of the 1820 ways to choose 4 weeks of 16; no other measure has data.
    assert json.loads(str(row["evidence"]))["p"] == round(2 / 1820, 6)


def test_an_agent_with_a_short_history_is_not_compared() -> None:
    assert insights(metrics=[day(age, leads=6 if age < 30 else 4) for age in range(111)]) == []


def test_a_significant_but_small_change_is_not_reported() -> None:
    assert insights(metrics=[day(age, leads=42 if age < 30 else 40) for age in range(130)]) == []


def test_one_large_deal_is_no_rise_of_revenue() -> None:
    metrics = [
        day(age, leads=1, conversions=age % 3 // 2, revenue="1000000" if age == 3 else "100")
        for age in range(130)
    ]
    assert insights(metrics=metrics) == []


def test_the_best_and_the_weakest_source_are_reported_without_unknown() -> None:
    rows = [
        source("Trade fair & co", 60, 40),
        source("Web", 60, 20),
        source("Cold", 60, 8),
        source("Unknown", 60, 60),
    ]
    best, weakest = insights(sources=rows)
    assert best["insight_id"] == "best_source:90:Trade fair & co"
    assert best["records"] == "metric=leads&dateRange=90&source=Trade%20fair%20%26%20co"
    assert (best["value"], best["change"]) == ("66.7", "185.7")
    assert weakest["insight_id"] == "weakest_source:90:Cold"
    assert insights(sources=[{**row, "agent_id": ""} for row in rows]) == []


def test_an_unlikely_run_of_days_is_a_streak() -> None:
    metrics = [day(age, leads=2, conversions=int(age in range(1, 6))) for age in range(100)]
    (row,) = [row for row in insights(metrics=metrics) if "streak" in str(row["insight_id"])]
    assert row["title"] == "5 days in a row with a conversion"


def test_an_unlikely_drought_is_reported() -> None:
    metrics = [day(age, leads=2, conversions=int(age >= 15 and age % 2)) for age in range(100)]
    (row,) = [row for row in insights(metrics=metrics) if "drought" in str(row["insight_id"])]
    assert row["message"] == (
        "Your last conversion was 15 days ago; in the 90 days up to it you had 43. "
        "Call the leads that have shown interest."
    )


def test_a_goal_that_is_behind_says_what_is_needed() -> None:
    goal: Row = {
        "agent_id": "ann",
        "goal_type": "conversions",
        "period": "monthly",
        "status": "behind",
        "target": Decimal("30.00"),
        "current": Decimal("5"),
        "needed_per_day": Decimal("1.6"),
        "elapsed_days": 14,
    }
    (row,) = insights(goals=[goal])
    assert row["insight_id"] == "goal_behind:0:monthly conversions"
    assert row["type"] == "action"
    assert row["message"] == (
        "You are at 5, the target is 30. 1.6 a day from now on would still reach it."
    )
    response = {**goal, "goal_type": "response_time", "needed_per_day": None}
    (row,) = insights(goals=[response])
    assert row["message"] == "You are at 5, the target is 30."
    assert insights(goals=[{**goal, "status": "on_track"}]) == []


def generated(them: Agents) -> pl.DataFrame:
    return generate_personal_insights(
        them.metrics, them.leads, them.sources, them.ranking, AS_OF, rules=load_rules()
    )


def test_a_rank_that_moved_by_chance_is_not_reported() -> None:
    ranks: list[Row] = [
        {
            "agent_id": "ann",
            "date_range": "30",
            "rank": 3,
            "previous_rank": 30,
            "rank_change": 27,
            "total_agents": 40,
            "previous_total_agents": 40,
        }
    ]
    assert insights(ranking=ranks) == []


def test_insights_are_the_same_for_rows_in_any_order_and_with_other_agents_or_none() -> None:
    them = simulated_agents(40, seed=5, planted=Planted(response=3.0, answered=0.6))
    everyone = generated(them)
    assert everyone["position"].max() in (2, 3, 4, 5)
    shuffled = Agents(
        *(frame.sample(fraction=1, shuffle=True, seed=1) for frame in vars(them).values())
    )
    key = ["agent_id", "position"]
    assert generated(shuffled).sort(key).equals(everyone.sort(key))
    alone = Agents(
        *(frame.filter(pl.col("agent_id") == "agent-7") for frame in vars(them).values())
    )
    assert generated(alone).equals(everyone.filter(pl.col("agent_id") == "agent-7"))


def test_an_agent_has_five_insights_at_most_numbered_from_one_and_each_once() -> None:
    them = simulated_agents(
        60,
        seed=6,
        planted=Planted(volume=3.0, conversion=0.1, revenue=0.1, response=4.0, answered=0.5),
    )
    together = generated(them)
    for _, rows in together.group_by("agent_id"):
        assert sorted(rows["position"]) == list(range(1, len(rows) + 1))
        assert rows["insight_id"].n_unique() == len(rows)
    assert together["position"].max() == 5
