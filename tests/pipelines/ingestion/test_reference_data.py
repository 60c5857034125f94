"""Reference data: each refresh brings raw to the CSV files, or fails and changes nothing."""

from datetime import date
from pathlib import Path

import psycopg
import pytest

from pipelines.ingestion.reference_data.reader import ReferenceDataError
from tests.support.crm.operational_tables import rows
from tests.support.pipeline import Pipeline, contents, failure, metadata
from warehouse.migrate import migrate_warehouse

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

RATES = "currency,from_date,rate\n"
FILES = {
    "exchange_rates": RATES + "usd,2024-01-01,0.9\nUSD,2024-02-01,0.92\n",
    "calendars": "calendar,time_zone,is_default\nBerlin,Europe/Berlin,true\nOslo,Europe/Oslo,\n",
    "working_hours": "calendar,weekday,opens,closes\n"
    "Berlin,1,08:00,12:00\nBerlin,1,13:00,24:00\nOslo,7,22:00,06:00\n",
    "holidays": "calendar,date,opens,closes\n"
    "Berlin,2024-05-01,,\nOslo,2024-12-24,08:00,10:00\nOslo,2024-12-24,11:00,12:00\n",
    "agent_calendars": "agent_id,calendar,from_date\n ana ,Oslo,2024-01-01\n",
}
LOADED = {
    "exchange_rates": ["(USD,2024-01-01,0.9)", "(USD,2024-02-01,0.92)"],
    "calendars": ["(Berlin,Europe/Berlin,t)", "(Oslo,Europe/Oslo,f)"],
    "working_hours": [
        "(Berlin,1,08:00:00,12:00:00)",
        "(Berlin,1,13:00:00,24:00:00)",
        "(Oslo,7,22:00:00,06:00:00)",
    ],
    "holidays": [
        "(Berlin,2024-05-01,,)",
        "(Oslo,2024-12-24,08:00:00,10:00:00)",
        "(Oslo,2024-12-24,11:00:00,12:00:00)",
    ],
    "agent_calendars": ["(ana,Oslo,2024-01-01)"],
}


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("reference_data")
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text)
    monkeypatch.setenv("REFERENCE_DATA_PATH", str(folder))
    return folder


def loaded(pipeline: Pipeline) -> dict[str, list[str]]:
    stored = contents(pipeline.databases.warehouse)
    return {name: [row[0] for row in stored[f"raw.{name}"]] for name in FILES}


def test_a_refresh_loads_what_differs_and_a_file_that_is_gone_empties_its_table(
    small_pipeline: Pipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small_pipeline.ingested()
    assert loaded(small_pipeline) == LOADED
    assert first.reference_rows_changed == {name: len(found) for name, found in LOADED.items()}

    assert small_pipeline.ingested().reference_rows_changed == {}

    (folder / "exchange_rates.csv").write_text(RATES + "USD,2024-02-01,0.93\n")
    (folder / "holidays.csv").unlink()
    assert small_pipeline.ingested().reference_rows_changed == {
        "exchange_rates": 3,
        "holidays": 3,
    }
    assert loaded(small_pipeline) == LOADED | {
        "exchange_rates": ["(USD,2024-02-01,0.93)"],
        "holidays": [],
    }

    monkeypatch.setenv("REFERENCE_DATA_PATH", "")
    small_pipeline.ingested()
    assert loaded(small_pipeline) == {name: [] for name in FILES}


def test_the_run_says_how_many_rows_of_each_file_changed(
    small_pipeline: Pipeline, folder: Path
) -> None:
    result = small_pipeline.refreshed()
    assert folder.exists()
    assert metadata(result, "raw/exchange_rates")["rows_changed"] == 2
    assert metadata(small_pipeline.refreshed(), "raw/exchange_rates") == {}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("exchange_rates", "currency,rate\n", "line 1, from_date: missing column"),
        (
            "exchange_rates",
            RATES + "USD,2024-01-01,0.0\n",
            "line 2, rate: '0.0' is not a rate (expected a number above 0 and below 1e7)",
        ),
        (
            "exchange_rates",
            RATES + "USD,2024-01-01,-1\n",
            "line 2, rate: '-1' is not a rate (expected a number above 0 and below 1e7)",
        ),
        (
            "exchange_rates",
            RATES + "$,2024-01-01,1\n",
            "line 2, currency: '$' is not a currency code of three letters",
        ),
        (
            "exchange_rates",
            RATES + "USD,2024-02-30,1\n",
            "line 2, from_date: '2024-02-30' is not a date (expected YYYY-MM-DD)",
        ),
        (
            "exchange_rates",
            RATES + "USD,2024-01-01,1\nusd,2024-01-01,2\n",
            "line 3: repeats currency, from_date of line 2",
        ),
        (
            "calendars",
            FILES["calendars"].replace("Europe/Oslo", "Europe/Olso"),
            "line 3, time_zone: unknown time zone 'Europe/Olso' (expected an IANA name)",
        ),
        (
            "calendars",
            FILES["calendars"].replace("Oslo,\n", "Oslo,TRUE\n"),
            "line 3, is_default: second default calendar (the first is in line 2)",
        ),
        (
            "calendars",
            FILES["calendars"].replace("true", "yes"),
            "line 2, is_default: 'yes' is neither true nor false",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Bergen,1,08:00,12:00\n",
            "line 5, calendar: unknown calendar 'Bergen' (not in calendars.csv)",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Oslo,0,08:00,12:00\n",
            "line 5, weekday: '0' is not a weekday (expected 1 for Monday to 7 for Sunday)",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Oslo,1,24:00,12:00\n",
            "line 5, opens: a stretch cannot open at 24:00",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Oslo,1,8:00,25:00\n",
            "line 5, opens: '8:00' is not a time of day (expected HH:MM)\n"
            "working_hours.csv, line 5, closes: '25:00' is not a time of day (expected HH:MM)",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Oslo,1,08:00,08:00\n",
            "line 5, closes: equals opens (a whole day is 00:00 to 24:00)",
        ),
        (
            "working_hours",
            FILES["working_hours"] + "Berlin,1,11:59,12:30\n",
            "line 5, opens: overlaps with line 2",
        ),
        (
            "holidays",
            FILES["holidays"] + "Oslo,2024-12-26,08:00,\n",
            "line 5, closes: needs both opens and closes, or neither for a closed day",
        ),
        (
            "holidays",
            FILES["holidays"] + "Oslo,2024-12-24,,\n",
            "line 3, opens: the same day is closed in another line\n"
            "holidays.csv, line 4, opens: the same day is closed in another line",
        ),
        (
            "agent_calendars",
            FILES["agent_calendars"] + "ben,Bergen,2024-01-01\n",
            "line 3, calendar: unknown calendar 'Bergen' (not in calendars.csv)",
        ),
        (
            "agent_calendars",
            FILES["agent_calendars"] + "ana,Berlin,2024-01-01\n",
            "line 3: repeats agent_id, from_date of line 2",
        ),
    ],
)
def test_a_bad_file_fails_the_refresh_and_the_old_data_stay(
    small_pipeline: Pipeline, folder: Path, name: str, text: str, expected: str
) -> None:
    small_pipeline.ingested()
    (folder / "exchange_rates.csv").write_text(RATES + "USD,2024-02-01,0.93\n")
    (folder / f"{name}.csv").write_text(text)
    separator = "" if expected.startswith(":") else ", "

    with pytest.raises(ReferenceDataError) as refused:
        small_pipeline.ingested()

    assert str(refused.value) == f"{name}.csv{separator}{expected}"
    assert loaded(small_pipeline) == LOADED


