"""The numbers of fixtures/small as of 2024-02-29 in UTC, worked out on paper.

The period 30 is 2024-01-31 to 02-29, compared with 01-01 to 01-30 as that was known on 01-30; the
week starts on 02-26. No agent has the five leads in a period that a rank needs.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D  # noqa: N817
from typing import Any

AS_OF = date(2024, 2, 29)
AGENTS = ["ana", "ben", "cem", "dot"]

QUALITY = {
    "negative_responses": 1,  # L06, contacted before it was created
    "rejected_ratings": 0,
    "unreadable_revenues": 3,  # missing on L02, "NaN" on L12, "1,000" on L08
    "revenues_without_rate": 0,
    "currencies": 0,
    "unreadable_leads": 0,
    "unreadable_activities": 0,
}


def detail(
    current: Any,
    previous: Any,
    change: Any,
    better: bool | None = None,
    reason: str | None = None,
    unit: str = "pct",
    points: Any = None,
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


KPIS: dict[str, dict[str, Any]] = {
    "ana": {
        "leadsHandled": 4,  # L01 L02 L03 L04
        "leadsThisWeek": 2,  # L03 L04
        "conversionRate": D("50.0"),  # L02 by disposition, L03 by its activity
        "totalRevenue": D("1052.85"),  # 12.35 + 0 + 40 + 1000.50; the echo of L03 is left out
        "responseTimeHours": D("2.3"),  # (1 + 3.5) / 2 = 2.25; L01 counts from 11:00
        "responseTimeMedianHours": D("2.3"),
        "responseTimeBusinessHours": None,
        "satisfactionScore": D("4.5"),  # (5 + 4) / 2
        "satisfactionCount": 2,
        "conversionsBooked": 4,  # 01-31, 02-06, 02-10, 02-27
        "teamRanking": None,
        "totalAgents": 0,
    },
    "ben": {
        "leadsHandled": 2,  # L07 L08; L14 is after the as-of date
        "leadsThisWeek": 0,
        "conversionRate": D("50.0"),  # L08
        "totalRevenue": D("200.00"),  # 300 - 100
        "responseTimeHours": D("4.0"),
        "responseTimeMedianHours": D("4.0"),
        "responseTimeBusinessHours": None,
        "satisfactionScore": D("3.0"),
        "satisfactionCount": 2,
        "conversionsBooked": 1,  # 02-20
        "teamRanking": None,
        "totalAgents": 0,
    },
    "cem": {
        "leadsHandled": 2,  # L09 L10
        "leadsThisWeek": 0,
        "conversionRate": D("0.0"),  # L09 converts after the as-of date
        "totalRevenue": D("75.00"),  # "1,000" is unreadable, 500 is after the as-of date
        "responseTimeHours": D("4.0"),  # (2 + 6) / 2; L10 counts from its assignment at 06:00
        "responseTimeMedianHours": D("4.0"),
        "responseTimeBusinessHours": None,
        "satisfactionScore": None,
        "satisfactionCount": 0,
        "conversionsBooked": 2,  # 02-20, 02-21
        "teamRanking": None,
        "totalAgents": 0,
    },
    "dot": {
        "leadsHandled": 1,  # L11
        "leadsThisWeek": 1,
        "conversionRate": D("0.0"),
        "totalRevenue": D("0.00"),
        "responseTimeHours": D("1.0"),  # the e-mail at 11:00 in the log
        "responseTimeMedianHours": D("1.0"),
        "responseTimeBusinessHours": None,
        "satisfactionScore": None,
        "satisfactionCount": 0,
        "conversionsBooked": 0,
        "teamRanking": None,
        "totalAgents": 0,
    },
}

NO_RANK = detail(None, None, None, reason="no_data", unit="places")


def partial(current: Any, previous: Any) -> dict[str, Any]:
    """The earlier side begins before the agent's first day."""
    return detail(current, previous, None, reason="partial_history")


