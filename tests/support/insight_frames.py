"""Rows of the frames that insights are computed from, few enough to work out on paper."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from pipelines.insights.formulas.goal_pace import GOALS
from pipelines.insights.formulas.personal_insights import COLUMNS, generate_personal_insights
from pipelines.insights.rules import Rules
from pipelines.insights.rules_file import load_rules

AS_OF = date(2024, 6, 14)
Schema = dict[str, pl.DataType | type[pl.DataType]]
LEADS: Schema = {
    "agent_id": pl.String,
    "date": pl.Date,
    "is_contacted": pl.Boolean,
    "is_interested": pl.Boolean,
    "is_converted": pl.Boolean,
    "is_unresponded": pl.Boolean,
    "is_waiting": pl.Boolean,
    "response_hours": pl.Decimal(14, 6),
    "satisfaction_rating": pl.Int64,
    "contacted_on": pl.Date,
    "interested_on": pl.Date,
    "converted_on": pl.Date,
    "answered_on": pl.Date,
    "contacted_weekday": pl.Int64,
    "contacted_hour": pl.Int64,
}
METRICS: Schema = {
    "agent_id": pl.String,
    "date": pl.Date,
    "leads_assigned": pl.Int64,
    "conversions_booked": pl.Int64,
    "revenue_generated": pl.Decimal(18, 2),
}
SOURCES: Schema = {
    "agent_id": pl.String,
    "date_range": pl.String,
    "source": pl.String,
    "lead_count": pl.Int64,
    "converted_count": pl.Int64,
}
RANKING: Schema = {
    "agent_id": pl.String,
    "date_range": pl.String,
    "rank": pl.Int64,
    "previous_rank": pl.Int64,
    "rank_change": pl.Int64,
    "total_agents": pl.Int64,
    "previous_total_agents": pl.Int64,
}
Row = dict[str, object]


def insights(
    leads: list[Row] | None = None,
    metrics: list[Row] | None = None,
    sources: list[Row] | None = None,
    ranking: list[Row] | None = None,
    goals: list[Row] | None = None,
    rules: Rules | None = None,
) -> list[Row]:
    found = generate_personal_insights(
        pl.DataFrame(metrics or [], METRICS),
        pl.DataFrame(leads or [], LEADS),
        pl.DataFrame(sources or [], SOURCES),
        pl.DataFrame(ranking or [], RANKING),
        AS_OF,
        None if goals is None else pl.DataFrame(goals, GOALS),
        rules=rules or load_rules(),
    )
    assert found.columns == list(COLUMNS)
    return found.to_dicts()


def lead(age: int, converted_after: int | None = None, dated: bool = True) -> Row:
    """Created `age` days ago and contacted immediately; converted `converted_after` days later."""
    day = AS_OF - timedelta(days=age)
    is_converted = converted_after is not None and converted_after <= age
    converted_on = day + timedelta(days=converted_after or 0) if is_converted and dated else None
    return {
        "agent_id": "ann",
        "date": day,
        "is_contacted": True,
        "is_interested": is_converted,
        "is_converted": is_converted,
        "is_unresponded": False,
        "is_waiting": False,
        "response_hours": Decimal("1.5"),
        "satisfaction_rating": 4,
        "contacted_on": day,
        "interested_on": converted_on,
        "converted_on": converted_on,
        "answered_on": day,
        "contacted_weekday": day.isoweekday(),
        "contacted_hour": 10,
    }


def day(age: int, leads: int = 0, conversions: int = 0, revenue: str = "0") -> Row:
    return {
        "agent_id": "ann",
        "date": AS_OF - timedelta(days=age),
        "leads_assigned": leads,
        "conversions_booked": conversions,
        "revenue_generated": Decimal(revenue),
    }


def source(name: str, leads: int, converted: int, agent: str = "ann") -> Row:
    return {
        "agent_id": agent,
        "date_range": "90",
        "source": name,
        "lead_count": leads,
        "converted_count": converted,
    }
