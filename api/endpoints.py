"""The table of analytics routes: to add a route is to add an entry."""

from dataclasses import dataclass
from typing import Any, get_args

from api import examples, models
from api.parameters import Parameters, Period, RecordsOfWindow, Window
from api.statements import Statement


@dataclass(frozen=True)
class Endpoint:
    """What a route takes, reads and answers, and how long its answer may be kept.

    `statement` finds one row: its columns are the members of the body; `model` says in
    the OpenAPI document what they look like, and names the columns of CSV.
    """

    path: str
    summary: str
    parameters: type[Parameters]
    statement: Statement
    model: type[models.Body]
    example: dict[str, Any]
    cache_seconds: int
    csv_rows: str | None = None

    def csv_columns(self) -> list[str]:
        """The fields of the list that is answered as CSV."""
        rows = self.model.model_fields[self.csv_rows or ""].annotation
        (row,) = get_args(rows)
        return [field.alias or name for name, field in row.model_fields.items()]


ENDPOINTS = (
    Endpoint(
        path="/agent/analytics/kpis",
        summary="Key figures of a window, against the window before",
        parameters=Window,
        statement=Statement("kpis"),
        model=models.Kpis,
        example=examples.KPIS,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/funnel",
        summary="How far the window's leads have come",
        parameters=Window,
        statement=Statement("funnel"),
        model=models.Funnel,
        example=examples.FUNNEL,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/lead-sources",
        summary="Leads, conversion and revenue by source, most leads first",
        parameters=Window,
        statement=Statement("lead_sources"),
        model=models.LeadSources,
        example=examples.LEAD_SOURCES,
        cache_seconds=300,
        csv_rows="sources",
    ),
    Endpoint(
        path="/agent/analytics/revenue-trends",
        summary="Revenue by day, ISO week or calendar month",
        parameters=Period,
        statement=Statement("revenue_trends"),
        model=models.RevenueTrends,
        example=examples.REVENUE_TRENDS,
        cache_seconds=3600,
        csv_rows="data",
    ),
    Endpoint(
        path="/agent/analytics/ranking",
        summary="One's own place in the team, and what it is made of",
        parameters=Window,
        statement=Statement("ranking"),
        model=models.Ranking,
        example=examples.RANKING,
        cache_seconds=900,
    ),
    Endpoint(
        path="/agent/analytics/insights",
        summary="What has changed, stands out or needs doing, most important first",
        parameters=Parameters,
        statement=Statement("insights"),
        model=models.Insights,
        example=examples.INSIGHTS,
        cache_seconds=300,
        csv_rows="insights",
    ),
    Endpoint(
        path="/agent/analytics/response-times",
        summary="How fast leads were answered",
        parameters=Window,
        statement=Statement("response_times"),
        model=models.ResponseTimes,
        example=examples.RESPONSE_TIMES,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/measures",
        summary="Measures that the team has added",
        parameters=Window,
        statement=Statement("measures"),
        model=models.Measures,
        example=examples.MEASURES,
        cache_seconds=300,
        csv_rows="measures",
    ),
    Endpoint(
        path="/agent/analytics/records",
        summary="The leads or conversions behind a number",
        parameters=RecordsOfWindow,
        statement=Statement("records"),
        model=models.Records,
        example=examples.RECORDS,
        cache_seconds=300,
        csv_rows="records",
    ),
    Endpoint(
        path="/agent/analytics/restatements",
        summary="Published numbers of closed days that changed afterwards",
        parameters=Parameters,
        statement=Statement("restatements"),
        model=models.Restatements,
        example=examples.RESTATEMENTS,
        cache_seconds=300,
        csv_rows="restatements",
    ),
    Endpoint(
        path="/agent/analytics/metrics",
        summary="What every served number means",
        parameters=Parameters,
        statement=Statement("metrics", is_about_an_agent=False),
        model=models.Metrics,
        example=examples.METRICS,
        cache_seconds=300,
        csv_rows="metrics",
    ),
)