TREND_DETAILS: dict[str, dict[str, Any]] = {
    "ana": {  # whose first day is that of L06, 2024-01-01
        "leads": detail(4, 2, D("100.0"), better=True),  # before: L05 L06
        # before: L05 converts on 01-31, the day after
        "conversion": detail(D("50.0"), D("0.0"), None, reason="previous_zero", points=D("50.0")),
        # 100 * (1052.85 + 200) / 200 = 626.425
        "revenue": detail(D("1052.85"), D("-200.00"), D("626.4"), better=True),
        # before: L05 is answered on 01-31, the response of L06 is negative
        "response": detail(D("2.3"), None, None, reason="no_data"),
        "responseMedian": detail(D("2.3"), None, None, reason="no_data"),
        "responseBusiness": detail(None, None, None, reason="no_data"),
        "satisfaction": detail(D("4.5"), D("3.0"), D("50.0"), better=True),
        "ranking": NO_RANK,
    },
    "ben": {  # whose first day is that of L12, 2024-01-10
        "leads": partial(2, 1),  # before: L12
        "conversion": partial(D("50.0"), D("100.0")),
        "revenue": partial(D("200.00"), D("250.01")),  # before: 250.005 rounds to 250.01
        "response": partial(D("4.0"), D("0.0")),
        "responseMedian": partial(D("4.0"), D("0.0")),
        "responseBusiness": partial(None, None),
        "satisfaction": partial(D("3.0"), None),
        "ranking": NO_RANK,
    },
    "cem": {
        "leads": partial(2, 0),
        "conversion": partial(D("0.0"), None),
        "revenue": partial(D("75.00"), D("0.00")),
        "response": partial(D("4.0"), None),
        "responseMedian": partial(D("4.0"), None),
        "responseBusiness": partial(None, None),
        "satisfaction": partial(None, None),
        "ranking": NO_RANK,
    },
    "dot": {
        "leads": partial(1, 0),
        "conversion": partial(D("0.0"), None),
        "revenue": partial(D("0.00"), D("0.00")),
        "response": partial(D("1.0"), None),
        "responseMedian": partial(D("1.0"), None),
        "responseBusiness": partial(None, None),
        "satisfaction": partial(None, None),
        "ranking": NO_RANK,
    },
}


def funnel(counts: tuple[int, ...], of_assigned: Any, of_previous: Any) -> dict[str, Any]:
    rates = ("contactRate", "interestRate", "conversionRate")
    return {
        "funnel": dict(
            zip(("assigned", "contacted", "interested", "converted"), counts, strict=True)
        ),
        "conversionRates": dict(zip(rates, of_assigned, strict=True)),
        "ofPrevious": dict(zip(rates, of_previous, strict=True)),
    }


FUNNEL: dict[str, dict[str, Any]] = {
    "ana": funnel(
        (4, 3, 2, 2),  # L02 is converted, so contacted and interested too
        (D("75.0"), D("50.0"), D("50.0")),
        (D("75.0"), D("66.7"), D("100.0")),
    ),
    "ben": funnel(
        (2, 2, 1, 1),
        (D("100.0"), D("50.0"), D("50.0")),
        (D("100.0"), D("50.0"), D("100.0")),
    ),
    "cem": funnel(
        (2, 2, 0, 0),
        (D("100.0"), D("0.0"), D("0.0")),
        (D("100.0"), D("0.0"), None),
    ),
    "dot": funnel(
        (1, 1, 0, 0),
        (D("100.0"), D("0.0"), D("0.0")),
        (D("100.0"), D("0.0"), None),
    ),
}

# source, count, conversionRate, revenue, conversionsBooked
LEAD_SOURCES: dict[str, list[tuple[str, int, Any, Any, int]]] = {
    "ana": [
        ("Web", 2, D("50.0"), D("1000.50"), 1),  # L01 L03
        ("Unknown", 2, D("50.0"), D("40.00"), 2),  # L02 L04; sales of L02 (0) and of unknown X99
        ("Referral", 0, None, D("12.35"), 1),  # L05 is of the period before, its sale is not
    ],
    "ben": [("Referral", 1, D("100.0"), D("200.00"), 1), ("Web", 1, D("0.0"), D("0.00"), 0)],
    "cem": [
        ("Unknown", 1, D("0.0"), D("0.00"), 0),
        ("Web", 1, D("0.0"), D("0.00"), 0),
        ("Referral", 0, None, D("75.00"), 2),  # ben's lead, cem's sales
    ],
    "dot": [("Unknown", 1, D("0.0"), D("0.00"), 0)],
}

