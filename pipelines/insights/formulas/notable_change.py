"""Notable changes of KPIs: those that are more than chance, over all cards of one period.

Rates are tested as two proportions, means of ratings and of the logarithm of response hours by the
same moment test, counts of leads and revenue on their totals by day. A change is notable only if
the tested statistic moves in the direction of the change that is served: a mean of hours can rise
while the mean of their logarithms falls.
"""

import polars as pl

from pipelines.insights.formulas.significance import (
    holm,
    normal_tail,
    score_variance,
    two_sample_z,
    two_sided,
)
from trends.metrics import DAY_COUNT, LEVEL, MIN_EXPECTED, MOMENTS, Moments


def notable(comparisons: pl.DataFrame, tested: pl.DataFrame) -> pl.DataFrame:
    """`comparison`, `metric` and `is_notable` of the metrics in `tested`.

    `comparisons`: marts.agent_comparisons with `comparison`, a number per row. `tested`:
    comparison, metric, and `direction` of the change that is served, 1, -1 or 0.
    """
    tests = pl.concat(
        comparisons.join(tested.filter(metric=metric), on="comparison")
        .with_columns(z=_z(moments))
        .select(
            "comparison",
            "metric",
            p=two_sided(normal_tail(pl.col("z").abs())).fill_null(1.0),
            is_same_direction=pl.col("z").sign() == pl.col("direction"),
        )
        for metric, moments in MOMENTS.items()
    )
    is_significant = holm(pl.col("p"), "comparison") <= LEVEL
    return tests.select(
        "comparison", "metric", is_notable=is_significant & pl.col("is_same_direction")
    )


def _z(moments: Moments) -> pl.Expr:
    """Difference in standard deviations; null where it cannot be tested."""
    (n, total, squares), (n_before, total_before, squares_before) = (
        (
            pl.col(moments.count if moments.count == DAY_COUNT else f"{side}_{moments.count}"),
            pl.col(f"{side}_{moments.total}"),
            pl.col(f"{side}_{moments.squares}"),
        )
        for side in ("current", "previous")
    )
    n, total, squares, n_before, total_before, squares_before = (
        column.cast(pl.Float64)
        for column in (n, total, squares, n_before, total_before, squares_before)
    )
    variance = score_variance(n + n_before, total + total_before, squares + squares_before)
    z = two_sample_z((n, total), (n_before, total_before), variance)
    if not moments.is_share:
        return z
    share = (total + total_before) / (n + n_before)
    least = pl.min_horizontal(n, n_before)
    return pl.when((least * share >= MIN_EXPECTED) & (least * (1 - share) >= MIN_EXPECTED)).then(z)
