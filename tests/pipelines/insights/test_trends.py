"""Trends of key figures on rows that a person can check by hand."""

import json
from math import log1p
from typing import Any

import polars as pl
import pytest

from pipelines.insights.formulas.trends import TRENDS, agent_trends

NO_ROWS: dict[str, Any] = {
    "agent_id": "ann",
    "date_range": "30",
    "compare": "previous",
    "day_count": 30,
    "is_partial_history": False,
    **{
        f"{side}_{name}": value
        for side in ("current", "previous")
        for name, value in {
            **{trend.numerator: 0 for trend in TRENDS},
            **{trend.denominator: 0 for trend in TRENDS if trend.denominator},
            "response_time_median_exact_hours": None,
            "undated_count": 0,
            "leads_squares": 0.0,
            "revenue_squares": 0.0,
            "response_log_total": 0.0,
            "response_log_squares": 0.0,
            "satisfaction_squares": 0.0,
        }.items()
    },
}
DECIMALS = {trend.numerator: pl.Decimal(38, trend.decimals) for trend in TRENDS if trend.decimals}


def trends(**columns: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """`changes` and `details` of a row with these columns."""
    row = NO_ROWS | columns
    frame = pl.DataFrame([row]).with_columns(
        pl.col(f"{side}_{name}").cast(pl.String).cast(kind)
        for side in ("current", "previous")
        for name, kind in DECIMALS.items()
    )
    [found] = agent_trends(frame).to_dicts()
    changes, details = (
        json.loads(found[name], parse_float=str, parse_int=str) for name in ("changes", "details")
    )
    assert list(changes) == list(details) == [trend.metric for trend in TRENDS]
    assert changes == {name: detail["change"] for name, detail in details.items()}
    return changes, details


def test_sides_have_the_decimals_served_and_the_change_one() -> None:
    """26 of 145 against 34 of 167; 2.25 h and 2.35 h, rounded half away from zero."""
    _, details = trends(
        current_leads_handled=145,
        previous_leads_handled=167,
        current_leads_converted=26,
        previous_leads_converted=34,
        current_response_hours_total="4.5",
        previous_response_hours_total="4.7",
        current_response_count=2,
        previous_response_count=2,
        current_total_revenue="-0.01",
        previous_total_revenue="5",
    )
    assert details["leads"] == {
        "current": "145",
        "previous": "167",
        "change": "-13.2",
        "unit": "pct",
        "points": None,
        "better": False,
        "reason": None,
        "isNotable": False,
    }
    conversion = details["conversion"]
    assert [conversion[name] for name in ("current", "previous", "change", "points")] == [
        "17.9",
        "20.4",
        "-11.9",
        "-2.4",
    ]
    response = details["response"]
    assert [response[name] for name in ("current", "previous", "change", "better")] == [
        "2.3",
        "2.4",
        "-4.3",
        True,
    ]
    assert (details["revenue"]["current"], details["revenue"]["change"]) == ("-0.01", "-100.2")
    assert details["satisfaction"]["reason"] == "no_data"


@pytest.mark.parametrize(
    ("columns", "conversion", "leads"),
    [
        ({}, "no_data", None),
        ({"is_partial_history": True}, "partial_history", "partial_history"),
        ({"is_partial_history": True, "day_count": 0}, "no_complete_day", "no_complete_day"),
        (
            {
                "current_leads_handled": 20,
                "current_leads_converted": 10,
                "current_undated_count": 1,
            },
            "no_data",
            "previous_zero",
        ),
        (
            {
                "current_leads_handled": 20,
                "current_leads_converted": 10,
                "current_undated_count": 2,
            },
            "undated",
            "previous_zero",
        ),
        (
            {"current_leads_handled": 9, "current_leads_converted": 1, "previous_leads_handled": 9},
            "previous_zero",
            None,
        ),
    ],
)
def test_the_first_of_several_reasons_is_given(
    columns: dict[str, Any], conversion: str | None, leads: str | None
) -> None:
    changes, details = trends(**columns)
    assert (details["conversion"]["reason"], details["leads"]["reason"]) == (conversion, leads)
    assert changes["conversion"] is None


def test_without_a_complete_day_nothing_is_compared() -> None:
    _, details = trends(day_count=0, current_leads_handled=3)
    for detail in details.values():
        assert (detail["current"], detail["previous"], detail["points"]) == (None, None, None)


def test_a_change_is_notable_where_chance_hardly_makes_one() -> None:
    """40 of 100 against 20 of 100: z = 3.07, p = 0.002, times 2 tests; 24 of 100: p = 0.5."""
    leads: dict[str, Any] = {"current_leads_handled": 100, "previous_leads_handled": 100}
    for side in ("current", "previous"):
        leads[f"{side}_leads_squares"] = 400.0
    converted = {**leads, "previous_leads_converted": 20}
    assert trends(**converted, current_leads_converted=40)[1]["conversion"]["isNotable"]
    assert not trends(**converted, current_leads_converted=24)[1]["conversion"]["isNotable"]


def test_a_mean_that_moves_against_the_tested_logarithms_is_not_notable() -> None:
    """30 leads of 2 h, then 29 of 0.1 h and one of 300 h: ln(1 + h) falls, the mean rises."""
    logs = {"current": [log1p(0.1)] * 29 + [log1p(300)], "previous": [log1p(2)] * 30}
    columns: dict[str, Any] = {
        "current_response_hours_total": "302.9",
        "previous_response_hours_total": "60",
        "current_response_time_median_exact_hours": "0.1",
        "previous_response_time_median_exact_hours": "2",
    }
    for side, values in logs.items():
        columns[f"{side}_response_count"] = 30
        columns[f"{side}_response_log_total"] = sum(values)
        columns[f"{side}_response_log_squares"] = sum(value**2 for value in values)
    _, details = trends(**columns)
    mean, median = details["response"], details["responseMedian"]
    assert (mean["change"], mean["better"], mean["isNotable"]) == ("404.8", False, False)
    assert (median["change"], median["better"], median["isNotable"]) == ("-95.0", True, True)


def test_a_rise_from_zero_has_a_direction() -> None:
    leads: dict[str, Any] = {"current_leads_handled": 100, "previous_leads_handled": 100}
    for side in ("current", "previous"):
        leads[f"{side}_leads_squares"] = 400.0
    _, details = trends(**leads, current_leads_converted=20)
    assert (details["conversion"]["change"], details["conversion"]["isNotable"]) == (None, True)


def test_a_few_days_are_never_notable() -> None:
    _, details = trends(
        day_count=3,
        current_leads_handled=300,
        previous_leads_handled=3,
        current_leads_squares=30000.0,
        previous_leads_squares=3.0,
    )
    assert details["leads"]["change"] == "9900.0"
    assert not details["leads"]["isNotable"]
