"""A steady team: every week brings the same leads, shuffled among agents who are all alike.

The leads of a weekday are the same in every week, so that the pooled numbers of two spans of equal
days differ only by the mix of weekdays in them. Each agent's own numbers vary by chance alone.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

# Share of a week's leads by weekday, Monday first.
EVEN_WEEK = (1 / 7,) * 7
QUIET_WEEKENDS = (0.17, 0.17, 0.16, 0.16, 0.14, 0.11, 0.09)
ANSWERED, CONVERTED, RATED = 0.8, 0.14, 0.35
ANSWER_HOURS, CONVERSION_DAYS, MAX_CONVERSION_DAYS = 5.0, 12.0, 60.0
REVENUES = (300, 2400)


def steady_team(
    agents: int, leads_per_week: float, week: Sequence[float], first: date, last: date, seed: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of raw.leads and of raw.agent_activity_log, the conversions.

    `leads_per_week`: of an agent, on average; `week`: their share by weekday, Monday first.
    """
    weekdays = [
        _weekday(round(agents * leads_per_week * share), seed + weekday)
        for weekday, share in enumerate(week)
    ]
    days = [first + timedelta(days) for days in range((last - first).days + 1)]
    leads = pl.concat(weekdays[day.weekday()].with_columns(date=pl.lit(day)) for day in days)
    leads = leads.with_columns(
        agent=pl.int_range(agents, eager=True).sample(
            leads.height, with_replacement=True, seed=seed
        ),
        number=pl.int_range(pl.len()),
    )
    created_at = pl.col("date").cast(pl.Datetime) + pl.duration(seconds=pl.col("second"))
    named = leads.with_columns(
        agent_id=pl.format("agent-{}", "agent"),
        lead_id=pl.format("L{}", "number"),
        created_at=created_at,
    )
    occurred_at = pl.col("created_at") + pl.duration(seconds=pl.col("conversion_second"))
    return (
        named.select(
            "agent_id",
            "lead_id",
            source=pl.lit("Web"),
            disposition=pl.when(pl.col("is_converted"))
            .then(pl.lit("won"))
            .otherwise(pl.lit("new")),
            response_time_hours=pl.when("is_answered").then(pl.col("hours").round(4)),
            satisfaction_rating=pl.when("is_rated").then(pl.col("rating")),
            created_at="created_at",
            changed_at="created_at",
        ),
        named.filter("is_converted").select(
            "agent_id",
            "lead_id",
            activity_type=pl.lit("conversion"),
            revenue_text=pl.col("revenue").cast(pl.String),
            occurred_at=occurred_at,
            changed_at=occurred_at,
        ),
    )


def _weekday(count: int, seed: int) -> pl.DataFrame:
    """The leads of one weekday, drawn independently of each other."""

    def uniform(number: int) -> pl.Series:
        """`count` different fractions in random order."""
        fractions = (pl.int_range(count, eager=True).cast(pl.Float64) + 0.5) / count
        return fractions.shuffle(seed=1000 * seed + number)

    low, high = REVENUES
    return pl.DataFrame(
        {
            "second": (uniform(0) * 86400).cast(pl.Int64),
            "is_answered": uniform(1) < ANSWERED,
            "hours": -ANSWER_HOURS * (1 - uniform(2)).log(),
            "is_converted": uniform(3) < CONVERTED,
            "conversion_second": (
                86400
                * (-CONVERSION_DAYS * (1 - uniform(4)).log()).clip(upper_bound=MAX_CONVERSION_DAYS)
            ).cast(pl.Int64),
            "is_rated": uniform(5) < RATED,
            "rating": (uniform(6) * 5).floor().cast(pl.Int64) + 1,
            "revenue": (low + (high - low) * uniform(7)).cast(pl.Int64),
        }
    )
