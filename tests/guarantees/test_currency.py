"""Amounts in one currency: as worked out on paper, and after a changed rate as in a full build."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingestion.reference_data.loader import load_reference_data
from pipelines.ingestion.reference_data.reader import ReferenceChanges
from tests.guarantees.test_served_numbers import assert_served
from tests.guarantees.test_worked_numbers_served import write_source
from tests.support.crm.operational_tables import rows
from tests.support.oracle import worked_money
from tests.support.oracle.numbers import Analytics, Source
from tests.support.pipeline import Pipeline, checks, metadata
from tests.support.servers.api_server import serving, settings
from tests.support.warehouse_state import empty, state
from warehouse.databases import Databases

KPIS = "/agent/analytics/kpis?dateRange=30"
RANGES = ("7", "30", "mtd", "last_month")
# Mia logged every case; each day of zoe has sales in two currencies.
SOURCE = Source(
    [
        {
            "id": "L1",
            "created_at": "2024-03-02T09:00:00Z",
            "assigned_agent_id": "mia",
            "source": "Web",
        }
    ],
    [
        {
            "agent_id": "mia",
            "lead_id": "L1",
            "activity_type": "conversion",
            "timestamp": f"{day}T12:00:00Z",
            "metadata": f'{{"revenue": {revenue}}}'
            if currency is None
            else f'{{"revenue": {revenue}, "currency": "{currency}"}}',
        }
        for day, revenue, currency, _, _ in worked_money.CASES
    ]
    + [
        {
            "agent_id": "zoe",
            "lead_id": None,
            "activity_type": "conversion",
            "timestamp": f"2024-03-{day:02}T12:00:00Z",
            "metadata": f'{{"revenue": 10, "currency": "{currency}"}}',
        }
        for day in range(5, 15)
        for currency in ("EUR", " Usd ")
    ],
)


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    return Pipeline(databases, pipeline_home, tmp_path / "lake", worked_money.AS_OF)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "reference_data"
    folder.mkdir()
    monkeypatch.setenv("REFERENCE_DATA_PATH", str(folder))
    return folder


def write_rates(folder: Path, rates: tuple[tuple[str, date, str], ...]) -> None:
    lines = [",".join(map(str, rate)) for rate in rates]
    (folder / "exchange_rates.csv").write_text("\n".join(["currency,from_date,rate", *lines]))


def test_amounts_follow_the_setting_and_the_rates(
    pipeline: Pipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(pipeline, SOURCE)
    write_rates(folder, worked_money.RATES)
    as_logged = pipeline.refreshed()
    assert_all_served(pipeline, None, Analytics(SOURCE, worked_money.AS_OF))
    several = checks(as_logged)["several_currencies"]
    assert (several.passed, several.metadata["dagster_dbt/failed_row_count"].value) == (False, 3)

    monkeypatch.setenv("ANALYTICS_CURRENCY", worked_money.CURRENCY)
    converted = pipeline.refreshed()
    reason = metadata(converted, "marts/agent_kpis")["reason"]
    assert reason == "definitions changed"
    assert checks(converted)["several_currencies"].passed
    missing = checks(converted)["conversions_without_exchange_rate"]
    assert missing.metadata["dagster_dbt/failed_row_count"].value == worked_money.WITHOUT_RATE
    api_rows = assert_all_served(pipeline, "EUR", exchanged(worked_money.RATES))
    assert api_rows["mia"]["totalRevenue"] == float(worked_money.TOTAL_REVENUE)
    assert api_rows["mia"]["conversionsBooked"] == worked_money.CONVERSIONS_BOOKED

    # The first rate of GBP, and another one of USD for three days.
    rates = (
        *worked_money.RATES,
        ("USD", date(2024, 3, 7), "0.95"),
        ("GBP", date(2024, 3, 1), "1.2"),
    )
    write_rates(folder, rates)
    changed = pipeline.ingested()
    assert changed.reference_rows_changed == {"exchange_rates": 2}
    days = rows(
        pipeline.databases.warehouse,
        "select agent_id, date from state.changed_agent_days order by 1, 2",
    )
    assert days == [
        ("mia", date(2024, 3, 9)),
        ("mia", date(2024, 3, 20)),
        *(("zoe", date(2024, 3, day)) for day in (7, 8, 9)),
    ]
    small = pipeline.refreshed()
    assert metadata(small, "marts/agent_kpis")["scope"] == "incremental"
    assert_all_served(pipeline, "EUR", exchanged(rates))
    pipeline.refreshed(reconciles=True)
    found = state(pipeline)
    empty(pipeline.databases)
    pipeline.refreshed()
    assert found == state(pipeline)


def exchanged(rates: tuple[tuple[str, date, str], ...]) -> Analytics:
    return Analytics(SOURCE, worked_money.AS_OF, currency="EUR", rates=rates)


def assert_all_served(
    pipeline: Pipeline, currency: str | None, analytics: Analytics
) -> dict[str, dict[str, float]]:
    """Returns the key figures of both agents."""
    kpis = {}
    with serving(settings(), pipeline.databases) as api:
        for agent in ("mia", "zoe"):
            answer = api.get(KPIS, agent).json()
            assert answer["meta"]["currency"] == currency
            kpis[agent] = answer["kpis"]
            assert_served(api, analytics, agent, RANGES, "previous")
    return kpis


CURRENCIES = ("EUR", "USD", "GBP")
FIRST, DAYS = date(2024, 3, 1), 12
RATES = st.dictionaries(
    st.tuples(st.sampled_from(CURRENCIES), st.integers(0, DAYS)),
    st.sampled_from(["0.5", "1", "1.25"]),
    max_size=6,
)


@pytest.fixture
def log(databases: Databases) -> Databases:
    """A warehouse with a build, and a conversion of every day and currency by its own agent."""
    with psycopg.connect(databases.warehouse) as warehouse:
        warehouse.execute(
            "insert into state.build_state"
            " (as_of, definition_hash, checks_hash, load_ids, is_wholly_changed, is_checked)"
            " values (%s, '', '', '{}', false, true)",
            [FIRST],
        )
        for number, (currency, day) in enumerate(
            (currency, day) for currency in CURRENCIES for day in range(DAYS)
        ):
            warehouse.execute(
                "insert into raw.agent_activity_log"
                " (agent_id, activity_id, activity_type, revenue_text, currency, occurred_at,"
                " changed_at) values (%s, %s, 'conversion', '100', %s, %s, now())",
                [f"{currency} {day}", number, currency, FIRST + timedelta(days=day)],
            )
    return databases


def load_rates(warehouse: psycopg.Connection, rates: dict[tuple[str, int], str]) -> set[str]:
    """Returns the agents with changed days."""
    table = [(of, FIRST + timedelta(days=day), rate) for (of, day), rate in rates.items()]
    changes = ReferenceChanges({"exchange_rates": table}, {"exchange_rates": uuid4().hex})
    with warehouse.transaction():
        warehouse.execute("delete from state.changed_agent_days")
        load_reference_data(warehouse, changes, "load", "UTC", "EUR")
        return {
            row[0] for row in warehouse.execute("select agent_id from state.changed_agent_days")
        }


def newest(rates: dict[tuple[str, int], str]) -> dict[str, tuple[int, str] | None]:
    """By agent, the first day and the value of the rate of its conversion."""
    return {
        f"{currency} {day}": max(
            (
                (first, rate)
                for (of, first), rate in rates.items()
                if of == currency and first <= day
            ),
            default=None,
        )
        for currency in CURRENCIES
        for day in range(DAYS)
    }


def test_other_rates_change_the_days_that_they_apply_to_and_no_others(log: Databases) -> None:
    with psycopg.connect(log.warehouse, autocommit=True) as warehouse:

        @given(RATES, RATES)
        def check(before: dict[tuple[str, int], str], after: dict[tuple[str, int], str]) -> None:
            load_rates(warehouse, before)
            changed = load_rates(warehouse, after)
            earlier, later = newest(before), newest(after)
            assert changed == {
                agent
                for agent in later
                if earlier[agent] != later[agent] and not agent.startswith("EUR")
            }

        check()
