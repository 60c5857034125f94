"""Each number has as many records as its value."""

import pytest

from tests.support.servers.api_server import Api

pytest_plugins = ("tests.support.fixtures.api",)

RECORDS = "/agent/analytics/records"


def test_anonymous_gets_401_for_records(api: Api) -> None:
    assert api.anonymous(RECORDS).status_code == 401


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        ("", ["L1", "L3", "L4", "L2"]),
        ("metric=leads&dateRange=7", ["L1", "L3", "L4"]),
        ("dateRange=90", ["L1", "L3", "L4", "L2", "L0"]),
        ("metric=conversion", ["L1"]),
        ("metric=response", ["L1", "L2"]),
        ("metric=satisfaction", ["L1", "L3"]),
        ("metric=unresponded", ["L4"]),
        ("metric=waiting", ["L4"]),
        ("metric=funnel", ["L1", "L3", "L4", "L2"]),
        ("metric=funnel&stage=assigned", ["L1", "L3", "L4", "L2"]),
        ("metric=funnel&stage=contacted", ["L1", "L3", "L2"]),
        ("metric=funnel&stage=interested", ["L1", "L2"]),
        ("metric=funnel&stage=converted", ["L1"]),
        ("source=Website", ["L1", "L3", "L4"]),
        ("metric=funnel&stage=contacted&source=Referral", ["L2"]),
        ("source=nowhere", []),
        ("metric=revenue", ["L1", "L9", None]),
        ("metric=revenue&source=Referral", ["L9"]),
    ],
)
def test_a_number_lists_its_leads_newest_first(
    api: Api, query: str, leads: list[str | None]
) -> None:
    body = api.get(f"{RECORDS}?{query}").json()
    assert [record["leadId"] for record in body["records"]] == leads
    assert body["count"] == len(leads)


def test_a_lead_has_the_days_of_its_stages(api: Api) -> None:
    (record,) = api.get(f"{RECORDS}?source=Referral").json()["records"]
    assert record == {
        "leadId": "L2",
        "date": "2026-03-02",
        "source": "Referral",
        "contactedOn": "2026-03-03",
        "interestedOn": "2026-03-04",
        "convertedOn": None,
        "responseHours": 7.3,
        "satisfactionRating": None,
        "revenue": None,
    }


def test_a_conversion_has_its_day_and_revenue(api: Api) -> None:
    records = api.get(f"{RECORDS}?metric=revenue").json()["records"]
    assert [(record["date"], record["revenue"]) for record in records] == [
        ("2026-03-31", 10.0),
        ("2026-03-30", 1250.5),
        ("2026-03-30", -20.0),
    ]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("metric=height", "metric", "Input should be 'leads', 'conversion', 'revenue'"),
        ("stage=sold", "stage", "Input should be 'assigned', 'contacted', 'interested'"),
        ("metric=revenue&stage=contacted", "stage", "must not be set for metric 'revenue'"),
        ("source=a%00b", "source", "must not contain NUL characters"),
        ("source=" + 501 * "a", "source", "String should have at most 500 characters"),
    ],
)
def test_what_stands_behind_no_number_is_422(
    api: Api, query: str, field: str, message: str
) -> None:
    answer = api.get(f"{RECORDS}?{query}")
    assert answer.status_code == 422
    (detail,) = answer.json()["details"]
    assert detail["field"] == field
    assert detail["message"].startswith(message)


def test_insights_come_most_important_first_with_their_evidence(api: Api) -> None:
    body = api.get("/agent/analytics/insights").json()
    assert [insight["id"] for insight in body["insights"]] == [
        "goal_behind:0:monthly revenue",
        "conversion_fell:30",
    ]
    assert body["insights"][1] == {
        "id": "conversion_fell:30",
        "type": "negative",
        "title": "Fewer of your leads convert",
        "message": "Look.",
        "metric": "conversion",
        "value": 68.1,
        "change": -4.8,
        "better": False,
        "evidence": {
            "n": 47,
            "nBefore": 40,
            "window": "30 days",
            "test": "two proportions",
            "statistic": -2.5,
            "p": 0.01,
        },
        "records": "metric=conversion&dateRange=30",
    }


def test_an_insight_as_csv_is_one_row_with_its_evidence_as_json(api: Api) -> None:
    answer = api.get("/agent/analytics/insights", headers={"Accept": "text/csv"})
    assert answer.text.split("\r\n")[2] == (
        '"conversion_fell:30","negative","Fewer of your leads convert","Look.","conversion",68.1,'
        '-4.8,"false","{""n"":47,""nBefore"":40,""window"":""30 days"",""test"":'
        '""two proportions"",""statistic"":-2.5,""p"":0.01}","metric=conversion&dateRange=30"'
    )
