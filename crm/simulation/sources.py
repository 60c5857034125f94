"""Simulated lead sources, and how their leads differ."""

from dataclasses import asdict, dataclass

import polars as pl


@dataclass(frozen=True)
class Source:
    """`share` of all leads; the factors multiply chance of success, revenue and response time."""

    source: str
    share: float
    quality: float = 1.0
    value: float = 1.0
    delay: float = 1.0


SOURCES = [
    Source("Website", 0.34, quality=1.0, value=1.0, delay=0.7),
    Source("Referral", 0.16, quality=1.5, value=1.7, delay=0.8),
    Source("Cold Call", 0.17, quality=0.6, value=0.8, delay=1.6),
    Source("Social Media", 0.14, quality=0.7, value=0.6, delay=1.2),
    Source("Trade Show", 0.08, quality=1.1, value=2.1, delay=1.5),
    Source("Partner", 0.08, quality=1.3, value=2.8, delay=1.0),
    Source("", 0.03),
]
SHARES = {source.source: source.share for source in SOURCES}


def source_frame() -> pl.DataFrame:
    return pl.DataFrame([asdict(source) for source in SOURCES])
