"""Example bodies of the analytics endpoints, as the OpenAPI document shows them."""

from typing import Any

from api.http.schemas import META_EXAMPLE as META


def _trend(
    current: float | None,
    previous: float | None,
    change: float | None,
    *,
    unit: str = "pct",
    points: float | None = None,
    better: bool | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    return {
        "current": current,
        "previous": previous,
        "change": change,
        "unit": unit,
        "points": points,
        "better": better,
        "reason": reason,
    }


KPIS: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "kpis": {
        # generated: example-fields agent_kpis kpis kpis
        "leadsHandled": 47,
        "leadsThisWeek": 6,
        "conversionRate": 68.1,
        "totalRevenue": 15750.00,
        "responseTimeHours": 2.4,
        "responseTimeMedianHours": 1.1,
        "satisfactionScore": 4.6,
        "satisfactionCount": 21,
        # end generated
        "teamRanking": 3,
        "totalAgents": 15,
    },
    "trends": {
        # generated: example-changes
        "leads": 17.5,
        "conversion": 4.8,
        "revenue": 5.0,
        "response": -20.0,
        "responseMedian": 0.0,
        "satisfaction": None,
        "ranking": 2,
        # end generated
    },
    "trendDetails": {
        # generated: example-trends
        "leads": _trend(47, 40, 17.5, better=True),
        "conversion": _trend(68.1, 65.0, 4.8, points=3.1, better=True),
        "revenue": _trend(15750.00, 15000.00, 5.0, better=True),
        "response": _trend(2.4, 3.0, -20.0, better=True),
        "responseMedian": _trend(1.1, 1.1, 0.0),
        "satisfaction": _trend(4.6, None, None, reason="no_data"),
        "ranking": _trend(3, 5, 2, unit="places", better=True),
        # end generated
    },
    "meta": META,
}

FUNNEL: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "funnel": {"assigned": 47, "contacted": 40, "interested": 34, "converted": 32},
    "conversionRates": {"contactRate": 85.1, "interestRate": 72.3, "conversionRate": 68.1},
    "ofPrevious": {"contactRate": 85.1, "interestRate": 85.0, "conversionRate": 94.1},
    "meta": META,
}

LEAD_SOURCES: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "sources": [
        {"source": "Website", "count": 32, "conversionRate": 71.9, "revenue": 11250.00},
        {"source": "Referral", "count": 15, "conversionRate": 60.0, "revenue": 4500.00},
    ],
    "meta": META,
}

REVENUE_TRENDS: dict[str, Any] = {
    "agentId": "agent-7",
    "period": "daily",
    "data": [
        {"date": "2026-03-30", "revenue": 0.00},
        {"date": "2026-03-31", "revenue": 1250.50},
    ],
    "insights": {
        "bestDay": {"date": "2026-03-31", "revenue": 1250.50},
        "monthTotal": 15750.00,
        "monthChange": 5.0,
    },
    "meta": META,
}

RANKING: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "rank": 3,
    "totalAgents": 15,
    "score": 0.752279,
    "components": {"conversion": 0.680851, "satisfaction": 0.9, "response": 0.659754},
    "change": 2,
    "meta": META,
}

RESPONSE_TIMES: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "7",
    "mean": 2.4,
    "median": 1.1,
    "p90": 6.3,
    "unresponded": 2,
    "buckets": [
        {"bucket": "0-1h", "count": 19},
        {"bucket": "1-4h", "count": 14},
        {"bucket": "4-8h", "count": 5},
        {"bucket": "8-24h", "count": 2},
        {"bucket": "24h+", "count": 0},
    ],
    "rolling": [
        {"date": "2026-03-30", "rolling7dHours": None, "rolling30dHours": 2.5},
        {"date": "2026-03-31", "rolling7dHours": 1.8, "rolling30dHours": 2.4},
    ],
    "meta": META,
}

RESTATEMENTS: dict[str, Any] = {
    "agentId": "agent-7",
    "restatements": [
        {
            "date": "2026-02-14",
            "measure": "revenue_generated",
            "old": 250.00,
            "new": 1250.00,
            "buildId": 41,
            "cause": "source",
            "restatedAt": "2026-03-31T08:05:01Z",
        }
    ],
    "meta": META,
}

INSIGHTS: dict[str, Any] = {
    "agentId": "agent-7",
    "insights": [
        {
            "id": "conversion_fell:30",
            "type": "negative",
            "title": "Fewer of your leads convert",
            "message": "21.9 % of your 73 leads of the last 30 days have converted; at the same "
            "point it was 38.2 % in the 90 days before. Go through the leads that showed interest "
            "and have not converted.",
            "metric": "conversion",
            "value": 21.9,
            "change": -42.7,
            "better": False,
            "evidence": {
                "n": 73,
                "nBefore": 212,
                "window": "30 days against the 90 before",
                "test": "two proportions at equal age, clustered, Holm-adjusted",
                "statistic": -2.548,
                "p": 0.03252,
            },
            "records": "metric=conversion&dateRange=30",
        }
    ],
    "meta": META,
}

MEASURES: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "measures": [
        {
            "measure": "revenue_per_conversion",
            "value": 492.19,
            "text": "Revenue of the window, less refunds, for each conversion booked.",
            "unit": "money",
            "better": "higher",
        }
    ],
    "meta": META,
}

RECORDS: dict[str, Any] = {
    "agentId": "agent-7",
    "dateRange": "30",
    "metric": "funnel",
    "stage": "interested",
    "source": None,
    "count": 1,
    "records": [
        {
            "leadId": "L-20731",
            "date": "2026-03-28",
            "source": "Website",
            "contactedOn": "2026-03-28",
            "interestedOn": "2026-03-30",
            "convertedOn": None,
            "responseHours": 0.4,
            "satisfactionRating": 5,
            "revenue": None,
        }
    ],
    "meta": META,
}

METRICS: dict[str, Any] = {
    "agentId": "agent-7",
    "metrics": [
        {
            "route": "/agent/analytics/kpis",
            "field": "kpis.conversionRate",
            "text": "Converted of handled leads; null without leads.",
            "unit": "percent",
            "better": "higher",
            "formula": "100 * sum of leads_converted / sum of leads_assigned",
            "rounding": "1 decimal, half away from zero",
        }
    ],
    "meta": META,
}
