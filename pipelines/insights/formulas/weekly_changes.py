"""Weekly changes of an agent's volume: leads and revenue of recent weeks against earlier ones."""

from datetime import date

import polars as pl

from pipelines.insights.formulas.finding import exact, findings
from pipelines.insights.formulas.percent_change import percent_change, rounded_tenths
from pipelines.insights.formulas.significance import rank_sum_tail, two_sided

WEEKS, WEEKS_BEFORE = 4, 12
WINDOW_DAYS, WINDOWS_BEFORE = 30, 3
CENTS = 100


def weekly_changes(metrics: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One finding per agent and signal, significant or not.

    Ranks whole weeks, so that weekdays, one large deal or batches of days make no change. The
    numbers shown are sums of 30 days, like those of the KPIs. Leaves out agents whose history is
    shorter than these weeks.
    """
    age = (pl.lit(as_of) - pl.col("date")).dt.total_days()
    days = metrics.filter(age >= 0).with_columns(
        age=age,
        cents=(pl.col("revenue_generated").cast(pl.Decimal(38, 2)) * CENTS).cast(pl.Int64),
    )
    sums = _window_sums(days)
    return pl.concat(
        [
            findings(_changed(days, sums, "leads_assigned", "leads_assigned", 1), "volume"),
            findings(_changed(days, sums, "cents", "conversions_booked", CENTS), "revenue"),
        ]
    )


def _window_sums(days: pl.DataFrame) -> pl.DataFrame:
    """Sums of 30 days and of the 90 before, for agents with enough history."""
    is_current = pl.col("age") < WINDOW_DAYS
    is_before = pl.col("age").is_between(WINDOW_DAYS, WINDOW_DAYS * (1 + WINDOWS_BEFORE) - 1)
    columns = ("leads_assigned", "conversions_booked", "cents")
    return (
        days.group_by("agent_id")
        .agg(
            *(pl.col(name).filter(is_current).sum().name.suffix("_now") for name in columns),
            *(pl.col(name).filter(is_before).sum().name.suffix("_then") for name in columns),
            first_age=pl.col("age").max(),
        )
        .filter(pl.col("first_age") >= 7 * (WEEKS + WEEKS_BEFORE) - 1)
    )


def _changed(
    days: pl.DataFrame, sums: pl.DataFrame, column: str, count: str, units: int
) -> pl.DataFrame:
    """`count` is the column of n; `units` of `column` make one of the unit shown."""
    now = exact(pl.col(f"{column}_now")), exact(units)
    before = exact(pl.col(f"{column}_then")), exact(units * WINDOWS_BEFORE)
    change, _ = percent_change(now, before)
    direction = (pl.col("wins") - pl.col("losses")).sign()
    tail = rank_sum_tail(pl.min_horizontal("wins", "losses"), WEEKS, WEEKS_BEFORE)
    # Four weeks and 30 days differ by two days: both must change in the same direction.
    is_agreed = (change.cast(pl.Float64).sign() == direction).fill_null(value=True)
    return sums.join(_week_wins(days, sums, column), on="agent_id").with_columns(
        change=change,
        direction=direction,
        value=pl.col(f"{column}_now") if units == 1 else _rounded(*now, units),
        before=_rounded(*before, units),
        n=pl.col(f"{count}_now"),
        n_before=pl.col(f"{count}_then"),
        statistic=pl.col("wins"),
        p=pl.when(is_agreed).then(two_sided(tail)).otherwise(1.0),
    )


def _week_wins(days: pl.DataFrame, sums: pl.DataFrame, column: str) -> pl.DataFrame:
    """Counts the pairs of a recent and an earlier week, 48 in all, that the recent one wins."""
    grid = sums.select("agent_id").join(
        pl.DataFrame({"week": range(WEEKS + WEEKS_BEFORE)}, {"week": pl.Int64}), how="cross"
    )
    by_week = (
        days.with_columns(week=pl.col("age") // 7)
        .group_by("agent_id", "week")
        .agg(total=pl.col(column).sum())
    )
    rank = pl.col("total").fill_null(0).rank().over("agent_id")
    rank_sum = pl.col("rank").filter(pl.col("week") < WEEKS).sum()
    wins = rank_sum - WEEKS * (WEEKS + 1) / 2
    return (
        grid.join(by_week, on=["agent_id", "week"], how="left")
        .with_columns(rank=rank)
        .group_by("agent_id")
        .agg(wins=wins, losses=WEEKS * WEEKS_BEFORE - wins)
    )


def _rounded(numerator: pl.Expr, denominator: pl.Expr, units: int) -> pl.Expr:
    """Rounds money to 2 decimals, a number of leads to 1."""
    if units == 1:
        return rounded_tenths(numerator, denominator)
    tenths = rounded_tenths(10 * numerator, denominator)
    return tenths.cast(pl.Decimal(38, 2)) / 10
