"""Significance tests as polars expressions: the probability of a result by chance alone."""

from functools import lru_cache
from math import comb, erfc, sqrt

import polars as pl


def normal_tail(z: pl.Expr) -> pl.Expr:
    """Probability of a standard normal above `z`; null where `z` is."""
    return z.map_batches(
        lambda values: pl.Series(
            [None if value is None else erfc(value / sqrt(2)) / 2 for value in values],
            dtype=pl.Float64,
        ),
        return_dtype=pl.Float64,
        is_elementwise=True,
    )


def two_sided(tail: pl.Expr) -> pl.Expr:
    """Two-sided probability from the smaller tail."""
    return (2 * tail).clip(upper_bound=1.0)


def score_variance(count: pl.Expr, total: pl.Expr, square_total: pl.Expr) -> pl.Expr:
    """Variance of the pooled scores: the permutation variance of one of them."""
    return (square_total - total**2 / count) / (count - 1)


def two_sample_z(
    current: tuple[pl.Expr, pl.Expr],
    baseline: tuple[pl.Expr, pl.Expr],
    variance: pl.Expr,
) -> pl.Expr:
    """Difference of the mean scores in standard deviations; a side is (count, total of scores).

    With `score_variance` it is the moment form of the permutation test: on scores of 0 and 1 the
    two-proportion test with N - 1 (Campbell 2007), on ranks that of Wilcoxon with its correction
    for ties. Null where all scores are the same or a side is empty.
    """
    (n, total), (n_before, total_before) = current, baseline
    error = (variance * (1 / n + 1 / n_before)).sqrt()
    return pl.when((error > 0) & error.is_finite()).then(
        (total / n - total_before / n_before) / error
    )


def rank_sum_tail(u: pl.Expr, n: int, n_before: int) -> pl.Expr:
    """Probability of a Mann-Whitney U of `u` or less, exact without ties.

    Ties can put `u` between two integers: it is rounded up. Ties only reduce the spread of U, so
    the true probability is no higher.
    """
    tails = pl.Series(_rank_sum_tails(n, n_before), dtype=pl.Float64)
    return pl.lit(tails).gather(u.ceil().cast(pl.UInt32))


@lru_cache
def _rank_sum_tails(n: int, n_before: int) -> list[float]:
    """For each U from 0 to n * n_before, the share of orders with that U or less."""
    ways = [[[1]] * (n_before + 1)]
    for first in range(1, n + 1):
        row: list[list[int]] = [[1]]
        for second in range(1, n_before + 1):
            above, left = ways[first - 1][second], row[second - 1]
            counts = [0] * (first * second + 1)
            for u, count in enumerate(above):
                counts[u + second] += count
            for u, count in enumerate(left):
                counts[u] += count
            row.append(counts)
        ways.append(row)
    below, tails = 0, []
    for count in ways[n][n_before]:
        below += count
        tails.append(below / comb(n + n_before, n))
    return tails


def holm(p: pl.Expr, group: str) -> pl.Expr:
    """Each p adjusted for the number of tests in its group (Holm 1979), in any row order.

    Keeping those at or below a level limits the chance of any false positive in a group to that
    level, whatever the dependence between the tests.
    """
    order = p.rank("ordinal").over(group)
    stepped = (p * (pl.len().over(group) - order + 1)).clip(upper_bound=1.0)
    return stepped.cum_max().over(group, order_by=p)
