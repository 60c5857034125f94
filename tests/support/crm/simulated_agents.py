"""Agents whose habits never change but where a change of the last 30 days is planted."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from crm.simulation.draws import Draws

AS_OF = date(2024, 6, 14)
DAYS = 200
SLOTS = 6
RATINGS = {"1": 0.06, "2": 0.09, "3": 0.2, "4": 0.35, "5": 0.3}
SOURCES = {"Web": 0.4, "Referral": 0.3, "Fair": 0.2, "Cold": 0.1}


@dataclass(frozen=True)
class Planted:
    """Factors on the leads, and for revenue on the conversions, of the last 30 days."""

    volume: float = 1.0
    conversion: float = 1.0
    revenue: float = 1.0
    response: float = 1.0
    low_ratings: float = 1.0
    answered: float = 1.0


@dataclass(frozen=True)
class Agents:
    """The frames that the insights are computed from."""

    metrics: pl.DataFrame
    leads: pl.DataFrame
    sources: pl.DataFrame
    ranking: pl.DataFrame


def simulated_agents(
    count: int, seed: int, planted: Planted | None = None, bunching: float = 0.0
) -> Agents:
    """About 55 leads and 12 conversions per agent in 30 days; weekly volume varies by a quarter.

    `bunching` is the deviation of the log odds of a conversion from week to week.
    """
    leads = _leads(count, seed, planted or Planted(), bunching)
    return Agents(_metrics(leads), leads, _sources(leads), _ranking(count, seed))


def _leads(count: int, seed: int, planted: Planted, bunching: float) -> pl.DataFrame:
    """Slots of a day become leads; weekends are thin, weeks differ, stages take days."""
    draws, habits = Draws(seed, "number"), Draws(seed, "agent_number")
    weeks = Draws(seed, "week_number")

    def recently(factor: float) -> pl.Expr:
        return pl.when(pl.col("age") < 30).then(factor).otherwise(1.0)

    weekday = (pl.lit(AS_OF) - pl.duration(days=pl.col("age"))).dt.weekday()
    chance = (
        habits.lognormal("load", 0.45, 0.3)
        * weeks.lognormal("week", 1.0, 0.25)
        * pl.when(weekday > 5).then(0.3).otherwise(1.0)
        * recently(planted.volume)
    )
    odds = habits.lognormal("skill", 0.7, 0.3) * weeks.lognormal("luck", 1.0, bunching)
    share = odds / (1 + odds) * recently(planted.conversion)
    hours = draws.lognormal("hours", habits.lognormal("speed", 3.0, 0.5), 1.0)
    contact_days = (pl.col("hour") + pl.col("response_hours")) / 24
    interest_days = contact_days + draws.lognormal("interest", 3.0, 0.8)
    conversion_days = interest_days + draws.lognormal("conversion", 6.0, 0.8)
    hour = (9 + 8 * draws.uniform("hour")).floor()
    reached = {
        "contacted": draws.chance("contacts", (0.92 * recently(planted.answered))),
        "interested": draws.chance("interests", 0.55),
        "converted": draws.chance("converts", share),
    }
    slots = pl.select(number=pl.int_range(count * DAYS * SLOTS)).with_columns(
        agent_number=pl.col("number") // (DAYS * SLOTS),
        age=pl.col("number") // SLOTS % DAYS,
    )
    leads = (
        slots.with_columns(week_number=pl.col("agent_number") * 100 + pl.col("age") // 7)
        .filter(draws.chance("arrives", chance.clip(upper_bound=1.0)))
        .with_columns(
            response_hours=(hours * recently(planted.response)).round(6),
            hour=hour,
            source=draws.choice("source", SOURCES),
            rating=draws.choice("rating", RATINGS).cast(pl.Int64),
            is_rated=draws.chance("rates", 0.5),
            is_spoilt=draws.chance("spoils", 1 - 1 / planted.low_ratings),
            **reached,
        )
        .with_columns(
            contacted_after=pl.when("contacted").then(contact_days),
            interested_after=pl.when(pl.col("contacted") & pl.col("interested")).then(
                interest_days
            ),
            converted_after=pl.when(
                pl.col("contacted") & pl.col("interested") & pl.col("converted")
            ).then(conversion_days),
        )
    )
    return _as_known(leads, draws, planted)


def _as_known(leads: pl.DataFrame, draws: Draws, planted: Planted) -> pl.DataFrame:
    """What has happened by the as-of date; the rest has not happened yet."""
    known = {
        stage: pl.when(pl.col(f"{stage}_after").floor() <= pl.col("age")).then(
            pl.col("date") + pl.duration(days=pl.col(f"{stage}_after").floor())
        )
        for stage in ("contacted", "interested", "converted")
    }
    is_answered = pl.col("contacted_on").is_not_null()
    spoilt = pl.when(pl.col("is_spoilt") & (pl.col("age") < 30)).then(1).otherwise(pl.col("rating"))
    has_just_converted = pl.col("age") - pl.col("converted_after").floor() < 30
    recent = pl.when(has_just_converted).then(planted.revenue).otherwise(1.0)
    return (
        leads.with_columns(
            agent_id=pl.format("agent-{}", "agent_number"),
            date=pl.lit(AS_OF) - pl.duration(days=pl.col("age")),
        )
        .with_columns(**{f"{stage}_on": day for stage, day in known.items()})
        .with_columns(
            is_contacted=is_answered,
            is_interested=pl.col("interested_on").is_not_null(),
            is_converted=pl.col("converted_on").is_not_null(),
            is_unresponded=~is_answered,
            is_waiting=~is_answered,
            answered_on=pl.col("contacted_on"),
            response_hours=pl.when(is_answered).then("response_hours").cast(pl.Decimal(14, 6)),
            satisfaction_rating=pl.when(is_answered & pl.col("is_rated")).then(spoilt),
            contacted_weekday=pl.col("contacted_on").dt.weekday(),
            contacted_hour=pl.when(is_answered).then(
                ((pl.col("contacted_after") % 1) * 24).floor().cast(pl.Int64)
            ),
            revenue=(draws.lognormal("revenue", 900.0, 0.7) * recent).round(2),
        )
    )


def _metrics(leads: pl.DataFrame) -> pl.DataFrame:
    arrived = leads.group_by("agent_id", "date").agg(leads_assigned=pl.len().cast(pl.Int64))
    earned = (
        leads.filter(pl.col("converted_on").is_not_null())
        .group_by("agent_id", date="converted_on")
        .agg(
            conversions_booked=pl.len().cast(pl.Int64),
            revenue_generated=pl.col("revenue").sum().cast(pl.Decimal(18, 2)),
        )
    )
    return arrived.join(earned, on=["agent_id", "date"], how="full", coalesce=True).with_columns(
        pl.col("leads_assigned", "conversions_booked").fill_null(0),
        pl.col("revenue_generated").fill_null(0),
    )


def _sources(leads: pl.DataFrame) -> pl.DataFrame:
    return (
        leads.filter(pl.col("age") < 90)
        .group_by("agent_id", "source")
        .agg(
            lead_count=pl.len().cast(pl.Int64),
            converted_count=pl.col("is_converted").sum().cast(pl.Int64),
        )
        .with_columns(date_range=pl.lit("90"))
    )


def _ranking(count: int, seed: int) -> pl.DataFrame:
    """Ranks drawn at random for each period: they move a lot and mean nothing."""
    agents = pl.select(number=pl.int_range(count))
    rank, previous_rank = (
        Draws(seed, "number").uniform(period).rank().cast(pl.Int64)
        for period in ("current", "previous")
    )
    return agents.select(
        agent_id=pl.format("agent-{}", "number"),
        date_range=pl.lit("30"),
        rank=rank,
        previous_rank=previous_rank,
        rank_change=previous_rank - rank,
        total_agents=pl.lit(count, dtype=pl.Int64),
        previous_total_agents=pl.lit(count, dtype=pl.Int64),
    )
