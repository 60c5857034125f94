"""The tests of significance: known values, and brute force where that is possible."""

from itertools import combinations
from math import comb

import polars as pl
import pytest

from pipelines.insights.formulas.significance import (
    holm,
    normal_tail,
    rank_sum_tail,
    score_variance,
    two_sample_z,
    two_sided,
)


def evaluated(expression: pl.Expr) -> float:
    value = pl.select(expression).item()
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize(
    ("z", "tail"),
    [(0.0, 0.5), (1.959964, 0.025), (-1.0, 0.841345), (4.0, 3.167124e-5), (8.0, 6.220961e-16)],
)
def test_the_tail_of_the_normal_distribution_is_the_tabulated_one(z: float, tail: float) -> None:
    assert evaluated(normal_tail(pl.lit(z))) == pytest.approx(tail, rel=1e-5)


def test_no_statistic_has_no_tail() -> None:
    frame = pl.DataFrame({"z": [None, 0.0]}, {"z": pl.Float64})
    assert frame.select(normal_tail(pl.col("z")))["z"].to_list() == [None, 0.5]


def test_both_tails_are_never_more_than_certain() -> None:
    assert evaluated(two_sided(pl.lit(0.7))) == 1.0


def test_two_proportions_are_tested_with_n_less_one() -> None:
    # 12 of 30 against 9 of 60: chi-squared with N - 1 is 89 (12 * 51 - 18 * 9)^2 / (30 60 21 69).
    variance = score_variance(pl.lit(90), pl.lit(21.0), pl.lit(21.0))
    z = two_sample_z((pl.lit(30), pl.lit(12.0)), (pl.lit(60), pl.lit(9.0)), variance)
    assert evaluated(z) ** 2 == pytest.approx(89 * 450**2 / (30 * 60 * 21 * 69))


def test_scores_that_are_all_the_same_cannot_be_tested() -> None:
    variance = score_variance(pl.lit(20), pl.lit(20.0), pl.lit(20.0))
    z = two_sample_z((pl.lit(10), pl.lit(10.0)), (pl.lit(10), pl.lit(10.0)), variance)
    assert pl.select(z).item() is None


@pytest.mark.parametrize(("n", "n_before"), [(1, 1), (2, 3), (4, 5), (4, 12)])
def test_rank_sum_tails_are_those_of_all_orders(n: int, n_before: int) -> None:
    everyone = range(n + n_before)
    statistics = [
        sum(sum(other < member for other in everyone if other not in chosen) for member in chosen)
        for chosen in combinations(everyone, n)
    ]
    for u in range(n * n_before + 1):
        expected = sum(other <= u for other in statistics) / comb(n + n_before, n)
        assert evaluated(rank_sum_tail(pl.lit(float(u)), n, n_before)) == pytest.approx(expected)


def test_a_tie_between_two_statistics_counts_as_the_less_extreme() -> None:
    assert evaluated(rank_sum_tail(pl.lit(0.5), 4, 12)) == pytest.approx(2 / 1820)


def test_holm_adjusts_each_agent_for_its_own_tests() -> None:
    frame = pl.DataFrame({"agent": ["a", "b", "a", "a", "a"], "p": [0.04, 0.04, 0.01, 0.5, 0.02]})
    # a: 4 * 0.01, 3 * 0.02, 2 * 0.04, 1 * 0.5; b has one test.
    assert frame.select(holm(pl.col("p"), "agent"))["p"].to_list() == pytest.approx(
        [0.08, 0.04, 0.04, 0.5, 0.06]
    )


def test_holm_keeps_the_order_of_the_tests() -> None:
    frame = pl.DataFrame({"agent": ["a"] * 3, "p": [0.011, 0.01, 0.02]})
    assert frame.select(holm(pl.col("p"), "agent"))["p"].to_list() == pytest.approx(
        [0.03, 0.03, 0.03]
    )
