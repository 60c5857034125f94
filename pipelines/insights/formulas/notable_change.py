"""Notable changes of KPIs: those that are more than chance, over all cards of one period.

Rates are tested as two proportions, means of ratings and of the logarithm of response hours by the
same moment test, counts of leads and revenue on their totals by day. A change is notable only if
the tested statistic moves in the direction of the change that is served: a mean of hours can rise
while the mean of their logarithms falls.
"""

from dataclasses import dataclass

import polars as pl

from pipelines.insights.formulas.significance import (
    holm,
    normal_tail,
    score_variance,
    two_sample_z,
    two_sided,
)

LEVEL = 0.05
# Minimum of expected successes and of expected failures on the smaller side.
MIN_EXPECTED = 5


@dataclass(frozen=True)
class Moments:
    """Columns with count, total and sum of squares of a sample, without `current_`."""

    count: str
    total: str
    squares: str
    is_share: bool = False


RESPONSE = Moments("response_count", "response_log_total", "response_log_squares")
MOMENTS = {
    "leads": Moments("day_count", "leads_handled", "leads_squares"),
    "conversion": Moments("leads_handled", "leads_converted", "leads_converted", is_share=True),
    "revenue": Moments("day_count", "total_revenue", "revenue_squares"),
    "response": RESPONSE,
    "responseMedian": RESPONSE,
    "satisfaction": Moments("satisfaction_count", "satisfaction_total", "satisfaction_squares"),
}
"""Samples by metric; a metric without one is never notable."""


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
            pl.col(moments.count if moments.count == "day_count" else f"{side}_{moments.count}"),
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