# The buckets in which anything was earned; every other bucket is 0.00.
REVENUE: dict[str, dict[str, dict[str, Any]]] = {
    "ana": {
        "daily": {
            "2024-01-31": D("12.35"),
            "2024-02-10": D("40.00"),
            "2024-02-27": D("1000.50"),
        },
        "weekly": {
            "2024-01-15": D("-200.00"),
            "2024-01-29": D("12.35"),
            "2024-02-05": D("40.00"),
            "2024-02-26": D("1000.50"),
        },
        "monthly": {"2024-01-01": D("-187.65"), "2024-02-01": D("1040.50")},
    },
    "ben": {
        "daily": {"2024-02-20": D("300.00"), "2024-02-25": D("-100.00")},
        "weekly": {"2024-01-08": D("250.01"), "2024-02-19": D("200.00")},
        "monthly": {"2024-01-01": D("250.01"), "2024-02-01": D("200.00")},
    },
    "cem": {
        "daily": {"2024-02-21": D("75.00")},
        "weekly": {"2024-02-19": D("75.00")},
        "monthly": {"2024-02-01": D("75.00")},
    },
    "dot": {"daily": {}, "weekly": {}, "monthly": {}},
}
BUCKET_DATES = {
    "daily": ["2024-01-31", *(f"2024-02-{day:02}" for day in range(1, 30))],
    "weekly": [
        "2023-12-11",
        "2023-12-18",
        "2023-12-25",
        "2024-01-01",
        "2024-01-08",
        "2024-01-15",
        "2024-01-22",
        "2024-01-29",
        "2024-02-05",
        "2024-02-12",
        "2024-02-19",
        "2024-02-26",
    ],
    "monthly": [
        *(f"2023-{month:02}-01" for month in range(3, 13)),
        "2024-01-01",
        "2024-02-01",
    ],
}
REVENUE_INSIGHTS: dict[str, dict[str, Any]] = {
    "ana": {
        "bestDay": {"date": "2024-02-27", "revenue": D("1000.50")},
        "monthTotal": D("1040.50"),
        # against 01-01 to 01-29, which holds the refund and not the 12.35:
        # 100 * (1040.50 + 200) / 200 = 620.25
        "monthChange": D("620.3"),
        "monthChangeReason": None,
    },
    "ben": {
        "bestDay": {"date": "2024-02-20", "revenue": D("300.00")},
        "monthTotal": D("200.00"),
        "monthChange": None,
        "monthChangeReason": "partial_history",
    },
    "cem": {
        "bestDay": {"date": "2024-02-21", "revenue": D("75.00")},
        "monthTotal": D("75.00"),
        "monthChange": None,
        "monthChangeReason": "partial_history",
    },
    "dot": {
        "bestDay": None,
        "monthTotal": D("0.00"),
        "monthChange": None,
        "monthChangeReason": "partial_history",
    },
}

# Where one lead is enough for a rank.
RANKING: dict[str, dict[str, Any]] = {
    "ana": {
        "rank": 1,
        "totalAgents": 4,
        # 0.5 ^ (2.25 / 4) = 0.677127773; 0.4 * 0.5 + 0.35 * 0.875 + 0.25 * 0.677127773
        "score": D("0.675532"),
        "components": {
            "conversion": D("0.500000"),
            "satisfaction": D("0.875000"),
            "response": D("0.677128"),
        },
        # Of 4 leads 2 converted, 2 are rated 9 in sum and 2 answered after 4.5 h in sum: 0.4 / 4;
        # 0.25 * (0.5 ^ (4.5 / 3 / 4) - 0.677127773); 0.35 * ((14 / 3 - 1) / 4 - 0.875)
        "oneMore": {
            "conversion": D("0.100000"),
            "answer": D("0.023494"),
            "rating": D("0.014583"),
        },
        "change": 1,  # before: 0.35 * 0.5 / 0.75 = 0.233333 against ben's 1
        "reason": None,
    },
    "ben": {
        "rank": 2,
        "totalAgents": 4,
        "score": D("0.500000"),
        "components": {
            "conversion": D("0.500000"),
            "satisfaction": D("0.500000"),
            "response": D("0.500000"),
        },
        # One of 2 leads, 0.4 * (1 - 0.5); both are answered and rated.
        "oneMore": {"conversion": D("0.200000"), "answer": None, "rating": None},
        "weights": {
            "conversion": D("0.400000"),
            "satisfaction": D("0.350000"),
            "response": D("0.250000"),
        },
        "change": -1,
        "reason": None,
    },
    "cem": {
        "rank": 4,
        "totalAgents": 4,
        "score": D("0.192308"),  # 0.25 * 0.5 / 0.65
        "components": {
            "conversion": D("0.000000"),
            "satisfaction": None,
            "response": D("0.500000"),
        },
        "change": None,
        "reason": None,
    },
    "dot": {
        "rank": 3,
        "totalAgents": 4,
        # 0.5 ^ (1 / 4) = 0.840896415; 0.25 * 0.840896415 / 0.65
        "score": D("0.323422"),
        "components": {
            "conversion": D("0.000000"),
            "satisfaction": None,
            "response": D("0.840896"),
        },
        "change": None,
        "reason": None,
    },
}

