"""The oracle agrees with numbers computed on paper and obeys its laws."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pipelines.publishing.metric_catalogue import DAILY, Catalogue
from tests.support.key_figures import kpis_without_data, trends_without_data
from tests.support.oracle import small_expected as expected
from tests.support.oracle.numbers import Analytics, Source, read_directory
from tests.support.oracle.periods import NAMED
from tests.support.paths import SMALL

pytest_plugins = ("tests.support.fixtures.catalogue",)
EVERY_AGENT = pytest.mark.parametrize("agent", expected.AGENTS)
TRIAL_DATA = os.environ.get("AGENT_ANALYTICS_TRIAL_DATA")


@pytest.fixture(scope="module")
def small() -> Analytics:
    return Analytics(read_directory(SMALL), expected.AS_OF)


def source(*leads: dict[str, str], activities: tuple[dict[str, str], ...] = ()) -> Source:
    """Leads of the agent `ana`, created at 09:00 of the first of February unless they say so."""
    usual = {"assigned_agent_id": "ana", "created_at": "2024-02-01T09:00:00Z"}
    return Source(
        [{"id": f"L{place}", **usual, **lead} for place, lead in enumerate(leads)],
        [{"agent_id": "ana", **activity} for activity in activities],
    )


def test_agents_are_those_with_a_lead_or_a_conversion(small: Analytics) -> None:
    assert small.agents == expected.AGENTS


def test_the_daily_table_holds_every_date_and_rows_without_an_agent(
    small: Analytics, catalogue: Catalogue
) -> None:
    mart = catalogue.marts[DAILY]
    measures = {column.name for column in mart.served_columns} - set(mart.key)
    assert small.daily().keys() == expected.DAILY.keys()
    for key, row in small.daily().items():
        assert row.keys() == measures
        on_paper = dict(zip(expected.DAILY_COLUMNS, map(str, expected.DAILY[key]), strict=True))
        assert {name: str(row[name]) for name in on_paper} == on_paper, key
        mean_hours, mean_rating = row["response_time_avg_hours"], row["satisfaction_score"]
        # On no day more than one lead was answered or rated, so that the mean is the total.
        assert mean_hours == (row["response_hours_total"] if row["response_count"] else None)
        assert mean_rating == (row["satisfaction_total"] if row["satisfaction_count"] else None)


@EVERY_AGENT
def test_kpis_and_trends_are_those_worked_out_on_paper(
    small: Analytics, catalogue: Catalogue, agent: str
) -> None:
    body = small.kpis(agent, 30)
    assert (body["agentId"], body["dateRange"]) == (agent, "30")
    # A key figure that came later is worked out on paper in a dbt unit test.
    assert body["kpis"].keys() == kpis_without_data(catalogue).keys()
    assert body["kpis"] == body["kpis"] | expected.KPIS[agent]
    assert body["trendDetails"].keys() == trends_without_data(catalogue).keys()
    assert body["trendDetails"] == body["trendDetails"] | expected.TREND_DETAILS[agent]
    changes = {name: detail["change"] for name, detail in body["trendDetails"].items()}
    assert body["trends"] == changes


@EVERY_AGENT
def test_the_funnel_is_that_worked_out_on_paper(small: Analytics, agent: str) -> None:
    assert small.funnel(agent, 30) == expected.FUNNEL[agent]


@EVERY_AGENT
def test_lead_sources_are_those_worked_out_on_paper(small: Analytics, agent: str) -> None:
    names = ("source", "count", "conversionRate", "revenue", "conversionsBooked")
    assert small.lead_sources(agent, 30) == {
        "sources": [dict(zip(names, row, strict=True)) for row in expected.LEAD_SOURCES[agent]]
    }


@EVERY_AGENT
@pytest.mark.parametrize("period", ["daily", "weekly", "monthly"])
def test_revenue_trends_hold_every_bucket(small: Analytics, agent: str, period: str) -> None:
    earned = expected.REVENUE[agent][period]
    assert small.revenue_trends(agent, period) == {
        "period": period,
        "data": [
            {"date": day, "revenue": earned.get(day, Decimal("0.00"))}
            for day in expected.BUCKET_DATES[period]
        ],
        "insights": expected.REVENUE_INSIGHTS[agent],
    }


@EVERY_AGENT
def test_the_ranking_is_that_worked_out_on_paper(agent: str) -> None:
    source = read_directory(SMALL)
    ranked = Analytics(source, expected.AS_OF, min_leads_to_rank=1).ranking(agent, 30)
    assert ranked == ranked | expected.RANKING[agent]


@EVERY_AGENT
def test_response_times_are_those_worked_out_on_paper(small: Analytics, agent: str) -> None:
    mean, median, p90, unresponded, waiting, counts = expected.RESPONSE_TIMES[agent]
    names = ("0-1h", "1-4h", "4-8h", "8-24h", "24h+")
    assert small.response_times(agent, 30) == {
        "mean": mean,
        "median": median,
        "p90": p90,
        "unresponded": unresponded,
        "waiting": waiting,
        "inherited": 0,
        "business": None,
        "buckets": [
            {"bucket": name, "count": count} for name, count in zip(names, counts, strict=True)
        ],
        "rolling": expected.rolling(agent),
    }


def test_quality_counts_what_no_number_uses(small: Analytics) -> None:
    assert small.quality() == expected.QUALITY


def test_an_agent_that_the_data_does_not_know_has_zeros_and_nulls(small: Analytics) -> None:
    body = small.kpis("nobody", 30)
    assert body["kpis"] == body["kpis"] | {
        "leadsHandled": 0,
        "leadsThisWeek": 0,
        "conversionRate": None,
        "totalRevenue": Decimal("0.00"),
        "responseTimeHours": None,
        "responseTimeMedianHours": None,
        "satisfactionScore": None,
        "satisfactionCount": 0,
        "teamRanking": None,
        "totalAgents": 0,
    }
    assert small.lead_sources("nobody", 30) == {"sources": []}


@pytest.mark.parametrize("period", NAMED)
@EVERY_AGENT
def test_sources_add_up_to_the_kpis(small: Analytics, agent: str, period: str) -> None:
    kpis = small.kpis(agent, period)["kpis"]
    sources = small.lead_sources(agent, period)["sources"]
    assert sum(source["count"] for source in sources) == kpis["leadsHandled"]
    assert sum(source["revenue"] for source in sources) == kpis["totalRevenue"]


def test_agents_and_the_unattributed_add_up_to_the_source(small: Analytics) -> None:
    sides = small.conservation()
    assert sides.keys() == {day for _, day in expected.DAILY}
    for side in sides.values():
        for measure, total in side["source"].items():
            assert side["agents"][measure] + side["unattributed"][measure] == total
    assert sum(side["source"]["assigned"] for side in sides.values()) == 14
    # 1052.85 - 200 of ana, 200 + 250.01 of ben, 75 + 500 of cem, 50 without agent
    assert sum(side["source"]["cents"] for side in sides.values()) == 192786


@pytest.mark.parametrize(
    ("rating", "score"), [("1", "1.0"), ("5", "5.0"), ("0", None), ("6", None), ("7", None)]
)
def test_a_rating_out_of_range_is_rejected_not_averaged(rating: str, score: str | None) -> None:
    analytics = Analytics(source({"satisfaction_rating": rating}), expected.AS_OF)
    kpis = analytics.kpis("ana", 30)["kpis"]
    assert kpis["satisfactionScore"] == (Decimal(score) if score else None)
    assert analytics.quality()["rejected_ratings"] == (score is None)


@pytest.mark.parametrize(
    ("revenue", "served"),
    [
        ("12.345", "12.35"),
        ("-0.001", "0.00"),
        ('"+7"', "7.00"),
        ('" 123456789012345.5 "', "123456789012345.50"),
        ('"1234567890123456"', "0.00"),
        ('"1e3"', "0.00"),
        ('"5."', "0.00"),
        ("true", "0.00"),
        ("null", "0.00"),
        ("1e3", "1000.00"),
    ],
)
def test_revenue_is_read_strictly_and_rounded_once(revenue: str, served: str) -> None:
    sold = {
        "lead_id": "L0",
        "activity_type": "conversion",
        "timestamp": "2024-02-10T00:00:00Z",
        "metadata": f'{{"revenue": {revenue}}}',
    }
    analytics = Analytics(source({}, activities=(sold,)), expected.AS_OF)
    assert str(analytics.kpis("ana", 30)["kpis"]["totalRevenue"]) == served
    assert analytics.daily()["ana", date(2024, 2, 10)]["conversions_booked"] == 1


@pytest.mark.parametrize(("hours", "booked"), [(-25, 2), (-24, 1), (-1, 1), (24, 1), (25, 2)])
def test_the_triggers_own_conversion_gives_way_within_a_day(hours: int, booked: int) -> None:
    at = datetime(2024, 2, 10, 12, tzinfo=UTC)
    own, triggered = (
        {
            "lead_id": "L0",
            "activity_type": "conversion",
            "timestamp": moment.isoformat(),
            "metadata": f'{{"origin": "{origin}", "revenue": 1}}',
        }
        for moment, origin in ((at, "form"), (at + timedelta(hours=hours), "trigger"))
    )
    won = source({"disposition": "Won"}, activities=(own, triggered))
    assert Analytics(won, expected.AS_OF).kpis("ana", 30)["kpis"]["totalRevenue"] == booked


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2024-02-29"), ("Asia/Kathmandu", "2024-03-01")])
def test_a_day_is_a_date_in_the_business_time_zone(zone: str, day: str) -> None:
    late = source({"created_at": "2024-02-29 18:15:00"})
    assert ("ana", date.fromisoformat(day)) in Analytics(late, expected.AS_OF, zone).daily()


def known(detail: dict[str, Any]) -> tuple[str | None, str | None]:
    change = detail["change"]
    return None if change is None else str(change), detail["reason"]


PARTIAL = dict.fromkeys(
    ("leads", "conversion", "revenue", "response", "responseMedian", "satisfaction"),
    (None, "partial_history"),
)
# By period of agent 11169 in bpic2012 as of 2012-02-29: key figures, and trends with their reasons.
TRIAL_FIGURES: dict[str, tuple[dict[str, Any], dict[str, tuple[str | None, str | None]]]] = {
    "30": (
        {
            "leadsHandled": 145,
            "conversionRate": Decimal("13.1"),
            "responseTimeHours": Decimal("3.7"),
            "responseTimeMedianHours": Decimal("0.7"),
            "teamRanking": 10,
            "totalAgents": 37,
        },
        {
            "leads": ("-13.2", None),
            "conversion": ("98.9", None),
            "response": ("-40.5", None),
            "ranking": ("13", None),
        },
    ),
    "mtd": (
        {
            "leadsHandled": 133,
            "conversionRate": Decimal("13.5"),
            "responseTimeHours": Decimal("4.0"),
            "teamRanking": 9,
            "totalAgents": 36,
        },
        {
            "leads": ("-15.8", None),
            "conversion": ("137.6", None),
            "response": ("-37.0", None),
            "ranking": ("16", None),
        },
    ),
    "last_month": (
        {
            "leadsHandled": 179,
            "conversionRate": Decimal("18.4"),
            "responseTimeHours": Decimal("6.2"),
            "teamRanking": 24,
            "totalAgents": 36,
        },
        {
            "leads": ("68.9", None),
            "conversion": ("-21.8", None),
            "response": ("33.9", None),
            "ranking": ("-6", None),
        },
    ),
    "qtd": (
        {
            "leadsHandled": 312,
            "conversionRate": Decimal("16.3"),
            "responseTimeHours": Decimal("5.3"),
            "teamRanking": 20,
            "totalAgents": 45,
        },
        {**PARTIAL, "ranking": ("9", None)},
    ),
    "90": ({}, {**PARTIAL, "ranking": ("6", None)}),
}


if TRIAL_DATA:

    @pytest.fixture(scope="module")
    def trial() -> Analytics:
        return Analytics(read_directory(str(TRIAL_DATA)), date(2012, 2, 29))

    @pytest.mark.parametrize("period", TRIAL_FIGURES)
    def test_the_trial_data_gives_the_numbers_that_are_known(trial: Analytics, period: str) -> None:
        figures, trends = TRIAL_FIGURES[period]
        found = trial.kpis("11169", period)
        assert found["kpis"] == found["kpis"] | figures
        details = {name: known(detail) for name, detail in found["trendDetails"].items()}
        assert details == details | trends

    def test_the_trial_data_has_a_seller_with_too_few_leads_for_a_rank(trial: Analytics) -> None:
        assert list(trial.funnel("11169")["funnel"].values()) == [145, 132, 31, 19]
        found = trial.kpis("10138")
        assert found["kpis"] == found["kpis"] | {
            "leadsHandled": 2,
            "conversionRate": Decimal("100.0"),
            "totalRevenue": Decimal("2033009.00"),
            "teamRanking": None,
        }
        assert trial.ranking("10138")["reason"] == "too_few_leads"
        details = {name: known(detail) for name, detail in found["trendDetails"].items()}
        assert details == details | {
            "leads": ("-33.3", None),
            "conversion": ("50.0", None),
            "revenue": ("13.7", None),
            "response": ("-82.4", None),
        }
