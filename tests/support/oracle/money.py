"""Amounts of activities in the currency of the deployment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.support.oracle.formulas import half_away
from tests.support.oracle.words import trimmed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    # Currency, first date, and what one unit of it is worth in the currency of the deployment.
    Rate = tuple[str, date, str]

READABLE = re.compile(r"\s*[+-]?\d{1,15}(\.\d+)?\s*", re.ASCII)
LIMIT = 10**15


@dataclass(frozen=True)
class Amount:
    """`is_negative` is of the amount as logged; a lacking rate makes a refund 0, not a win."""

    cents: int
    is_negative: bool
    is_readable: bool = True
    has_rate: bool = True


def revenue(metadata: Mapping[str, Any]) -> Decimal | None:
    """Number that an activity gives as its revenue; None where it cannot be read."""
    value = metadata.get("revenue")
    if isinstance(value, Decimal) and abs(value) < LIMIT:
        return value
    if isinstance(value, str) and READABLE.fullmatch(value):
        return Decimal(value.strip())
    return None


def code(text: object) -> str:
    return trimmed(text).upper() if isinstance(text, str) else ""


@dataclass(frozen=True)
class Exchange:
    """`currency` is empty where amounts are served without one, each as it is logged."""

    currency: str = ""
    rates: tuple[Rate, ...] = ()

    def rate(self, currency: str, on: date) -> Fraction | None:
        if not self.currency or currency in ("", self.currency):
            return Fraction(1)
        known = [(start, rate) for of, start, rate in self.rates if of == currency and start <= on]
        return Fraction(max(known)[1]) if known else None

    def amount(self, metadata: Mapping[str, Any], on: date) -> Amount:
        money = revenue(metadata)
        if money is None:
            return Amount(0, is_negative=False, is_readable=False)
        is_negative = half_away(Fraction(money) * 100) < 0
        rate = self.rate(code(metadata.get("currency")), on)
        if rate is None:
            return Amount(0, is_negative, has_rate=False)
        return Amount(half_away(Fraction(money) * rate * 100), is_negative)
