"""Rates of false alarms by chance alone, and of detected real changes."""

from dataclasses import replace

import polars as pl
import pytest

from pipelines.insights.formulas.personal_insights import generate_personal_insights
from pipelines.insights.rules_file import load_rules
from tests.support.crm.simulated_agents import AS_OF, Planted, simulated_agents

RULES = load_rules()
CHANGED = RULES.frame().filter("is_change")["rule_id"].to_list()
SINCE_THEN = [*CHANGED, "conversion_streak", "conversion_drought", "rank_rose", "rank_fell"]


def shares(
    agents: int, seed: int, planted: Planted | None = None, bunching: float = 0.0
) -> dict[str, set[str]]:
    """Agents by rule."""
    them = simulated_agents(agents, seed, planted, bunching)
    alarms = generate_personal_insights(
        them.metrics, them.leads, them.sources, them.ranking, AS_OF, rules=RULES
    ).with_columns(rule=pl.col("insight_id").str.split(":").list.first())
    assert alarms["position"].max() in range(1, 6)
    return {str(rule): set(rows["agent_id"]) for (rule,), rows in alarms.group_by("rule")}


def alarmed(alarms: dict[str, set[str]], rules: list[str]) -> int:
    return len(set().union(*(alarms.get(rule, set()) for rule in rules)))


@pytest.mark.parametrize("bunching", [0.0, 0.4])
def test_at_most_five_percent_of_unchanged_agents_get_a_false_alarm(bunching: float) -> None:
    alarms = shares(1000, seed=11, bunching=bunching)
    assert alarmed(alarms, CHANGED) <= 50
    # Streaks and ranks compare with the past too.
    assert alarmed(alarms, SINCE_THEN) <= 50
    # A rate near the limit shows that the rules are not too strict.
    assert alarmed(alarms, CHANGED) >= 10


@pytest.mark.parametrize(
    ("planted", "rules", "least_share"),
    [
        (Planted(conversion=2.0), ["conversion_rose"], 0.25),
        (Planted(conversion=0.25), ["conversion_fell", "funnel_step_fell"], 0.2),
        (Planted(volume=2.0), ["volume_rose"], 0.5),
        (Planted(volume=0.4), ["volume_fell"], 0.5),
        (Planted(revenue=4.0), ["revenue_rose"], 0.3),
        (Planted(response=2.0), ["response_slower"], 0.8),
        (Planted(response=0.5), ["response_faster"], 0.75),
        (Planted(low_ratings=1.4), ["ratings_dropped", "satisfaction_fell"], 0.4),
        (Planted(answered=0.8), ["unresponded_risen"], 0.7),
        (Planted(answered=0.8), ["funnel_step_fell"], 0.6),
    ],
)
def test_a_planted_change_is_found(planted: Planted, rules: list[str], least_share: float) -> None:
    alarms = shares(200, seed=13, planted=planted)
    assert alarmed(alarms, rules) >= least_share * 200


def test_a_planted_change_is_not_found_on_the_wrong_side() -> None:
    for planted in (Planted(response=2.0), replace(Planted(), volume=2.0)):
        alarms = shares(200, seed=14, planted=planted)
        assert alarmed(alarms, ["response_faster", "volume_fell"]) <= 4
