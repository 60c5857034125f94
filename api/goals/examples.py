"""Example bodies of the goals routes, as the OpenAPI document shows them."""

from typing import Any

from api.http.schemas import META_EXAMPLE as META

GOAL_TARGETS: dict[str, Any] = {
    "period": "monthly",
    "goals": {"conversions": 30, "revenue": 12500.5, "responseTimeHours": 2.5},
}

GOALS: dict[str, Any] = {
    "agentId": "agent-7",
    "goals": [
        {
            "id": 31,
            "period": "monthly",
            "goalType": "conversions",
            "target": 30.00,
            "current": 31,
            "completionPercentage": 103.3,
            "status": "achieved",
            "expectedToDate": 30.0,
            "projected": 31.0,
            "neededPerDay": None,
            "periodStart": "2026-03-01",
            "periodEnd": "2026-03-31",
            "achievedAt": "2026-03-30T16:20:09.481516Z",
        },
        {
            "id": 32,
            "period": "monthly",
            "goalType": "response_time",
            "target": 2.50,
            "current": None,
            "completionPercentage": None,
            "status": "no_data",
            "expectedToDate": 2.5,
            "projected": None,
            "neededPerDay": None,
            "periodStart": "2026-03-01",
            "periodEnd": "2026-03-31",
            "achievedAt": None,
        },
        {
            "id": 33,
            "period": "monthly",
            "goalType": "revenue",
            "target": 12500.50,
            "current": 9800.00,
            "completionPercentage": 78.4,
            "status": "at_risk",
            "expectedToDate": 12500.50,
            "projected": 9800.00,
            "neededPerDay": None,
            "periodStart": "2026-03-01",
            "periodEnd": "2026-03-31",
            "achievedAt": None,
        },
    ],
    "meta": META,
}
