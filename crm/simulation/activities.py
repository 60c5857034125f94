"""Activity log rows of simulated leads, as the CRM's triggers and agents would write them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from crm.simulation.clock import after
from crm.simulation.draws import Draws

MESSY_REVENUES = {'"abc"': 0.3, '"1,250.00"': 0.3, "null": 0.3, '" 980.50 "': 0.1}
MESSY_SHARE = 0.004
UNKNOWN_LEAD_SHARE = 0.0005


@dataclass(frozen=True)
class Activity:
    """Logged for each lead where `at` is not null, by the agent in the column `agent`."""

    activity_type: str
    title: str
    at: pl.Expr
    metadata: pl.Expr
    agent: str = "agent"
    lead: str = "lead_id"


def activity_rows(lifecycles: pl.DataFrame, seed: int, horizon: datetime) -> pl.DataFrame:
    """Return one row per activity up to the horizon, in order of time."""
    draws = Draws(seed, "number")
    logged = [*assignments(), *contacts(draws), *status_changes(), *conversions(draws)]
    return (
        pl.concat(_rows(lifecycles, activity) for activity in logged)
        .filter(pl.col("timestamp") <= horizon)
        .sort("timestamp", maintain_order=True)
        .with_columns(recorded_at="timestamp")
    )


def _rows(lifecycles: pl.DataFrame, activity: Activity) -> pl.DataFrame:
    return lifecycles.select(
        agent_id=activity.agent,
        lead_id=activity.lead,
        activity_type=pl.lit(activity.activity_type),
        title=pl.lit(activity.title),
        metadata=activity.metadata,
        timestamp=activity.at,
    ).filter(pl.col("timestamp").is_not_null())


def assignments() -> list[Activity]:
    source = pl.when(pl.col("source") == "").then(pl.lit("null")).otherwise(quoted("source"))
    metadata = json(source=source, origin="trigger")
    owners = {
        "assigned_at": "first_agent",
        "reassigned_at": "agent",
        "handed_over_at": "next_agent",
    }
    return [
        Activity("assignment", "Lead Assigned", pl.col(at), metadata, agent)
        for at, agent in owners.items()
    ]


def contacts(draws: Draws) -> list[Activity]:
    """The first contact or an attempt at it, then follow-ups and meetings."""
    contacted_at = pl.col("contacted_at")
    owned_at = pl.coalesce("reassigned_at", "assigned_at")
    ended_at = pl.coalesce("converted_at", "lost_at", "interested_at")
    attempted_at = after(owned_at, draws.lognormal("attempt", 6.0, 0.8))
    follow_up_at = contacted_at + (ended_at - contacted_at) * draws.uniform("follow-up")
    meeting_at = after(pl.col("interested_at"), draws.lognormal("meeting", 20.0, 0.7))
    calls = draws.chance("calls first", 0.65)
    attempts = contacted_at.is_null() & draws.chance("attempts", 0.7)
    minutes = draws.lognormal("minutes", 6.0, 0.7).ceil().cast(pl.Int64).cast(pl.String)
    call = json(outcome="answered", duration_minutes=minutes)
    email = json(outcome="sent")
    meeting = json(duration_minutes=pl.lit("30"))
    unanswered = json(outcome="no_answer")

    def where(happens: pl.Expr, at: pl.Expr) -> pl.Expr:
        return pl.when(happens).then(at)

    return [
        Activity("call", "Call Attempted", where(attempts, attempted_at), unanswered),
        Activity("call", "First Call", where(calls, contacted_at), call),
        Activity("email", "First Email", where(~calls, contacted_at), email),
        Activity("email", "Email", where(draws.chance("emails", 0.3), follow_up_at), email),
        Activity("call", "Call", where(draws.chance("calls", 0.35), follow_up_at), call),
        Activity("meeting", "Meeting", where(draws.chance("meets", 0.55), meeting_at), meeting),
    ]


def status_changes() -> list[Activity]:
    """Changes after the first contact, which is logged as a call or email."""
    before_loss = (
        pl.when(pl.col("interested_at").is_not_null())
        .then(pl.lit('"interested"'))
        .when(pl.col("contacted_at").is_not_null())
        .then(pl.lit('"contacted"'))
        .otherwise(pl.lit('"new"'))
    )
    changes: dict[str, tuple[pl.Expr | str, str]] = {
        "interested_at": ("contacted", "interested"),
        "converted_at": ("interested", "converted"),
        "lost_at": (before_loss, "lost"),
    }
    return [
        Activity(
            "status_change",
            "Status Changed",
            pl.col(at),
            json(old_disposition=old, new_disposition=new, origin="trigger"),
        )
        for at, (old, new) in changes.items()
    ]


def conversions(draws: Draws) -> list[Activity]:
    """The agent's entry with the revenue, the trigger's entry just after it, and refunds."""
    is_messy = draws.chance("messy revenue", MESSY_SHARE)
    revenue = (
        pl.when(is_messy)
        .then(draws.choice("messy as", MESSY_REVENUES))
        .otherwise(pl.col("revenue").cast(pl.String))
    )
    refund = pl.col("refund").cast(pl.String)
    converted_at, refunded_at = pl.col("converted_at"), pl.col("refunded_at")
    triggered_at = converted_at + timedelta(seconds=40)
    orphaned_at = pl.when(draws.chance("orphan", UNKNOWN_LEAD_SHARE)).then(converted_at)
    by_trigger = json(origin="trigger")
    return [
        Activity("conversion", "Sale Closed", converted_at, json(revenue=revenue)),
        Activity("conversion", "Lead Converted", triggered_at, by_trigger),
        Activity("conversion", "Refund", refunded_at, json(revenue=refund)),
        Activity("conversion", "Sale Closed", orphaned_at, json(revenue=revenue), lead="no_lead"),
    ]


def json(**members: pl.Expr | str) -> pl.Expr:
    """A JSON object; a member is a string, or an expression that returns JSON."""
    parts: list[pl.Expr] = []
    for key, member in members.items():
        parts.append(pl.lit(f'{", " if parts else "{"}"{key}": '))
        parts.append(member if isinstance(member, pl.Expr) else pl.lit(f'"{member}"'))
    return pl.concat_str(*parts, pl.lit("}"))


def quoted(column: str) -> pl.Expr:
    return pl.format('"{}"', column)
