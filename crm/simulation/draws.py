"""Random draws as polars expressions, each a function of seed, name and row number only.

Rows can therefore be made in chunks of any size, and a new draw does not change the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from math import tau

import polars as pl

# The increment and multipliers of SplitMix64 (Steele, Lea and Flood 2014).
GAMMA = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB


@dataclass(frozen=True)
class Draws:
    """Draws for rows numbered by the column `number`."""

    seed: int
    number: str

    def uniform(self, name: str) -> pl.Expr:
        """Uniform between 0 and 1, both excluded."""
        stream = blake2b(f"{self.seed} {name}".encode(), digest_size=8).digest()
        state = pl.col(self.number).cast(pl.UInt64) * _unsigned(GAMMA) + _unsigned(
            int.from_bytes(stream, "big")
        )
        state = (state ^ (state // _unsigned(1 << 30))) * _unsigned(FIRST)
        state = (state ^ (state // _unsigned(1 << 27))) * _unsigned(SECOND)
        state = state ^ (state // _unsigned(1 << 31))
        return ((state // _unsigned(1 << 12)).cast(pl.Float64) + 0.5) * 2.0**-52

    def normal(self, name: str) -> pl.Expr:
        """Normal with mean 0 and standard deviation 1 (Box and Muller 1958)."""
        radius = (self.uniform(f"{name} radius").log() * -2).sqrt()
        return radius * (self.uniform(f"{name} angle") * tau).cos()

    def lognormal(self, name: str, median: pl.Expr | float, spread: float) -> pl.Expr:
        """Lognormal; `spread` is the standard deviation of the logarithm."""
        return (self.normal(name) * spread).exp() * median

    def chance(self, name: str, probability: pl.Expr | float) -> pl.Expr:
        return self.uniform(name) < probability

    def choice(self, name: str, weights: Mapping[str, float]) -> pl.Expr:
        """One of the keys, with a probability proportional to its weight."""
        drawn = self.uniform(name) * sum(weights.values())
        *others, last = weights
        chosen, below = pl.lit(last), sum(weights.values()) - weights[last]
        for key in reversed(others):
            chosen = pl.when(drawn < below).then(pl.lit(key)).otherwise(chosen)
            below -= weights[key]
        return chosen


def _unsigned(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt64)