def test_a_wrong_name_and_a_folder_that_is_gone_are_refused(
    small_pipeline: Pipeline, folder: Path
) -> None:
    small_pipeline.ingested()
    wrong = (folder / "exchange_rates.csv").rename(folder / "exchange_rate.csv")
    with pytest.raises(ReferenceDataError, match=r"exchange_rate\.csv: unknown file \(expected:"):
        small_pipeline.ingested()

    wrong.rename(folder / "exchange_rates.csv")
    folder.rename(folder.with_name("elsewhere"))
    failed = small_pipeline.refresh()

    assert not failed.success
    assert f"REFERENCE_DATA_PATH: No such file or directory ({folder})" in failure(failed)
    assert loaded(small_pipeline) == LOADED


def test_a_changed_rate_changes_the_agent_days_of_its_currency_until_the_next_rate(
    small_pipeline: Pipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = small_pipeline.databases.warehouse
    days = "select agent_id, date from state.changed_agent_days order by 1, 2"
    monkeypatch.setenv("ANALYTICS_CURRENCY", "EUR")
    for name in FILES.keys() - {"exchange_rates"}:
        (folder / f"{name}.csv").unlink()
    small_pipeline.ingested()
    assert rows(url, days) == []

    with_currency(small_pipeline, "USD")
    booked = rows(
        url,
        "select distinct agent_id, occurred_at::date from raw.agent_activity_log"
        " where activity_type = 'conversion' order by 1, 2",
    )
    (folder / "exchange_rates.csv").write_text(
        RATES + "USD,2024-01-01,0.9\nUSD,2024-02-01,0.95\nUSD,2024-03-01,0.96\n"
        "EUR,2024-01-01,1\nGBP,2024-01-01,1\n"
    )
    small_pipeline.ingested()
    assert rows(url, days) == [row for row in booked if row[1] >= date(2024, 2, 1)]

    forget(url)
    (folder / "exchange_rates.csv").write_text(RATES + "USD,2024-01-01,0.9\nUSD,2024-03-01,0.96\n")
    small_pipeline.ingested()
    between = [row for row in booked if date(2024, 2, 1) <= row[1] < date(2024, 3, 1)]
    assert between
    assert rows(url, days) == between


def test_a_warehouse_of_an_earlier_version_reads_the_currencies_at_its_next_refresh(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.warehouse
    with psycopg.connect(small_pipeline.databases.operational) as connection:
        connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        connection.execute(
            'update agent_activity_log set metadata = metadata || \'{"currency": " usd "}\''
            " where activity_type = 'conversion'"
        )
    with psycopg.connect(url) as connection:
        connection.execute("alter table raw.agent_activity_log drop column currency cascade")
        connection.execute("alter table raw.agent_activity_log_incoming drop column currency")
        connection.execute("alter table serving.builds drop column currency")
        for table in FILES:
            connection.execute(f"drop table raw.{table}".encode())
        connection.execute("drop table state.reference_data")

    migrate_warehouse(url, small_pipeline.databases.api_warehouse)
    small_pipeline.refreshed()

    assert rows(
        url,
        "select distinct currency from raw.agent_activity_log where activity_type = 'conversion'",
    ) == [("USD",)]


def with_currency(pipeline: Pipeline, currency: str) -> None:
    """Every activity of the log is in the currency; what changes by that is forgotten."""
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute(
            "update agent_activity_log set recorded_at = now(),"
            " metadata = coalesce(metadata, '{}') || jsonb_build_object('currency', %s::text)",
            [currency],
        )
    pipeline.ingested()
    forget(pipeline.databases.warehouse)


def forget(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("delete from state.changed_agent_days")
