"""Analytics endpoints, declared as a table: a new endpoint is a new entry."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from api.analytics import schemas
from api.analytics.parameters import OfPeriod, RecordsOfPeriod, RevenueBuckets
from api.db.statements import Statement
from api.http.query_parameters import QueryParameters
from api.http.schemas import Body

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Endpoint:
    """Parameters, statement, response and cache time of a route.

    `statement` returns one row, whose columns are the members of the body. `model` describes the
    body in the OpenAPI document; `csv_rows` names the member that is also served as CSV.
    """

    path: str
    summary: str
    parameters: type[QueryParameters]
    statement: Statement
    model: type[Body]
    cache_seconds: int
    csv_rows: str | None = None

    def csv_model(self) -> type[BaseModel]:
        """The model of one row of CSV."""
        rows = self.model.model_fields[self.csv_rows or ""].annotation
        model: type[BaseModel] = get_args(rows)[0]
        return model


ENDPOINTS = (
    Endpoint(
        path="/agent/analytics/kpis",
        summary="Key figures of a period, against an earlier one",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "kpis.sql"),
        model=schemas.Kpis,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/funnel",
        summary="How far the period's leads have come",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "funnel.sql"),
        model=schemas.Funnel,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/lead-sources",
        summary="Leads, conversion and revenue by source, most leads first",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "lead_sources.sql"),
        model=schemas.LeadSources,
        cache_seconds=300,
        csv_rows="sources",
    ),
    Endpoint(
        path="/agent/analytics/revenue-trends",
        summary="Revenue by day, week or calendar month",
        parameters=RevenueBuckets,
        statement=Statement(QUERIES / "revenue_trends.sql"),
        model=schemas.RevenueTrends,
        cache_seconds=3600,
        csv_rows="data",
    ),
    Endpoint(
        path="/agent/analytics/ranking",
        summary="One's own place in the team, and what it is made of",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "ranking.sql"),
        model=schemas.Ranking,
        cache_seconds=900,
    ),
    Endpoint(
        path="/agent/analytics/insights",
        summary="What has changed, stands out or needs doing, most important first",
        parameters=QueryParameters,
        statement=Statement(QUERIES / "insights.sql"),
        model=schemas.Insights,
        cache_seconds=300,
        csv_rows="insights",
    ),
    Endpoint(
        path="/agent/analytics/response-times",
        summary="How fast leads were answered",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "response_times.sql"),
        model=schemas.ResponseTimes,
        cache_seconds=300,
    ),
    Endpoint(
        path="/agent/analytics/measures",
        summary="Measures that the team has added",
        parameters=OfPeriod,
        statement=Statement(QUERIES / "measures.sql"),
        model=schemas.Measures,
        cache_seconds=300,
        csv_rows="measures",
    ),
    Endpoint(
        path="/agent/analytics/records",
        summary="The leads or conversions behind a number",
        parameters=RecordsOfPeriod,
        statement=Statement(QUERIES / "records.sql"),
        model=schemas.Records,
        cache_seconds=300,
        csv_rows="records",
    ),
    Endpoint(
        path="/agent/analytics/restatements",
        summary="Published numbers of closed days that changed afterwards",
        parameters=QueryParameters,
        statement=Statement(QUERIES / "restatements.sql"),
        model=schemas.Restatements,
        cache_seconds=300,
        csv_rows="restatements",
    ),
    Endpoint(
        path="/agent/analytics/metrics",
        summary="What every served number means",
        parameters=QueryParameters,
        statement=Statement(QUERIES / "metrics.sql", is_about_an_agent=False),
        model=schemas.Metrics,
        cache_seconds=300,
        csv_rows="metrics",
    ),
)