# mean, median, p90, unresponded, waiting, counts of the buckets 0-1h 1-4h 4-8h 8-24h 24h+
RESPONSE_TIMES: dict[str, tuple[Any, Any, Any, int, int, tuple[int, ...]]] = {
    # p90 = 1 + 0.9 * 2.5 = 3.25; L04 waits, L02 is won without a response
    "ana": (D("2.3"), D("2.3"), D("3.3"), 2, 1, (0, 2, 0, 0, 0)),
    "ben": (D("4.0"), D("4.0"), D("4.0"), 0, 0, (0, 0, 2, 0, 0)),
    "cem": (D("4.0"), D("4.0"), D("5.6"), 0, 0, (0, 1, 1, 0, 0)),  # p90 = 2 + 0.9 * 4
    "dot": (D("1.0"), D("1.0"), D("1.0"), 0, 0, (0, 1, 0, 0, 0)),
}
# Runs of days from 2024-01-31 on: how many, rolling 7 and rolling 30 days.
ROLLING: dict[str, list[tuple[int, Any, Any]]] = {
    "ana": [
        (1, D("2.0"), D("2.0")),  # 01-31: L05
        (5, D("1.5"), D("1.5")),  # 02-01: L05 and L01
        (2, D("1.0"), D("1.5")),  # 02-06: the week has lost L05
        (18, None, D("1.5")),  # 02-08: and L01
        (3, D("3.5"), D("2.2")),  # 02-26: L03; (2 + 1 + 3.5) / 3 = 2.1667
        (1, D("3.5"), D("2.3")),  # 02-29: the thirty days have lost L05; (1 + 3.5) / 2 = 2.25
    ],
    "ben": [
        (9, None, D("0.0")),  # 01-31: L12
        (1, None, None),  # 02-09: no more
        (7, D("4.0"), D("4.0")),  # 02-10: L07
        (2, None, D("4.0")),  # 02-17
        (7, D("4.0"), D("4.0")),  # 02-19: L08
        (4, None, D("4.0")),  # 02-26
    ],
    "cem": [
        (12, None, None),
        (1, D("2.0"), D("2.0")),  # 02-12: L09
        (6, D("4.0"), D("4.0")),  # 02-13: L09 and L10
        (1, D("6.0"), D("4.0")),  # 02-19: L10
        (10, None, D("4.0")),  # 02-20
    ],
    "dot": [(27, None, None), (3, D("1.0"), D("1.0"))],  # 02-27: L11
}


def rolling(agent: str) -> list[dict[str, Any]]:
    days = [run[1:] for run in ROLLING[agent] for _ in range(run[0])]
    return [
        {
            "date": (date(2024, 1, 31) + timedelta(days=ahead)).isoformat(),
            "rolling7dHours": seven,
            "rolling30dHours": thirty,
        }
        for ahead, (seven, thirty) in enumerate(days)
    ]


