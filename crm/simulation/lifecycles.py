"""Simulated lifecycles of leads: owners, stages, revenue, and when each event happens."""

from datetime import datetime

import polars as pl

from crm.simulation.clock import after, in_shift
from crm.simulation.draws import Draws
from crm.simulation.sources import SHARES, source_frame

EVENTS = [
    "assigned_at",
    "reassigned_at",
    "contacted_at",
    "interested_at",
    "converted_at",
    "lost_at",
    "refunded_at",
    "handed_over_at",
]
MEDIAN_REVENUE = 2400.0


def lead_lifecycles(
    arrivals: pl.DataFrame, roster: pl.DataFrame, seed: int, time_zone: str, horizon: datetime
) -> pl.DataFrame:
    """Return one row per lead created by the horizon; later events are null.

    `first_agent` is assigned the lead, `agent` works it (another one if it is reassigned before the
    first contact), and `next_agent` takes it over at the end.
    """
    draws = Draws(seed, "number")
    return (
        arrivals.filter(pl.col("created_at") <= horizon)
        .with_columns(source=draws.choice("source", SHARES))
        .join(source_frame(), on="source", how="left", maintain_order="left")
        .pipe(with_agents, roster, draws)
        .pipe(with_contact, draws, time_zone)
        .pipe(with_stages, draws)
        .pipe(with_end, draws)
        .with_columns(pl.when(pl.col(at) <= horizon).then(pl.col(at)) for at in EVENTS)
        .with_columns(agent=working_agent())
    )


def working_agent() -> pl.Expr:
    is_first = pl.col("reassigned_at").is_null()
    return pl.when(is_first).then(pl.col("first_agent")).otherwise(pl.col("agent"))


def with_agents(leads: pl.DataFrame, roster: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Assign most leads once, some twice and some never."""

    def draw_agent(name: str) -> pl.Expr:
        index = pl.lit(roster["load_until"]).search_sorted(draws.uniform(name))
        return pl.lit(roster["agent_id"]).gather(index.clip(0, len(roster) - 1))

    is_assigned = draws.chance("assigned", 0.97)
    is_reassigned = draws.chance("reassigned", 0.06) & (pl.col("agent") != pl.col("first_agent"))
    assigned_at = after(pl.col("created_at"), draws.lognormal("routing", 0.08, 1.0))
    reassigned_at = after(pl.col("assigned_at"), draws.lognormal("reassignment", 5.0, 1.0))
    return (
        leads.with_columns(
            first_agent=draw_agent("first agent"),
            agent=draw_agent("agent"),
            next_agent=draw_agent("next agent"),
            assigned_at=pl.when(is_assigned).then(assigned_at),
        )
        .with_columns(reassigned_at=pl.when(is_reassigned).then(reassigned_at))
        .with_columns(agent=working_agent())
        .join(roster, left_on="agent", right_on="agent_id", how="left", maintain_order="left")
        .with_columns(skill=pl.col("skill") * (pl.col("drift") * (pl.col("elapsed") - 0.5)).exp())
    )


def with_contact(leads: pl.DataFrame, draws: Draws, time_zone: str) -> pl.DataFrame:
    """Put the first contact into a shift of its agent; a slow response is rated lower."""
    owned_at = pl.coalesce("reassigned_at", "assigned_at")
    median = pl.col("response_hours") * pl.col("delay")
    intended_at = after(owned_at, draws.lognormal("response", median, 0.9))
    wait = draws.lognormal("morning", 0.4, 0.8)
    is_contacted = draws.chance("contacted", (pl.col("skill").sqrt() * 0.86).clip(0.3, 0.97))
    hours = (pl.col("contacted_at") - owned_at).dt.total_milliseconds() / 3_600_000
    opinion = (
        pl.col("warmth")
        - ((pl.col("hours") / 2 + 1).log(2) * 0.45)
        + draws.normal("opinion") * 0.7
        + 4.6
    )
    is_rated = draws.chance("rated", 0.38) & pl.col("contacted_at").is_not_null()
    return (
        leads.with_columns(
            contacted_at=pl.when(is_contacted).then(
                in_shift(intended_at, pl.col("shift_start_hour"), wait, time_zone)
            )
        )
        .with_columns(hours=hours.round(6))
        .with_columns(
            rating=pl.when(is_rated).then(opinion.round().clip(1, 5).cast(pl.Int64)),
        )
    )


def with_stages(leads: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Add interest, conversion and its revenue, or the loss of the lead at the stage reached."""
    odds = pl.col("skill") * pl.col("quality")
    freshness = pl.lit(0.5).pow(pl.col("hours") / 12) * 0.4 + 0.7
    is_interested = draws.chance("interested", (odds.sqrt() * 0.5).clip(0.05, 0.92))
    is_converted = draws.chance("converted", (odds * freshness * 0.42).clip(0.02, 0.9))
    is_lost = draws.chance("lost", 0.78) & pl.col("converted_at").is_null()
    revenue = draws.lognormal("revenue", pl.col("value") * MEDIAN_REVENUE, 0.75)
    return (
        leads.with_columns(
            interested_at=pl.when(is_interested).then(
                after(pl.col("contacted_at"), draws.lognormal("interest", 22.0, 1.0))
            )
        )
        .with_columns(
            converted_at=pl.when(is_converted).then(
                after(pl.col("interested_at"), draws.lognormal("decision", 90.0, 0.9))
            )
        )
        .with_columns(
            lost_at=pl.when(is_lost).then(
                after(
                    pl.coalesce("interested_at", "contacted_at", "assigned_at"),
                    draws.lognormal("loss", 200.0, 0.8),
                )
            ),
            revenue=pl.when(pl.col("converted_at").is_not_null()).then(revenue.round(2)),
        )
    )


def with_end(leads: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Refund a few conversions in part; hand a few leads over afterwards."""
    ended_at = pl.coalesce("converted_at", "lost_at")
    is_handed_over = draws.chance("handed over", 0.03) & (pl.col("next_agent") != pl.col("agent"))
    return leads.with_columns(
        refunded_at=pl.when(draws.chance("refunded", 0.02)).then(
            after(pl.col("converted_at"), draws.lognormal("refund", 300.0, 0.6))
        ),
        refund=(pl.col("revenue") * (draws.uniform("refund part") * 0.8 + 0.2)).round(2) * -1,
        handed_over_at=pl.when(is_handed_over).then(
            after(ended_at, draws.lognormal("handover", 120.0, 0.8))
        ),
    )
