"""Rank ranges: the places that the numbers of one period leave open for each ranked agent.

Each agent's rate and means are drawn from their posteriors, shrunk to the team; the range is from
the 10th to the 90th percentile of the rank over the draws, widened to hold the rank shown.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipelines.insights.formulas.seeded_draws import (
    DRAWS,
    Floats,
    Numbers,
    StandardDraws,
    beta,
    normal,
    standard_draws,
)

KEY = ["agent_id", "date_range"]
MIN_RANKED_AGENTS = 5
# Leads that the team's rate counts for in an agent's, at the least and at the most.
KAPPA = (1.0, 1000.0)
# Parameters of the team are rounded to so many places, so that a small change moves few ranges.
PLACES = 3
SMALLEST = 10.0**-PLACES


def rank_ranges(ranked: pl.DataFrame, half_life_hours: float) -> pl.DataFrame:
    """Returns agent_id, date_range, low and high; no rows of periods with few ranked agents.

    `ranked`: read_rank_inputs.sql, one row per ranked agent and period.
    """
    agents = ranked["agent_id"].unique().sort()
    draws = standard_draws(agents.to_list())
    place = pl.DataFrame({"agent_id": agents}).with_row_index("place")
    found = list(_ranges(ranked.join(place, on="agent_id"), draws, half_life_hours))
    columns = {"agent_id": pl.String, "date_range": pl.String, "low": pl.Int64, "high": pl.Int64}
    return pl.concat(found) if found else pl.DataFrame(schema=columns)


def _ranges(
    ranked: pl.DataFrame, draws: StandardDraws, half_life_hours: float
) -> Iterator[pl.DataFrame]:
    for period in ranked.sort("date_range", "place").partition_by("date_range"):
        if period.height < MIN_RANKED_AGENTS:
            continue
        places = period["place"].to_numpy()
        own = StandardDraws(draws.normals[places], draws.uniforms[places])
        low, high = percentiles(score_draws(period, own, half_life_hours))
        yield period.select(
            *KEY,
            low=pl.min_horizontal("rank", pl.Series(low)).cast(pl.Int64),
            high=pl.max_horizontal("rank", pl.Series(high)).cast(pl.Int64),
        )


def score_draws(period: pl.DataFrame, draws: StandardDraws, half_life_hours: float) -> Floats:
    """Scores of the ranked agents of one period, [agent, draw]."""

    def numbers(name: str) -> Numbers:
        return period[name].cast(pl.Float64).to_numpy()

    leads, converted = numbers("leads_assigned"), numbers("leads_converted")
    rate = round(converted.sum() / leads.sum(), PLACES)
    kappa = _kappa(converted, leads, rate)
    conversion = beta(
        np.maximum(converted + kappa * rate, SMALLEST),
        np.maximum(leads - converted + kappa * (1 - rate), SMALLEST),
        draws,
    )

    rated = numbers("satisfaction_count")
    rating = numbers("satisfaction_total") / np.maximum(rated, 1)
    spread = _spread_within(numbers("satisfaction_squares"), rating, rated)
    drawn = normal(*_shrunk(rating, rated, spread), draws, 0)
    satisfaction = np.clip((drawn - 1) / 4, 0, 1)

    # Means of 1 + hours vary by a share of themselves. Their logarithm is drawn, with the spread of
    # a mean whose single logarithms vary like the team's.
    responses = numbers("response_count")
    counted = np.maximum(responses, 1)
    log, logged = numbers("response_log_total") / 1e6, numbers("logged_response_count")
    spread = _spread_within(
        numbers("response_log_squares") / 1e12, log / np.maximum(logged, 1), logged
    )
    mean = np.log1p(numbers("response_hours_total") / counted)
    drawn = normal(*_shrunk(mean, responses, float(np.expm1(spread))), draws, 1)
    response = np.exp2(-np.maximum(np.expm1(drawn), 0) / np.float32(half_life_hours))

    weights = [
        period["conversion_weight"].cast(pl.Float32).to_numpy()[:, None],
        np.where(rated > 0, numbers("satisfaction_weight"), 0).astype(np.float32)[:, None],
        np.where(responses > 0, numbers("response_weight"), 0).astype(np.float32)[:, None],
    ]
    total = weights[0] * conversion + weights[1] * satisfaction + weights[2] * response
    scores: Floats = total / (weights[0] + weights[1] + weights[2])
    return scores


def percentiles(scores: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The 10th and the 90th percentile of each agent's rank over the draws."""
    order = np.argsort(-scores.T, axis=1, kind="stable")
    rank = np.empty(order.shape, np.int32)
    places = np.arange(1, len(scores) + 1, dtype=np.int32)
    np.put_along_axis(rank, order, np.broadcast_to(places, order.shape), axis=1)
    ranks = np.sort(np.ascontiguousarray(rank.T), axis=1)
    return ranks[:, DRAWS // 10 - 1], ranks[:, DRAWS - DRAWS // 10]


def _kappa(converted: Numbers, leads: Numbers, rate: float) -> float:
    """Leads that the team's rate is worth, by moments of a beta-binomial."""
    chance = rate * (1 - rate)
    total, agents = leads.sum(), len(leads)
    freedom = total - (leads * leads).sum() / total - (agents - 1)
    if chance <= 0 or freedom <= 0:
        return KAPPA[1]
    spread = (leads * (converted / leads - rate) ** 2).sum()
    between = (spread - (agents - 1) * chance) / freedom
    if between <= 0:
        return KAPPA[1]
    return round(float(np.clip(chance / between - 1, *KAPPA)), PLACES)


def _spread_within(squares: Numbers, mean: Numbers, count: Numbers) -> float:
    """Variance of single values around the mean of their agent."""
    spread = np.where(count > 0, squares - count * mean * mean, 0).sum()
    freedom = np.maximum(count - 1, 0).sum()
    return max(round(float(spread / max(freedom, 1)), PLACES), SMALLEST)


def _shrunk(mean: Numbers, count: Numbers, within: float) -> tuple[Numbers, Numbers]:
    """Posterior mean and deviation of each agent's mean, with the team's as the prior."""
    has_values = count > 0
    weights, means = count[has_values], mean[has_values]
    if len(weights) < 2:
        return mean, np.sqrt(within / np.maximum(count, 1))
    total = weights.sum()
    centre = round(float((weights * means).sum() / total), PLACES)
    spread = (weights * (means - centre) ** 2).sum() - (len(weights) - 1) * within
    between = round(float(spread / (total - (weights * weights).sum() / total)), PLACES)
    between = max(between, SMALLEST / 2)
    precision = count / within + 1 / between
    shrunk = (count * mean / within + centre / between) / precision
    return shrunk, np.sqrt(1 / precision)
