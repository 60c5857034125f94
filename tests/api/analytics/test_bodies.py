"""Each route returns its agent's numbers, with all digits, from one build."""

from datetime import date, timedelta

import psycopg

from pipelines.publishing.metric_catalogue import Catalogue
from tests.support.key_figures import kpis_without_data, trends_without_data
from tests.support.servers.api_server import Api

pytest_plugins = ("tests.support.fixtures.api", "tests.support.fixtures.catalogue")

A_MONTH = [str(date(2026, 3, 2) + timedelta(days=day)) for day in range(30)]


def test_anonymous_gets_401_for_kpis(api: Api) -> None:
    assert api.anonymous("/agent/analytics/kpis").status_code == 401


def test_kpis_of_a_period_with_trends_and_their_details(api: Api, catalogue: Catalogue) -> None:
    body = api.get("/agent/analytics/kpis").json()
    assert body["agentId"] == "agent-1"
    assert body["dateRange"] == "30"
    assert body["kpis"] == kpis_without_data(catalogue) | {
        "leadsHandled": 47,
        "leadsThisWeek": 2,
        "conversionRate": 68.1,
        "totalRevenue": 2033009.00,
        "responseTimeHours": 2.4,
        "responseTimeMedianHours": 1.1,
        "satisfactionScore": 4.6,
        "satisfactionCount": 21,
        "teamRanking": 2,
        "totalAgents": 3,
    }
    assert body["trends"] == trends_without_data(catalogue) | {
        "leads": 17.5,
        "conversion": 4.8,
        "revenue": None,
        "response": -20.0,
        "responseMedian": 0.0,
        "satisfaction": None,
        "ranking": 1,
    }
    assert list(body["trendDetails"]) == list(body["trends"])
    assert body["trendDetails"]["conversion"] == {
        "current": 68.1,
        "previous": 65.0,
        "change": 4.8,
        "unit": "pct",
        "points": 3.1,
        "better": True,
        "reason": None,
        "isNotable": False,
    }
    assert body["trendDetails"]["ranking"] == {
        "current": 2,
        "previous": 3,
        "change": 1,
        "unit": "places",
        "points": None,
        "better": True,
        "reason": None,
        "isNotable": False,
    }
    assert body["trendDetails"]["leads"]["isNotable"] is True
    assert body["trendDetails"]["revenue"]["reason"] == "previous_zero"


def test_meta_names_the_build_in_utc(api: Api, filled_warehouse: str) -> None:
    meta = api.get("/agent/analytics/kpis").json()["meta"]
    with psycopg.connect(filled_warehouse) as connection:
        build = connection.execute(
            """select build_id, to_char(built_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
               from serving.builds order by build_id desc limit 1"""
        ).fetchone()
    assert build is not None
    assert meta["buildId"] == build[0]
    assert meta["builtAt"].startswith(build[1])
    assert meta["builtAt"].endswith("Z")
    assert meta["asOf"] == "2026-03-31"
    assert meta["dataThrough"] == "2026-03-31T08:55:12Z"
    assert meta["timeZone"] == "UTC"
    assert meta["stale"] is False


def test_money_and_rates_keep_every_digit(api: Api) -> None:
    month = api.get("/agent/analytics/kpis").text
    year = api.get("/agent/analytics/kpis", params={"dateRange": "365"}).text
    assert '"totalRevenue":2033009.00,' in month
    assert '"responseMedian":0.0,' in month
    assert '"totalRevenue":9999999999999999.99,' in year


def test_a_ranked_count_without_a_rank_comes_from_the_build(api: Api) -> None:
    kpis = api.get("/agent/analytics/kpis", params={"dateRange": "7"}).json()["kpis"]
    assert (kpis["leadsHandled"], kpis["teamRanking"], kpis["totalAgents"]) == (6, None, 2)


def test_funnel_gives_rates_of_assigned_and_of_the_stage_before(api: Api) -> None:
    assert api.anonymous("/agent/analytics/funnel").status_code == 401
    body = api.get("/agent/analytics/funnel").json()
    assert body["funnel"] == {"assigned": 47, "contacted": 40, "interested": 34, "converted": 32}
    assert body["conversionRates"] == {
        "contactRate": 85.1,
        "interestRate": 72.3,
        "conversionRate": 68.1,
    }
    assert body["ofPrevious"] == {
        "contactRate": 85.1,
        "interestRate": 85.0,
        "conversionRate": 94.1,
    }


