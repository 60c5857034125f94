"""An agent without data gets zeros and nulls, never an error."""

from pipelines.publishing.metric_catalogue import Catalogue
from tests.support.key_figures import kpis_without_data, trends_without_data
from tests.support.servers.api_server import ROUTES, Api

pytest_plugins = ("tests.support.fixtures.api", "tests.support.fixtures.catalogue")


def test_every_route_answers_an_unknown_agent(api: Api) -> None:
    assert {api.get(route, agent="nobody").status_code for route in ROUTES} == {200}


def test_kpis_are_zeros_and_nulls(api: Api, catalogue: Catalogue) -> None:
    body = api.get("/agent/analytics/kpis", agent="nobody").json()
    assert body["agentId"] == "nobody"
    assert body["kpis"] == kpis_without_data(catalogue) | {
        "leadsHandled": 0,
        "leadsThisWeek": 0,
        "conversionRate": None,
        "totalRevenue": 0.0,
        "responseTimeHours": None,
        "responseTimeMedianHours": None,
        "satisfactionScore": None,
        "satisfactionCount": 0,
        "teamRanking": None,
        "totalAgents": 3,
    }
    trends = trends_without_data(catalogue) | {
        "leads": 0.0,
        "conversion": None,
        "revenue": 0.0,
        "response": None,
        "responseMedian": None,
        "satisfaction": None,
        "ranking": None,
    }
    assert body["trends"] == trends
    assert body["trendDetails"]["leads"] == {
        "current": 0,
        "previous": 0,
        "change": 0.0,
        "unit": "pct",
        "points": None,
        "better": None,
        "reason": None,
        "isNotable": False,
    }
    reasons = {metric: trend["reason"] for metric, trend in body["trendDetails"].items()}
    assert reasons == {
        name: "no_data" if change is None else None for name, change in trends.items()
    }


def test_the_other_routes_are_empty_but_whole(api: Api) -> None:
    funnel = api.get("/agent/analytics/funnel", agent="nobody").json()
    assert set(funnel["funnel"].values()) == {0}
    assert set(funnel["conversionRates"].values()) == {None}
    assert set(funnel["ofPrevious"].values()) == {None}
    assert api.get("/agent/analytics/lead-sources", agent="nobody").json()["sources"] == []
    ranking = api.get("/agent/analytics/ranking", agent="nobody").json()
    assert (ranking["rank"], ranking["totalAgents"], ranking["score"]) == (None, 3, None)
    assert ranking["reason"] == "too_few_leads"
    times = api.get("/agent/analytics/response-times", agent="nobody").json()
    assert [bucket["count"] for bucket in times["buckets"]] == [0, 0, 0, 0, 0]
    assert len(times["rolling"]) == 30
    measures = api.get("/agent/analytics/measures", agent="nobody").json()["measures"]
    assert [each["value"] for each in measures] == [None, None]


def test_revenue_trends_have_every_bucket(api: Api) -> None:
    lengths = {}
    for period in ("daily", "weekly", "monthly"):
        body = api.get(
            "/agent/analytics/revenue-trends", agent="nobody", params={"period": period}
        ).json()
        lengths[period] = len(body["data"])
        assert {point["revenue"] for point in body["data"]} == {0.0}
        assert body["insights"] == {
            "bestDay": None,
            "monthTotal": 0.0,
            "monthChange": 0.0,
            "monthChangeReason": None,
            "isMonthChangeNotable": False,
        }
    assert lengths == {"daily": 30, "weekly": 12, "monthly": 12}