DAILY_COLUMNS = (
    "leads_assigned",
    "leads_contacted",
    "leads_interested",
    "leads_converted",
    "revenue_generated",
    "conversions_booked",
    "response_hours_total",
    "response_count",
    "unresponded_count",
    "satisfaction_total",
    "satisfaction_count",
)
# By agent and date, in the order of DAILY_COLUMNS.
DAILY: dict[tuple[str, date], tuple[Any, ...]] = {
    ("ana", date(2024, 1, 1)): (1, 1, 0, 0, "0.00", 0, "0.000000", 0, 0, 0, 0),  # L06
    ("ana", date(2024, 1, 20)): (0, 0, 0, 0, "-200.00", 0, "0.000000", 0, 0, 0, 0),
    ("ana", date(2024, 1, 30)): (1, 1, 1, 1, "0.00", 0, "2.000000", 1, 0, 3, 1),  # L05
    ("ana", date(2024, 1, 31)): (0, 0, 0, 0, "12.35", 1, "0.000000", 0, 0, 0, 0),
    ("ana", date(2024, 2, 1)): (1, 1, 0, 0, "0.00", 0, "1.000000", 1, 0, 0, 0),  # L01
    ("ana", date(2024, 2, 5)): (1, 1, 1, 1, "0.00", 0, "0.000000", 0, 1, 5, 1),  # L02
    ("ana", date(2024, 2, 6)): (0, 0, 0, 0, "0.00", 1, "0.000000", 0, 0, 0, 0),  # trigger alone
    ("ana", date(2024, 2, 10)): (0, 0, 0, 0, "40.00", 1, "0.000000", 0, 0, 0, 0),  # X99
    ("ana", date(2024, 2, 26)): (1, 1, 1, 1, "0.00", 0, "3.500000", 1, 0, 4, 1),  # L03
    ("ana", date(2024, 2, 27)): (0, 0, 0, 0, "1000.50", 1, "0.000000", 0, 0, 0, 0),
    ("ana", date(2024, 2, 29)): (1, 0, 0, 0, "0.00", 0, "0.000000", 0, 1, 0, 0),  # L04
    ("ben", date(2024, 1, 10)): (1, 1, 1, 1, "0.00", 0, "0.000000", 1, 0, 0, 0),  # L12
    ("ben", date(2024, 1, 11)): (0, 0, 0, 0, "250.01", 1, "0.000000", 0, 0, 0, 0),
    ("ben", date(2024, 1, 12)): (0, 0, 0, 0, "0.00", 1, "0.000000", 0, 0, 0, 0),  # "NaN"
    ("ben", date(2024, 2, 10)): (1, 1, 0, 0, "0.00", 0, "4.000000", 1, 0, 3, 1),  # L07
    ("ben", date(2024, 2, 19)): (1, 1, 1, 1, "0.00", 0, "4.000000", 1, 0, 3, 1),  # L08
    ("ben", date(2024, 2, 20)): (0, 0, 0, 0, "300.00", 1, "0.000000", 0, 0, 0, 0),
    ("ben", date(2024, 2, 25)): (0, 0, 0, 0, "-100.00", 0, "0.000000", 0, 0, 0, 0),
    ("ben", date(2024, 3, 1)): (1, 1, 1, 1, "0.00", 0, "1.000000", 1, 0, 1, 1),  # L14
    ("cem", date(2024, 2, 12)): (1, 1, 1, 1, "0.00", 0, "2.000000", 1, 0, 0, 0),  # L09
    ("cem", date(2024, 2, 13)): (1, 1, 0, 0, "0.00", 0, "6.000000", 1, 0, 0, 0),  # L10
    ("cem", date(2024, 2, 20)): (0, 0, 0, 0, "0.00", 1, "0.000000", 0, 0, 0, 0),  # "1,000"
    ("cem", date(2024, 2, 21)): (0, 0, 0, 0, "75.00", 1, "0.000000", 0, 0, 0, 0),
    ("cem", date(2024, 3, 5)): (0, 0, 0, 0, "500.00", 1, "0.000000", 0, 0, 0, 0),
    ("dot", date(2024, 2, 27)): (1, 1, 0, 0, "0.00", 0, "1.000000", 1, 0, 0, 0),  # L11
    ("", date(2024, 2, 15)): (1, 1, 1, 1, "0.00", 0, "0.500000", 1, 0, 0, 0),  # L13
    ("", date(2024, 2, 16)): (0, 0, 0, 0, "50.00", 1, "0.000000", 0, 0, 0, 0),
}
