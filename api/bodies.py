"""How the rows of a route's statements are laid out as its body."""

from typing import Any

from api.pool import Rows

Content = dict[str, Any]


def kpis(rows: Rows) -> Content:
    trends = rows["trends"]
    return {
        "kpis": rows["kpis"][0],
        "trends": {trend["metric"]: trend["change"] for trend in trends},
        "trend_details": {trend["metric"]: trend for trend in trends},
    }


def funnel(rows: Rows) -> Content:
    (row,) = rows["funnel"]
    return {
        "funnel": row,
        "conversion_rates": {
            "contact_rate": row["contact_rate_pct"],
            "interest_rate": row["interest_rate_pct"],
            "conversion_rate": row["conversion_rate_pct"],
        },
        "of_previous": {
            "contact_rate": row["contacted_of_assigned_pct"],
            "interest_rate": row["interested_of_contacted_pct"],
            "conversion_rate": row["converted_of_interested_pct"],
        },
    }


def lead_sources(rows: Rows) -> Content:
    return {"sources": rows["lead_sources"]}


def revenue_trends(rows: Rows) -> Content:
    (summary,) = rows["revenue_summary"]
    best_day = {"date": summary["best_date"], "revenue": summary["best_date_revenue"]}
    return {
        "data": rows["revenue_trends"],
        "insights": {**summary, "best_day": best_day if summary["best_date"] else None},
    }


def ranking(rows: Rows) -> Content:
    (row,) = rows["ranking"]
    return {**row, "components": row}


def response_times(rows: Rows) -> Content:
    (row,) = rows["response_times"]
    return {
        **row,
        "buckets": [
            {"bucket": "0-1h", "count": row["under_1h_count"]},
            {"bucket": "1-4h", "count": row["from_1h_to_4h_count"]},
            {"bucket": "4-8h", "count": row["from_4h_to_8h_count"]},
            {"bucket": "8-24h", "count": row["from_8h_to_24h_count"]},
            {"bucket": "24h+", "count": row["from_24h_count"]},
        ],
        "rolling": rows["response_rolling"],
    }


def restatements(rows: Rows) -> Content:
    return {"restatements": rows["restatements"]}


def insights(rows: Rows) -> Content:
    return {"insights": rows["insights"]}


def records(rows: Rows) -> Content:
    return {"count": len(rows["records"]), "records": rows["records"]}


def measures(rows: Rows) -> Content:
    return {"measures": rows["measures"]}


def metrics(rows: Rows) -> Content:
    return {"metrics": rows["metrics"]}
