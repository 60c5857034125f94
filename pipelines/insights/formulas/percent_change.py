"""The percent-change rule that every trend follows, exact on ratios of integers."""

import polars as pl

from trends.metrics import NO_DATA, PREVIOUS_ZERO


def rounded(numerator: pl.Expr, denominator: pl.Expr, decimals: int) -> pl.Expr:
    """`numerator / denominator` (Int128, denominator above 0), rounded half away from zero.

    A Decimal: integers cannot give negative zero, and floats would misplace exact halves.
    """
    scale: int = 10**decimals
    units = (2 * scale * numerator.abs() + denominator) // (2 * denominator)
    return (numerator.sign() * units).cast(pl.Decimal(38, decimals)) / scale


def rounded_tenths(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """`rounded` with 1 decimal."""
    return rounded(numerator, denominator, 1)


def is_undefined(ratio: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """Whether a ratio has no value: its denominator is 0 or null, or its numerator is null."""
    numerator, denominator = ratio
    return (denominator == 0).fill_null(value=True) | numerator.is_null()


def percent_change(
    current: tuple[pl.Expr, pl.Expr], previous: tuple[pl.Expr, pl.Expr]
) -> tuple[pl.Expr, pl.Expr]:
    """Change in percent of |previous|, and the reason where there is no number.

    Each side is a ratio (numerator, denominator) of Int128; a denominator of 0 or null makes it
    undefined. Returns Decimal with 1 decimal, and `no_data`, `previous_zero` or null.
    """
    current_numerator, current_denominator = current
    previous_numerator, previous_denominator = previous
    is_unknown = is_undefined(current) | is_undefined(previous)
    is_from_zero = previous_numerator == 0
    difference = current_numerator * previous_denominator - previous_numerator * current_denominator
    change = (
        pl.when(is_unknown)
        .then(None)
        .when(is_from_zero & (current_numerator == 0))
        .then(pl.lit(0).cast(pl.Decimal(38, 1)))
        .when(is_from_zero)
        .then(None)
        .otherwise(rounded_tenths(100 * difference, previous_numerator.abs() * current_denominator))
    )
    reason = (
        pl.when(is_unknown)
        .then(pl.lit(NO_DATA))
        .when(is_from_zero & (current_numerator != 0))
        .then(pl.lit(PREVIOUS_ZERO))
        .otherwise(None)
    )
    return change, reason
