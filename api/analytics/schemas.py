"""Response bodies of the analytics endpoints, field by field."""

import datetime as dt
from typing import Literal

from pydantic import Field

from api.analytics.parameters import RecordMetric, Stage
from api.http.schemas import Body, Meta, Model, Number

DATE_RANGE = "Name of the period, or its dates, such as `2026-01-10..2026-02-05`."


class PeriodDates(Model):
    """Dates of a period and of the days that it is compared with, all included."""

    from_: dt.date = Field(alias="from")
    to: dt.date = Field(description="Not after the as-of date.")
    compare_from: dt.date | None = Field(
        description="First day of the earlier days; null without a complete day."
    )
    compare_to: dt.date | None = Field(
        description="Last of the earlier days: as many as the complete days of the period, at most"
        " all of the earlier period."
    )
    through: dt.date = Field(description="The last complete day.")


class PeriodBody(Body):
    date_range: str = Field(description=DATE_RANGE)
    period: PeriodDates


TrendReason = Literal[
    "named_periods_only",
    "no_complete_day",
    "partial_history",
    "undated",
    "no_data",
    "previous_zero",
]
RankReason = Literal["named_periods_only", "too_few_leads", "too_few_agents", "not_served"]


class KpiValues(Model):
    # generated: fields agent_kpis kpis kpis
    leads_handled: int
    leads_this_week: int
    conversion_rate: Number | None
    total_revenue: Number
    conversions_booked: int
    response_time_hours: Number | None
    response_time_median_hours: Number | None
    response_time_business_hours: Number | None
    satisfaction_score: Number | None
    satisfaction_count: int
    # end generated
    team_ranking: int | None
    total_agents: int | None = Field(description="Null for a free range of dates.")


class KpiTrends(Model):
    # generated: trend-fields Number | None
    leads: Number | None
    conversion: Number | None
    revenue: Number | None
    response: Number | None
    response_median: Number | None
    response_business: Number | None
    satisfaction: Number | None
    ranking: Number | None
    # end generated


class Trend(Model):
    """A period against the one before, or a year before: of equally many complete days, each lead
    at the same age."""

    current: Number | None
    previous: Number | None
    change: Number | None
    unit: str
    points: Number | None = Field(description="Difference in percentage points, of rates.")
    better: bool | None
    reason: TrendReason | None = Field(description="Why there is no change to give.")
    is_notable: bool = Field(
        description="Whether the change is more than chance, over all trends of the period."
    )


class KpiTrendDetails(Model):
    # generated: trend-fields Trend
    leads: Trend
    conversion: Trend
    revenue: Trend
    response: Trend
    response_median: Trend
    response_business: Trend
    satisfaction: Trend
    ranking: Trend
    # end generated


class Kpis(PeriodBody):
    kpis: KpiValues
    trends: KpiTrends
    trend_details: KpiTrendDetails
    meta: Meta


class FunnelStages(Model):
    # generated: fields agent_funnel funnel funnel
    assigned: int
    contacted: int
    interested: int
    converted: int
    # end generated


class FunnelRates(Model):
    # generated: fields agent_funnel funnel conversionRates
    contact_rate: Number | None
    interest_rate: Number | None
    conversion_rate: Number | None
    # end generated


class Funnel(PeriodBody):
    funnel: FunnelStages
    conversion_rates: FunnelRates = Field(description="Of the assigned leads.")
    of_previous: FunnelRates = Field(description="Of the stage before.")
    meta: Meta


class LeadSource(Model):
    source: str
    # generated: fields agent_lead_sources lead-sources sources[]
    count: int
    conversion_rate: Number | None
    revenue: Number
    conversions_booked: int
    # end generated


class LeadSources(PeriodBody):
    sources: list[LeadSource]
    meta: Meta


class Restatement(Model):
    """Published numbers of days that were over, which changed afterwards.

    One number if a row of the CRM changed; all numbers of a build if definitions changed: `date`,
    `measure`, `old` and `new` are null then.
    """

    date: dt.date | None
    measure: str | None
    old: Number | None
    new: Number | None
    changes: int = Field(description="How many numbers changed.")
    build_id: int
    cause: Literal["source", "definition"] = Field(
        description="A late or corrected row of the CRM, or a changed definition."
    )
    restated_at: dt.datetime


class Restatements(Body):
    restatements: list[Restatement] = Field(description="The newest 1000, newest first.")
    meta: Meta


class RevenuePoint(Model):
    date: dt.date
    revenue: Number


class RevenueInsights(Model):
    best_day: RevenuePoint | None
    month_total: Number
    month_change: Number | None
    month_change_reason: TrendReason | None
    is_month_change_notable: bool = Field(description="Whether the change is more than chance.")


