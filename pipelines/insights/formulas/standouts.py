"""Standout groups: the best and the worst of an agent's groups of leads."""

import polars as pl

from pipelines.insights.formulas.finding import exact, findings
from pipelines.insights.formulas.percent_change import percent_change, rounded_tenths
from pipelines.insights.formulas.significance import normal_tail, score_variance, two_sample_z

MIN_EXPECTED = 5


def standouts(groups: pl.DataFrame, signal: str) -> pl.DataFrame:
    """One finding per agent and side: its best and its weakest group, significant or not.

    `groups`: agent_id, subject, n (leads), total (successes among them). Each
    group is tested against the agent's other groups; p is one-sided, times the number of
    groups that are large enough to test.
    """
    n, total = exact(pl.col("n")), exact(pl.col("total"))
    n_all, total_all = pl.col("n").sum().over("agent_id"), pl.col("total").sum().over("agent_id")
    others = exact(n_all) - n, exact(total_all) - total
    expected = pl.col("n") * total_all / n_all
    variance = score_variance(n_all, total_all, total_all)
    change, _ = percent_change((total, n), (others[1], others[0]))
    tested = groups.with_columns(
        z=two_sample_z(
            (pl.col("n"), pl.col("total")),
            (n_all - pl.col("n"), total_all - pl.col("total")),
            variance,
        ),
        expected=pl.min_horizontal(expected, pl.col("n") - expected),
        value=rounded_tenths(100 * total, n),
        before=rounded_tenths(100 * others[1], others[0]),
        change=change,
        n_before=n_all - pl.col("n"),
    ).filter((pl.col("expected") >= MIN_EXPECTED) & pl.col("z").is_not_null())
    sides = [_furthest(tested, direction) for direction in (1, -1)]
    return findings(pl.concat(sides), signal)


def _furthest(tested: pl.DataFrame, direction: int) -> pl.DataFrame:
    tail = normal_tail(direction * pl.col("z")) * pl.len().over("agent_id")
    return (
        tested.with_columns(
            direction=pl.lit(direction), statistic=pl.col("z"), p=tail.clip(upper_bound=1.0)
        )
        .sort("agent_id", direction * pl.col("z"), "subject", descending=[False, True, False])
        .unique("agent_id", keep="first", maintain_order=True)
    )
