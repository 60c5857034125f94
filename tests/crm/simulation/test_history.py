"""Simulated history is reproducible, plausible, and never in the future."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.bulk_load import ImportCounts
from crm.simulation.agents import agent_ids
from crm.simulation.arrivals import arrivals, lead_days
from crm.simulation.history import SimulationError, simulate
from crm.sources.mapping import LeadsMapping
from tests.conftest import PostgresServer
from tests.support.crm.operational_tables import counts, rows
from warehouse.databases import Databases

UNTIL = date(2024, 4, 30)
ZONE = "America/New_York"
EVERYTHING = (
    "select md5(string_agg(l::text, ',' order by id)) from leads l",
    "select md5(string_agg(a::text, ',' order by id)) from agent_activity_log a",
)


def simulated(url: str, seed: int = 7, agents: int = 4, days: int = 60) -> ImportCounts:
    return simulate(
        url,
        agents=agents,
        days=days,
        seed=seed,
        until=UNTIL,
        mapping=LeadsMapping(),
        time_zone=ZONE,
    )


@pytest.fixture(scope="module")
def history(module_databases: Databases) -> str:
    """Twenty agents over the 730 days up to 2024-04-30, New York time; tests only read it."""
    written = simulated(module_databases.operational, agents=20, days=730)
    assert written.leads == 20440
    assert counts(module_databases.operational) == (written.leads, written.activities)
    return module_databases.operational


def test_rows_depend_on_the_seed_only(
    postgres_server: PostgresServer, operational_template: str
) -> None:
    digests = []
    for seed in (7, 7, 8):
        with postgres_server.database(operational_template) as name:
            simulated(postgres_server.url(name), seed)
            digests.append([rows(postgres_server.url(name), query) for query in EVERYTHING])
    assert digests[0] == digests[1]
    assert digests[0][0] != digests[2][0]
    assert digests[0][1] != digests[2][1]


def test_a_lead_does_not_depend_on_the_chunk() -> None:
    days = lead_days(10_000, 365, UNTIL, seed=7)
    whole = arrivals(0, 10_000, days, 7, ZONE)
    assert arrivals(4_321, 5_678, days, 7, ZONE).equals(whole[4_321:5_678])
    assert whole["created_at"].is_sorted()


def test_a_skipped_day_and_skipped_hours_leave_no_lead_without_an_instant() -> None:
    days = lead_days(50_000, 365, date(2011, 12, 31), seed=7)
    created_at = arrivals(0, 50_000, days, 7, "Pacific/Apia")["created_at"]
    assert created_at.null_count() == 0


def test_agent_ids_are_padded_to_the_same_length() -> None:
    assert agent_ids(2) == ["agent-001", "agent-002"]
    assert agent_ids(1000)[::999] == ["agent-0001", "agent-1000"]


def test_history_up_to_today_has_nothing_in_the_future(operational_database: str) -> None:
    today = datetime.now(UTC).date()
    simulate(operational_database, agents=20, days=5, seed=7, until=today, mapping=LeadsMapping())
    now = datetime.now(UTC)
    [instants] = rows(
        operational_database,
        "select max(created_at), max(contacted_at), max(interested_at), max(updated_at),"
        " (select max(timestamp) from agent_activity_log),"
        " (select max(recorded_at) from agent_activity_log) from leads",
    )
    assert all(instant is None or instant <= now for instant in instants)
    assert instants[0] >= now - timedelta(days=1)


@pytest.mark.parametrize(
    ("agents", "days", "until", "message"),
    [
        (0, 5, UNTIL, "agents, days and leads per agent and day must be positive"),
        (5, 0, UNTIL, "agents, days and leads per agent and day must be positive"),
        (5, 5, date(2999, 1, 1), "2999-01-01 is in the future"),
    ],
)
def test_arguments_out_of_range_are_rejected(
    agents: int, days: int, until: date, message: str
) -> None:
    with pytest.raises(SimulationError) as rejected:
        simulate(
            "never reached", agents=agents, days=days, seed=1, until=until, mapping=LeadsMapping()
        )
    assert str(rejected.value) == message


def test_existing_leads_need_append(operational_database: str) -> None:
    first = simulated(operational_database)
    with pytest.raises(SimulationError, match=r"^table public\.leads is not empty$"):
        simulated(operational_database, seed=8)
    second = simulate(
        operational_database,
        agents=4, days=60, seed=8, until=UNTIL, mapping=LeadsMapping(), append=True,
    )  # fmt: skip
    assert counts(operational_database) == (
        first.leads + second.leads,
        first.activities + second.activities,
    )
    assert rows(operational_database, "select min(id), max(id) from leads") == [
        ("L0000001", f"L{first.leads + second.leads:07d}")
    ]


def test_history_covers_the_requested_dates_in_the_business_time_zone(history: str) -> None:
    dates = "(created_at at time zone 'America/New_York')::date"
    assert rows(
        history, f"select min({dates}), max({dates}), count(distinct {dates}) from leads"
    ) == [(date(2022, 5, 2), UNTIL, 730)]
    [(last,)] = rows(history, "select max(timestamp) from agent_activity_log")
    assert last < datetime(2024, 5, 1, 4, tzinfo=UTC)


def test_history_is_stamped_with_its_own_instants(history: str) -> None:
    assert rows(
        history,
        "select count(*) from leads"
        " where updated_at < greatest(created_at, contacted_at, interested_at)"
        " or updated_at >= '2024-05-01 04:00+00'",
    ) == [(0,)]
    assert rows(
        history, "select count(*) from agent_activity_log where recorded_at <> timestamp"
    ) == [(0,)]


def test_a_lead_passes_its_stages_in_order_and_has_an_assignment(
    history: str,
) -> None:
    assert rows(
        history,
        "select count(*) from leads where contacted_at < created_at"
        " or interested_at < contacted_at or (interested_at is not null and contacted_at is null)",
    ) == [(0,)]
    assert rows(
        history,
        "select count(*) from leads where assigned_agent_id is not null and not exists ("
        " select from agent_activity_log where lead_id = leads.id"
        " and activity_type = 'assignment' and agent_id = leads.assigned_agent_id)",
    ) == [(0,)]


def test_the_mix_of_leads_is_realistic(history: str) -> None:
    [figures] = rows(
        history,
        "select count(*)::numeric,"
        " count(*) filter (where assigned_agent_id is null),"
        " count(contacted_at), count(interested_at),"
        " count(*) filter (where lower(trim(disposition)) in ('converted', 'won', 'closed_won')),"
        " count(satisfaction_rating), count(distinct assigned_agent_id),"
        " count(*) filter (where extract(isodow from created_at) > 5),"
        " percentile_cont(0.5) within group (order by response_time_hours)"
        " from leads",
    )
    total, unassigned, contacted, interested, converted, rated, agents, weekend, hours = figures
    assert 0.01 < unassigned / total < 0.06
    assert 0.6 < contacted / total < 0.95
    assert 0.2 < interested / total < 0.7
    assert 0.05 < converted / total < 0.4
    assert 0.1 < rated / total < 0.5
    assert agents == 20
    assert 0.05 < weekend / total < 0.2
    assert 0.2 < hours < 24


def test_sources_agents_and_response_times_affect_results(history: str) -> None:
    by_source = dict(
        rows(
            history,
            "select source, avg((disposition = 'converted')::int) from leads"
            " where source in ('Referral', 'Cold Call') group by source",
        )
    )
    assert by_source["Referral"] > 1.5 * float(by_source["Cold Call"]) > 0
    [(lowest, highest)] = rows(
        history,
        "select min(rate), max(rate) from (select avg((disposition = 'converted')::int) as rate"
        " from leads where assigned_agent_id is not null group by assigned_agent_id) as agents",
    )
    assert highest > Decimal("1.3") * lowest
    [(fast, slow)] = rows(
        history,
        "select avg(satisfaction_rating) filter (where response_time_hours < 1),"
        " avg(satisfaction_rating) filter (where response_time_hours > 24) from leads",
    )
    assert fast > slow + 1


def test_the_log_has_every_activity_type_refunds_and_messy_rows(history: str) -> None:
    kinds = dict(rows(history, "select activity_type, count(*) from agent_activity_log group by 1"))
    assert set(kinds) == {"assignment", "call", "email", "meeting", "status_change", "conversion"}
    [(median, refunds, unreadable, orphans)] = rows(
        history,
        "select percentile_cont(0.5) within group (order by case"
        "   when jsonb_typeof(metadata -> 'revenue') = 'number'"
        "   then (metadata ->> 'revenue')::numeric end),"
        " count(*) filter (where metadata ->> 'revenue' like '-%'),"
        " count(*) filter (where metadata ->> 'revenue' in ('abc', '1,250.00')),"
        " count(*) filter (where lead_id like 'X%')"
        " from agent_activity_log where activity_type = 'conversion'",
    )
    assert 1000 < median < 10000
    assert 10 < refunds < 0.05 * kinds["conversion"]
    assert 0 < unreadable < 100
    assert 0 <= orphans < 50


def test_no_activity_names_another_agent(history: str) -> None:
    assert rows(
        history,
        "select count(*) from agent_activity_log"
        " where concat(title, description, metadata::text) like '%agent-%'",
    ) == [(0,)]