class RevenueTrends(Body):
    period: Literal["daily", "weekly", "monthly"]
    date_range: str | None = Field(description=f"{DATE_RANGE} Null without a period.")
    dates: PeriodDates | None = Field(description="Of `dateRange`; null without it.")
    data: list[RevenuePoint]
    previous: list[RevenuePoint] | None = Field(
        description="Buckets of the earlier period, in the same places; null without `dateRange`."
        " They cover as many days as the period, or all of the earlier one; `dates` has the"
        " complete days, which trends compare."
    )
    insights: RevenueInsights
    meta: Meta


class RankingComponents(Model):
    # generated: fields agent_team_ranking ranking components
    conversion: Number | None
    satisfaction: Number | None
    response: Number | None
    # end generated


class RankingWeights(Model):
    # generated: fields agent_team_ranking ranking weights
    conversion: Number
    satisfaction: Number
    response: Number
    # end generated


class OneMore(Model):
    """Change of the own score by one more conversion, immediate answer, and rating of 5."""

    # generated: fields agent_team_ranking ranking oneMore
    conversion: Number | None
    answer: Number | None
    rating: Number | None
    # end generated


class RankRange(Model):
    """Places that the own numbers leave open, in eight of ten cases."""

    low: int
    high: int


class Ranking(PeriodBody):
    rank: int | None
    rank_range: RankRange | None = Field(description="Null with fewer than 5 ranked agents.")
    total_agents: int | None = Field(description="Null for a free range of dates.")
    score: Number | None
    components: RankingComponents
    weights: RankingWeights | None = Field(
        description="Null for a free range, and for an agent that the data does not know."
    )
    one_more: OneMore
    change: Number | None = Field(description="Places moved up since the period before.")
    reason: RankReason | None = Field(description="Why there is no rank.")
    meta: Meta


class ResponseBucket(Model):
    bucket: Literal["0-1h", "1-4h", "4-8h", "8-24h", "24h+"]
    count: int


class BusinessResponse(Model):
    """Response in open hours of the agent's calendar."""

    # generated: fields agent_response_times response-times business
    mean: Number | None
    median: Number | None
    # end generated
    buckets: list[ResponseBucket]


class RollingResponse(Model):
    date: dt.date
    rolling_7d_hours: Number | None = Field(alias="rolling7dHours")
    rolling_30d_hours: Number | None = Field(alias="rolling30dHours")


class ResponseTimes(PeriodBody):
    # generated: fields agent_response_times response-times .
    mean: Number | None
    median: Number | None
    p90: Number | None
    unresponded: int
    waiting: int
    inherited: int
    # end generated
    business: BusinessResponse | None = Field(
        description="Null without a calendar, and where no lead of the period was responded."
    )
    buckets: list[ResponseBucket]
    rolling: list[RollingResponse]
    meta: Meta


class Evidence(Model):
    """What an insight rests on; `p` is adjusted for how much was tested, null where no test is."""

    n: int = Field(description="Leads, ratings, days or agents that it is about.")
    n_before: int | None = Field(description="Those that they are compared with.")
    window: str
    test: str
    statistic: float | None
    p: float | None


class Insight(Model):
    id: str = Field(description="Stays the same from build to build.")
    type: Literal["positive", "negative", "info", "action"]
    title: str
    message: str
    metric: str
    value: Number | None
    change: Number | None = Field(description="In percent, of a rank in places.")
    better: bool | None
    evidence: Evidence
    records: str | None = Field(
        description="The query of `/agent/analytics/records` that lists the leads behind it."
    )


class Insights(Body):
    insights: list[Insight]
    meta: Meta


class Record(Model):
    lead_id: str | None
    date: dt.date = Field(description="Lead date; of revenue, the day of the conversion.")
    source: str
    contacted_on: dt.date | None
    interested_on: dt.date | None
    converted_on: dt.date | None
    response_hours: Number | None
    satisfaction_rating: int | None
    revenue: Number | None


class Records(PeriodBody):
    metric: RecordMetric
    stage: Stage | None
    source: str | None
    count: int = Field(description="As many as the number says that they stand behind.")
    records: list[Record]
    meta: Meta


class Measure(Model):
    """A number that the team has added; `/agent/analytics/metrics` holds its formula."""

    measure: str
    value: Number | None
    text: str
    unit: str
    better: str | None


class Measures(PeriodBody):
    measures: list[Measure]
    reason: Literal["named_periods_only"] | None = Field(
        description="Why there are no values: a free range of dates has none."
    )
    meta: Meta


class MetricDefinition(Model):
    route: str
    field: str = Field(
        description="Path in the body; `[]` is each of a list, `[name]` that one, `*` any name."
    )
    text: str
    unit: str
    better: str | None = Field(description="Whether higher or lower is better; null for neither.")
    formula: str
    rounding: str


class Metrics(Body):
    metrics: list[MetricDefinition]
    meta: Meta
