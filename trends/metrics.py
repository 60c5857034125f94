"""Trends of key figures: which sums each is computed from, and when its change is notable.

Read by the polars formulas for named periods and by `comparison` for free ranges of dates.
"""

from dataclasses import dataclass

NO_COMPLETE_DAY = "no_complete_day"
PARTIAL_HISTORY = "partial_history"
UNDATED = "undated"
NO_DATA = "no_data"
PREVIOUS_ZERO = "previous_zero"
# Largest share of undated conversions on a side, in percent.
MAX_UNDATED_PCT = 10

LEVEL = 0.05
# Minimum of expected successes and of expected failures on the smaller side.
MIN_EXPECTED = 5


@dataclass(frozen=True)
class Trend:
    """Parameters of one KPI's comparison.

    `numerator` over `denominator` (None = 1) is the KPI before rounding; `decimals` are those of
    the numerator, `places` those that are served. A rate is served in percent.
    """

    metric: str
    numerator: str
    denominator: str | None
    decimals: int = 0
    places: int = 0
    is_higher_better: bool = True
    is_rate: bool = False


TRENDS = (
    # generated: trends
    Trend("leads", "leads_handled", None),
    Trend("conversion", "leads_converted", "leads_handled", places=1, is_rate=True),
    Trend("revenue", "total_revenue", None, decimals=2, places=2),
    Trend(
        "response",
        "response_hours_total",
        "response_count",
        decimals=6,
        places=1,
        is_higher_better=False,
    ),
    Trend(
        "responseMedian",
        "response_time_median_exact_hours",
        None,
        decimals=7,
        places=1,
        is_higher_better=False,
    ),
    Trend(
        "responseBusiness",
        "business_hours_total",
        "business_response_count",
        decimals=6,
        places=1,
        is_higher_better=False,
    ),
    Trend("satisfaction", "satisfaction_total", "satisfaction_count", places=1),
    # end generated
)


@dataclass(frozen=True)
class Moments:
    """Columns with count, total and sum of squares of a sample."""

    count: str
    total: str
    squares: str
    is_share: bool = False


DAY_COUNT = "day_count"
"""Count of a sample of days, the same on both sides."""

RESPONSE = Moments("response_count", "response_log_total", "response_log_squares")
MOMENTS = {
    "leads": Moments(DAY_COUNT, "leads_handled", "leads_squares"),
    "conversion": Moments("leads_handled", "leads_converted", "leads_converted", is_share=True),
    "revenue": Moments(DAY_COUNT, "total_revenue", "revenue_squares"),
    "response": RESPONSE,
    "responseMedian": RESPONSE,
    "satisfaction": Moments("satisfaction_count", "satisfaction_total", "satisfaction_squares"),
}
"""Samples by metric; a metric without one is never notable."""
