"""Rank ranges of simulated teams cover the true rank as often as documented, and are repeatable."""

import numpy as np
import polars as pl
import pytest

from pipelines.insights.formulas.rank_ranges import percentiles, rank_ranges, score_draws
from pipelines.insights.formulas.seeded_draws import DRAWS, beta, standard_draws

HALF_LIFE = 4.0
RATINGS = np.arange(1, 6)


def team(seed: int, agents: int, leads: int = 60) -> tuple[pl.DataFrame, np.ndarray]:
    """Sums of one period of a simulated team, and the scores of its true rates and means."""
    rng = np.random.default_rng(seed)
    assigned = np.maximum(rng.poisson(leads, agents), 5)
    rate = 1 / (1 + np.exp(1.5 - 0.35 * rng.standard_normal(agents)))
    chances = rng.dirichlet([2, 4, 8, 14, 12], agents)
    counts = np.array(
        [
            rng.multinomial(rng.binomial(n, 0.4), chance)
            for n, chance in zip(assigned, chances, strict=True)
        ]
    )
    mean_hours = 4 * np.exp(0.5 * rng.standard_normal(agents))
    hours = [
        rng.exponential(mean, rng.binomial(n, 0.8))
        for n, mean in zip(assigned, mean_hours, strict=True)
    ]
    logs = [np.round(1e6 * np.log1p(own)) for own in hours]
    true = 0.4 * rate + 0.35 * (chances @ RATINGS - 1) / 4 + 0.25 * 0.5 ** (mean_hours / HALF_LIFE)
    sums = pl.DataFrame(
        {
            "agent_id": [f"agent-{seed}-{agent:04}" for agent in range(agents)],
            "date_range": ["30"] * agents,
            "rank": np.arange(1, agents + 1),
            "conversion_weight": [0.4] * agents,
            "satisfaction_weight": [0.35] * agents,
            "response_weight": [0.25] * agents,
            "leads_assigned": assigned,
            "leads_converted": rng.binomial(assigned, rate),
            "satisfaction_total": counts @ RATINGS,
            "satisfaction_squares": counts @ RATINGS**2,
            "satisfaction_count": counts.sum(axis=1),
            "response_hours_total": [own.sum() for own in hours],
            "response_log_total": [own.sum() for own in logs],
            "response_log_squares": [(own * own).sum() for own in logs],
            "response_count": [len(own) for own in hours],
            "logged_response_count": [len(own) for own in hours],
        }
    )
    return sums, true


@pytest.mark.parametrize(
    ("agents", "teams", "most"), [(10, 100, 1.0), (100, 20, 0.85), (1000, 3, 0.85)]
)
def test_ranges_cover_the_true_rank_in_four_of_five_cases(
    agents: int, teams: int, most: float
) -> None:
    covered, width = 0, 0
    for seed in range(teams):
        sums, true = team(seed, agents)
        draws = standard_draws(sums["agent_id"].to_list())
        low, high = percentiles(score_draws(sums, draws, HALF_LIFE))
        rank = 1 + (true[None, :] > true[:, None]).sum(axis=1)
        covered += int(((low <= rank) & (rank <= high)).sum())
        width += int((high - low + 1).sum())
    print(f"{agents} agents: {covered / agents / teams:.1%}, {width / agents / teams:.1f} places")
    assert 0.78 <= covered / (agents * teams) <= most


def test_a_range_holds_the_rank_shown() -> None:
    sums, _ = team(1, 20)
    for row in sums.join(rank_ranges(sums, HALF_LIFE), on="agent_id").iter_rows(named=True):
        assert 1 <= row["low"] <= row["rank"] <= row["high"] <= 20


def test_fewer_than_five_ranked_agents_have_no_range() -> None:
    assert rank_ranges(team(1, 4)[0], HALF_LIFE).is_empty()
    assert rank_ranges(team(1, 4)[0].clear(), HALF_LIFE).is_empty()
    assert rank_ranges(team(1, 5)[0], HALF_LIFE).height == 5


def test_a_period_has_the_same_ranges_alone_and_with_others() -> None:
    sums, _ = team(1, 20)
    other = team(2, 30)[0].with_columns(date_range=pl.lit("7"))
    together = rank_ranges(pl.concat([other, sums.reverse()]), HALF_LIFE)
    alone = rank_ranges(sums, HALF_LIFE)
    assert together.filter(date_range="30").sort("agent_id").equals(alone.sort("agent_id"))


def test_agents_without_ratings_and_responses_have_a_range() -> None:
    empty = [name for name in team(1, 6)[0].columns if name[:4] in ("sati", "resp", "logg")]
    empty = [name for name in empty if not name.endswith("weight")]
    sums = team(1, 6)[0].with_columns(pl.lit(0).alias(name) for name in empty)
    sums = sums.with_columns(leads_converted=pl.lit(0))
    assert rank_ranges(sums, HALF_LIFE).select("low", "high").null_count().row(0) == (0, 0)


@pytest.mark.parametrize(("alpha", "other"), [(0.3, 5.2), (1.0, 1.0), (26.0, 119.0)])
def test_draws_are_those_of_a_beta_distribution(alpha: float, other: float) -> None:
    agents = [f"agent {number}" for number in range(200)]
    drawn = beta(np.full(200, alpha), np.full(200, other), standard_draws(agents))
    total, mean = alpha + other, alpha / (alpha + other)
    variance = mean * (1 - mean) / (total + 1)
    assert drawn.shape == (200, DRAWS)
    assert drawn.mean() == pytest.approx(mean, abs=4 * (variance / drawn.size) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.04)