def test_lead_sources_come_by_leads_then_revenue_then_name(api: Api) -> None:
    assert api.anonymous("/agent/analytics/lead-sources").status_code == 401
    sources = api.get("/agent/analytics/lead-sources").json()["sources"]
    assert sources == [
        {
            "source": "Website",
            "count": 32,
            "conversionRate": 71.9,
            "revenue": 2028509.0,
            "conversionsBooked": 24,
        },
        {
            "source": "Referral",
            "count": 15,
            "conversionRate": 60.0,
            "revenue": 4500.0,
            "conversionsBooked": 8,
        },
        {
            "source": "Expo",
            "count": 0,
            "conversionRate": None,
            "revenue": 20.0,
            "conversionsBooked": 1,
        },
        {
            "source": "Fair",
            "count": 0,
            "conversionRate": None,
            "revenue": 20.0,
            "conversionsBooked": 1,
        },
        {
            "source": "Unknown",
            "count": 0,
            "conversionRate": None,
            "revenue": -20.0,
            "conversionsBooked": 0,
        },
    ]


def test_daily_revenue_has_each_of_30_dates(api: Api) -> None:
    assert api.anonymous("/agent/analytics/revenue-trends").status_code == 401
    body = api.get("/agent/analytics/revenue-trends").json()
    assert body["period"] == "daily"
    assert [point["date"] for point in body["data"]] == A_MONTH
    assert [point["revenue"] for point in body["data"]] == [0.0] * 28 + [1250.5, 10.0]
    assert body["insights"] == {
        "bestDay": {"date": "2026-03-30", "revenue": 1250.5},
        "monthTotal": 2033009.0,
        "monthChange": 5.0,
        "monthChangeReason": None,
        "isMonthChangeNotable": False,
    }


def test_weekly_revenue_has_12_mondays(api: Api) -> None:
    data = api.get("/agent/analytics/revenue-trends", params={"period": "weekly"}).json()["data"]
    mondays = [str(date(2026, 1, 12) + timedelta(weeks=week)) for week in range(12)]
    assert [point["date"] for point in data] == mondays
    assert mondays[-1] == "2026-03-30"
    assert [point["revenue"] for point in data] == [5.0] + [0.0] * 5 + [2031748.5] + [0.0] * 4 + [
        1260.5
    ]


def test_monthly_revenue_has_12_firsts(api: Api) -> None:
    data = api.get("/agent/analytics/revenue-trends", params={"period": "monthly"}).json()["data"]
    assert [point["date"] for point in data] == [
        *(f"2025-{month:02}-01" for month in range(4, 13)),
        *(f"2026-{month:02}-01" for month in range(1, 4)),
    ]
    assert [point["revenue"] for point in data] == [0.1] + [0.0] * 8 + [5.0, 0.0, 2033009.0]


def test_ranking_gives_ones_own_place_and_components(api: Api) -> None:
    assert api.anonymous("/agent/analytics/ranking").status_code == 401
    body = api.get("/agent/analytics/ranking").json()
    del body["meta"], body["period"]
    assert body == {
        "agentId": "agent-1",
        "dateRange": "30",
        "rank": 2,
        "rankRange": None,
        "totalAgents": 3,
        "score": 0.752279,
        "components": {"conversion": 0.680851, "satisfaction": 0.9, "response": 0.659754},
        "weights": {"conversion": 0.4, "satisfaction": 0.35, "response": 0.25},
        "oneMore": {"conversion": 0.008511, "answer": 0.001541, "rating": 0.001667},
        "change": 1,
        "reason": None,
    }
    week = api.get("/agent/analytics/ranking", params={"dateRange": "7"}).json()
    assert (week["rank"], week["totalAgents"], week["reason"]) == (None, 2, "too_few_leads")
    year = api.get("/agent/analytics/ranking", params={"compare": "year"}).json()
    assert (year["rank"], year["change"]) == (2, None)


def test_response_times_have_every_bucket_and_every_date(api: Api) -> None:
    assert api.anonymous("/agent/analytics/response-times").status_code == 401
    body = api.get("/agent/analytics/response-times", params={"dateRange": "7"}).json()
    assert [body[name] for name in ("mean", "median", "p90")] == [1.5, 1.0, 6.3]
    assert [body[name] for name in ("unresponded", "waiting", "inherited")] == [2, 1, 1]
    assert [(bucket["bucket"], bucket["count"]) for bucket in body["buckets"]] == [
        ("0-1h", 19),
        ("1-4h", 14),
        ("4-8h", 5),
        ("8-24h", 2),
        ("24h+", 0),
    ]
    assert [point["date"] for point in body["rolling"]] == A_MONTH[-7:]
    assert body["rolling"][0] == {
        "date": "2026-03-25",
        "rolling7dHours": None,
        "rolling30dHours": 2.0,
    }
    assert body["rolling"][1] == {
        "date": "2026-03-26",
        "rolling7dHours": None,
        "rolling30dHours": 2.0,
    }
    assert body["rolling"][6]["rolling7dHours"] == 1.5
