"""Personal insights: the most important significant findings of each agent, as text."""

from datetime import date

import polars as pl

from pipelines.insights.formulas.finding import FINDING
from pipelines.insights.formulas.goal_pace import goal_pace
from pipelines.insights.formulas.lead_changes import lead_changes
from pipelines.insights.formulas.patterns import patterns
from pipelines.insights.formulas.rank_moves import rank_moves
from pipelines.insights.formulas.rendering import rendered
from pipelines.insights.formulas.selection import most_important, select_significant
from pipelines.insights.formulas.streaks import streaks
from pipelines.insights.formulas.weekly_changes import weekly_changes
from pipelines.insights.rules import Rules

# Days of leads and of daily metrics that the formulas read, the as-of date included.
LEAD_DAYS = 120
METRIC_DAYS = 181
COLUMNS = (
    "agent_id",
    "insight_id",
    "position",
    "type",
    "title",
    "message",
    "metric",
    "value",
    "change",
    "is_better",
    "evidence",
    "records",
    "rule_version",
)


def generate_personal_insights(
    metrics: pl.DataFrame,
    leads: pl.DataFrame,
    sources: pl.DataFrame,
    ranking: pl.DataFrame,
    as_of: date,
    goals: pl.DataFrame | None = None,
    *,
    rules: Rules,
) -> pl.DataFrame:
    """One row per agent and insight, for `GET /agent/analytics/insights`.

    `metrics`: marts.agent_performance_metrics of the METRIC_DAYS up to the as-of date or more;
    `sources`: marts.agent_lead_sources; `ranking`: marts.agent_team_ranking; `goals`: columns
    `goal_pace.GOALS`. `leads`: one row per lead with a lead date in the last LEAD_DAYS: agent_id,
    date, is_contacted, is_interested, is_converted, is_unresponded, is_waiting, response_hours,
    satisfaction_rating, and as dates in the business time zone or null contacted_on,
    interested_on, converted_on (the first that the stage or a later one was reached), answered_on
    (the contact, or created + response hours); contacted_weekday (1 = Monday) and contacted_hour
    of contacted_at there. `value` and `change` are text with the decimals served.
    """
    changes = pl.concat([lead_changes(leads, as_of), weekly_changes(metrics, as_of)])
    others = [streaks(metrics, as_of), patterns(sources, leads, as_of)]
    if goals is not None:
        others.append(goal_pace(goals))
    rows = rules.frame()
    selected = select_significant(pl.concat([changes, *others]), rows)
    moves = select_significant(rank_moves(ranking, selected.select(list(FINDING))), rows)
    chosen = most_important(pl.concat([selected, moves]), rules.insights_per_agent)
    stem, subject = pl.format("{}:{}", "rule_id", "window_days"), pl.format(":{}", "subject")
    return (
        rendered(chosen, rules)
        .filter(pl.col("agent_id") != "")
        .with_columns(
            insight_id=pl.when(pl.col("subject") == "").then(stem).otherwise(stem + subject),
            rule_version=pl.col("version"),
        )
        .select(COLUMNS)
    )
