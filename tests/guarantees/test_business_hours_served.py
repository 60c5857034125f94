"""Business hours of the product are those worked out on paper, and those of the oracle."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from pipelines.dbt_project import DbtError
from pipelines.transformation.dbt_resource import DbtResource
from tests.guarantees.test_served_numbers import assert_range_served, assert_served, body
from tests.guarantees.test_worked_numbers_served import served, write_source
from tests.support.oracle import small_expected, worked_hours
from tests.support.oracle.business_hours import BusinessHours, Calendar
from tests.support.oracle.numbers import Analytics, Source, read_directory
from tests.support.paths import SMALL
from tests.support.pipeline import Pipeline
from tests.support.reference_data import write_calendars
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
AS_OF = date(2024, 12, 31)
LEAD = {"created_at": "2024-02-01T00:00:00Z", "assigned_agent_id": "alma"}
WORKED = Source(
    [
        *(
            {
                "id": case.name,
                "created_at": case.created,
                "assigned_agent_id": case.agent,
                "contacted_at": case.contacted,
            }
            for case in worked_hours.CASES
        ),
        {"id": "longest", **LEAD, "response_time_hours": "9600"},
        {
            "id": "of_two_calendars",
            **LEAD,
            "created_at": "2023-12-31T18:00:00-05:00",
            "response_time_hours": "48",
        },
        {"id": "too long", **LEAD, "response_time_hours": "9600.000001"},
    ],
    [],
)
DAY = timedelta(days=1)


def week(opens: str, closes: str) -> dict[int, list[tuple[str, str]]]:
    return {day: [(opens, closes)] for day in range(1, 8)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "reference_data"
    folder.mkdir()
    monkeypatch.setenv("REFERENCE_DATA_PATH", str(folder))
    return folder


def business_hours(pipeline: Pipeline) -> dict[str, Decimal | None]:
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        return dict(
            connection.execute(
                "select lead_id, business_response_hours from intermediate.int_leads"
            ).fetchall()
        )


def expected(source: Source, hours: BusinessHours, as_of: date) -> dict[str, Decimal | None]:
    return {
        lead.id: None
        if lead.business_microhours is None
        else Decimal(lead.business_microhours) / 10**6
        for lead in Analytics(source, as_of, business_hours=hours).leads
    }


def test_open_hours_are_those_worked_out(
    databases: Databases, pipeline_home: Path, tmp_path: Path, folder: Path
) -> None:
    pipeline = Pipeline(databases, pipeline_home, tmp_path / "lake", AS_OF)
    write_source(pipeline, WORKED)
    write_calendars(folder, worked_hours.HOURS)
    pipeline.refreshed()
    assert business_hours(pipeline) == {
        **{case.name: case.open for case in worked_hours.CASES},
        "longest": 9600,
        # New Year's Eve is a Sunday in Berlin, and the new year begins six hours later in New York.
        "of_two_calendars": 42,
        "too long": None,
    }
    assert business_hours(pipeline) == expected(WORKED, worked_hours.HOURS, AS_OF)


def test_a_calendar_that_is_always_open_gives_the_elapsed_hours(
    small_pipeline: Pipeline, folder: Path
) -> None:
    assert set(business_hours(small_pipeline).values()) == {None}
    always = Calendar("America/New_York", week("00:00", "24:00"))
    write_calendars(folder, BusinessHours({"always": always}, default="always"))
    small_pipeline.refreshed()
    with psycopg.connect(small_pipeline.databases.warehouse) as connection:
        (answered, equal) = connection.execute(
            "select count(response_hours),"
            " count(*) filter (where response_hours = business_response_hours)"
            " from intermediate.int_leads"
        ).fetchone() or (0, 0)
    assert answered == equal > 0


def test_a_changed_calendar_changes_the_hours_of_its_agents(
    small_pipeline: Pipeline, folder: Path
) -> None:
    """Each step changes one file, after which an incremental build has the hours of the oracle."""
    source = read_directory(SMALL)
    agents = sorted({lead["assigned_agent_id"] or "" for lead in source.leads} - {""})
    leads = [lead for lead in source.leads if lead["assigned_agent_id"] == agents[0]]
    middle = date.fromisoformat(
        sorted(lead["created_at"] or "" for lead in leads)[len(leads) // 2][:10]
    )
    office = Calendar(
        "Europe/Berlin", {day: [("09:00", "12:00"), ("13:00", "17:00")] for day in range(1, 6)}
    )
    night = Calendar("Asia/Tokyo", week("22:00", "06:00"))
    calendars = {"office": office, "night": night}
    changed_twice = [(middle, "night"), (middle + 2 * DAY, "office")]
    exceptions = {middle: [], middle + DAY: [("10:00", "24:00")]}
    of_one, of_another = {agents[0]: changed_twice}, {agents[1]: [(date(2020, 1, 1), "night")]}
    with_holidays = calendars | {"office": dataclasses.replace(office, holidays=exceptions)}
    with_other_hours = with_holidays | {"night": Calendar("Asia/Tokyo", week("12:00", "02:00"))}
    for step in (
        BusinessHours(calendars, "office", of_another),
        BusinessHours(calendars, "office", of_one),
        BusinessHours(with_holidays, "office", of_one),
        BusinessHours(with_other_hours, "office", of_one),
        BusinessHours(with_other_hours, None, of_one),
        BusinessHours({}),
    ):
        write_calendars(folder, step)
        small_pipeline.refreshed()
        assert business_hours(small_pipeline) == expected(source, step, small_expected.AS_OF)


def test_business_hours_are_served_beside_the_elapsed_ones(
    databases: Databases, pipeline_home: Path, tmp_path: Path, folder: Path
) -> None:
    pipeline = Pipeline(databases, pipeline_home, tmp_path / "lake", AS_OF)
    write_source(pipeline, WORKED)
    write_calendars(folder, worked_hours.HOURS)
    analytics = Analytics(WORKED, AS_OF, business_hours=worked_hours.HOURS)
    with served(pipeline, AS_OF) as api:
        times = body(api.get("/agent/analytics/response-times?dateRange=ytd", "olaf"))["business"]
        # 0, 0.75, 1.5, 2 and 8.5 hours: the mean is 2.55.
        assert (times["mean"], times["median"]) == (Decimal("2.6"), Decimal("1.5"))
        assert [bucket["count"] for bucket in times["buckets"]] == [2, 2, 0, 1, 0]
        for agent in ("olaf", "nina", "alma", "swen", "nobody"):
            assert_served(api, analytics, agent, ("90", "365", "ytd"), "previous")
        assert_range_served(api, analytics, "olaf", date(2024, 3, 1), date(2024, 3, 31), "previous")


def test_the_ranking_uses_the_clock_of_its_var(
    small_pipeline: Pipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(clock: str) -> None:
        arguments = ["--select", "+agent_team_ranking", "--exclude-resource-type", "unit_test"]
        variables = {
            "ranking_response_clock": clock,
            "as_of": str(small_expected.AS_OF),
            "min_leads_to_rank": 1,
        }
        url = small_pipeline.databases.warehouse
        for _ in DbtResource().build(Settings(), url, arguments, variables):
            pass

    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(small_pipeline.home))
    for clock, message in (
        ("business", "ranking_response_clock is 'business', and there is no default calendar"),
        ("fast", "ranking_response_clock is 'fast': expected elapsed or business"),
    ):
        with pytest.raises(DbtError, match=message):
            build(clock)

    office = Calendar("UTC", week("09:00", "10:00"))
    hours = BusinessHours({"office": office}, default="office")
    write_calendars(folder, hours)
    small_pipeline.refreshed()
    build("business")
    analytics = Analytics(
        read_directory(SMALL),
        small_expected.AS_OF,
        business_hours=hours,
        ranking_response_clock="business",
        min_leads_to_rank=1,
    )
    with psycopg.connect(small_pipeline.databases.warehouse) as connection:
        components = dict(
            connection.execute(
                "select agent_id, response_component from marts.agent_team_ranking"
                " where date_range = '30'"
            ).fetchall()
        )
    assert any(components.values())
    for agent, component in components.items():
        assert analytics.ranking(agent, 30)["components"]["response"] == component, agent
