"""Installation and upgrade of our objects in a CRM that is in use."""

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType, SimpleNamespace

import psycopg
import pytest
from psycopg import sql

from crm.install.migrate import migrate_operational
from crm.sources.mapping import IDENTITY, LeadsMapping
from goals.types import GOAL_TYPES
from tests.conftest import PostgresServer
from tests.support.waiting import PATIENCE
from warehouse import migration_runner
from warehouse.migration_runner import MigrationError

CRM = """
create schema sales;
create table sales."Lead Cards" (
    card_id bigint primary key,
    made timestamp not null,
    channel text,
    state text,
    modified timestamp not null default now(),
    phone text
);
insert into sales."Lead Cards" values (1, '2026-01-01', 'Web', 'new', '2026-01-02', '1'),
    (2, '2026-01-01', 'Web', 'won', '2026-01-02', '2');
"""
MAPPING = LeadsMapping(
    "sales.Lead Cards",
    MappingProxyType(
        {
            **IDENTITY,
            "id": "card_id",
            "created_at": "made",
            "source": "channel",
            "disposition": "state",
            "updated_at": "modified",
        }
    ),
)
SHAPE = """
select 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod)
from pg_attribute where attnum > 0 and not attisdropped and attrelid in (
    select oid from pg_class where relkind = 'r' and relnamespace::regnamespace::text
        in ('public', 'sales'))
union all select 'index', tablename, indexname, indexdef from pg_indexes
    where schemaname in ('public', 'sales')
union all select 'trigger', tgrelid::regclass::text, tgname, '' from pg_trigger
    where not tgisinternal
union all select 'policy', polrelid::regclass::text, polname, '' from pg_policy
union all select 'check', conrelid::regclass::text, conname, convalidated::text
    from pg_constraint where contype = 'c'
order by 1, 2, 3
"""


@pytest.fixture
def crm(empty_database: str) -> Iterator[psycopg.Connection]:
    """A CRM with its own names and types."""
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(CRM)
        yield connection


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration_runner, "PAUSE_SECONDS", 0.05)


def test_a_crm_keeps_its_columns_and_gets_ours(
    crm: psycopg.Connection, empty_database: str
) -> None:
    before = set(crm.execute(SHAPE).fetchall())
    migrate_operational(empty_database, MAPPING, "")
    after = set(crm.execute(SHAPE).fetchall())
    assert before < after
    cards = '''sales."Lead Cards"'''
    assert {row[2:] for row in after - before if row[:2] == ("column", cards)} == {
        ("assigned_agent_id", "character varying(50)"),
        ("contacted_at", "timestamp with time zone"),
        ("interested_at", "timestamp with time zone"),
        ("response_time_hours", "numeric(14,6)"),
        ("satisfaction_rating", "integer"),
    }
    assert {row[2] for row in after - before if row[:2] == ("trigger", cards)} == {
        "agent_analytics_log_new_leads",
        "agent_analytics_log_changed_leads",
    }
    assert ("check", cards, "agent_analytics_satisfaction_rating", "true") in after
    crm.execute("""update sales."Lead Cards" set assigned_agent_id = 'A1', state = 'sold'""")
    modified = crm.execute("""select distinct modified::text from sales."Lead Cards" """)
    assert modified.fetchall() == [("2026-01-02 00:00:00",)]
    logged = crm.execute("select lead_id, activity_type from agent_activity_log order by id")
    assert logged.fetchall() == [
        ("1", "assignment"),
        ("1", "status_change"),
        ("1", "conversion"),
        ("2", "assignment"),
        ("2", "status_change"),
    ]
    with pytest.raises(psycopg.errors.CheckViolation):
        crm.execute("""update sales."Lead Cards" set satisfaction_rating = 6""")


@pytest.mark.parametrize("holder", ['sales."Lead Cards"', "agent_activity_log", "agent_goals"])
def test_a_second_migration_changes_nothing_and_does_not_wait_for_writers(
    crm: psycopg.Connection,
    empty_database: str,
    postgres_server: PostgresServer,
    holder: str,
) -> None:
    api_url = postgres_server.api_url("unused")
    migrate_operational(empty_database, MAPPING, api_url)
    shape = crm.execute(SHAPE).fetchall()
    with psycopg.connect(empty_database) as writer:
        writer.execute(sql.SQL("lock table {} in row exclusive mode").format(sql.SQL(holder)))
        migrate_operational(empty_database, MAPPING, api_url)
    assert crm.execute(SHAPE).fetchall() == shape


FORMER = """
drop trigger agent_analytics_log_new_leads on sales."Lead Cards";
drop trigger agent_analytics_log_changed_leads on sales."Lead Cards";
drop function agent_analytics_log_leads;
create function agent_analytics_log_lead() returns trigger language plpgsql as 'begin
    perform log_agent_activity(new.assigned_agent_id, new.card_id::text, ''former'');
    return null;
end';
create trigger agent_analytics_log_lead after insert or update on sales."Lead Cards"
    for each row execute function agent_analytics_log_lead();
drop trigger agent_analytics_stamp_goal on agent_goals;
drop function agent_analytics_stamp_goal;
alter table agent_goals drop column changed_in;
alter table agent_goals drop column repeats;
drop trigger agent_analytics_unlog_achievement on agent_goals;
drop function agent_analytics_unlog_achievement;
alter table agent_activity_log drop column changed_in;
create or replace function agent_analytics_stamp_activity() returns trigger language plpgsql as
    'begin new.recorded_at := clock_timestamp(); return new; end';
drop policy api_own_rows on agent_goals;
drop policy api_own_rows on agent_activity_log;
create policy api_own_rows on agent_goals as restrictive to agent_analytics_api
    using (agent_id = nullif(current_setting('analytics.agent_id', true), ''));
create policy api_own_rows on agent_activity_log as restrictive to agent_analytics_api
    using (agent_id = nullif(current_setting('analytics.agent_id', true), ''));
"""
BEHAVIOUR = """
select 'function', proname::text, prosrc from pg_proc where proname like '%agent_a%'
union all select 'policy', polrelid::regclass::text, pg_get_expr(polqual, polrelid) from pg_policy
union all select 'default', adrelid::regclass::text, pg_get_expr(adbin, adrelid) from pg_attrdef
order by 1, 2, 3
"""


def test_an_upgraded_installation_equals_a_new_one(
    crm: psycopg.Connection, empty_database: str, postgres_server: PostgresServer
) -> None:
    api_url = postgres_server.api_url("unused")
    migrate_operational(empty_database, MAPPING, api_url)
    new = [crm.execute(query).fetchall() for query in (SHAPE, BEHAVIOUR)]
    crm.execute(FORMER)
    crm.execute("select log_agent_activity('A1', '1', 'call')")
    crm.execute(
        "insert into agent_goals (agent_id, period, goal_type, target_value, period_start,"
        " period_end) values ('A1', 'monthly', 'revenue', 70, '2024-02-01', '2024-02-29')"
    )
    migrate_operational(empty_database, MAPPING, api_url)
    assert [crm.execute(query).fetchall() for query in (SHAPE, BEHAVIOUR)] == new
    kept = crm.execute("select agent_id, target_value, repeats from agent_goals").fetchall()
    assert kept == [("A1", 70, False)]
    crm.execute("""update sales."Lead Cards" set assigned_agent_id = 'A1'""")
    logged = crm.execute(
        "select activity_type, changed_in is not null from agent_activity_log order by id"
    )
    assert logged.fetchall() == [("call", False), ("assignment", True), ("assignment", True)]


def test_a_database_without_leads_gets_a_leads_table(empty_database: str) -> None:
    migrate_operational(empty_database, LeadsMapping(), "")
    migrate_operational(empty_database, LeadsMapping(), "")
    with psycopg.connect(empty_database) as connection:
        columns = connection.execute(
            "select attname from pg_attribute where attrelid = 'leads'::regclass and attnum > 0"
        ).fetchall()
        triggers = connection.execute(
            "select tgname from pg_trigger where tgrelid = 'leads'::regclass order by 1"
        ).fetchall()
    assert {name for (name,) in columns} == set(IDENTITY)
    assert [name for (name,) in triggers] == [
        "agent_analytics_log_changed_leads",
        "agent_analytics_log_new_leads",
        "agent_analytics_stamp_lead",
    ]


@pytest.mark.parametrize("column", ["id", "created_at", "source", "disposition"])
def test_a_missing_required_column_is_reported(empty_database: str, column: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(
            "create table leads (id int, created_at date, source text, disposition text)"
        )
        connection.execute(
            sql.SQL("alter table leads drop column {}").format(sql.Identifier(column))
        )
    with pytest.raises(MigrationError) as caught:
        migrate_operational(empty_database, LeadsMapping(), "")
    assert str(caught.value) == (
        f"crm/install/sql/10_leads.sql: table leads has no column {column}:"
        f' map "{column}" under [leads.columns] in crm_mapping.toml'
    )


def test_a_mapping_to_a_missing_table_or_column_is_rejected(
    crm: psycopg.Connection, empty_database: str
) -> None:
    typing_error = LeadsMapping(MAPPING.table, {**MAPPING.columns, "contacted_at": "contcated"})
    with pytest.raises(MigrationError, match=r"no column contcated, but \[leads\.columns\]"):
        migrate_operational(empty_database, typing_error, "")
    with pytest.raises(MigrationError, match=r'no such table: "sales"\."cards"'):
        migrate_operational(empty_database, LeadsMapping("sales.cards"), "")


def test_a_locked_table_fails_the_migration_after_a_few_attempts(
    crm: psycopg.Connection, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_runner, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(migration_runner, "LOCK_ATTEMPTS", 2)
    with psycopg.connect(empty_database) as reader:
        reader.execute("""select from sales."Lead Cards" """)
        with pytest.raises(MigrationError, match="gave up after 2 attempts"):
            migrate_operational(empty_database, MAPPING, "")
    migrate_operational(empty_database, MAPPING, "")


def test_a_migration_succeeds_once_the_lock_is_released(
    crm: psycopg.Connection, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_runner, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(migration_runner, "LOCK_ATTEMPTS", 100_000)
    attempted = threading.Event()
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: attempted.set())
    monkeypatch.setattr(migration_runner, "time", clock)
    reader = psycopg.connect(empty_database)
    reader.execute("""select from sales."Lead Cards" """)

    def end_reader() -> None:
        attempted.wait(PATIENCE)
        reader.close()

    thread = threading.Thread(target=end_reader)
    thread.start()
    migrate_operational(empty_database, MAPPING, "")
    thread.join()
    assert attempted.is_set()


def test_an_invalid_index_is_rebuilt(crm: psycopg.Connection, empty_database: str) -> None:
    migrate_operational(empty_database, MAPPING, "")
    crm.execute(
        "update pg_index set indisvalid = false"
        " where indexrelid = 'sales.agent_analytics_leads_agent'::regclass"
    )
    migrate_operational(empty_database, MAPPING, "")
    invalid = crm.execute("select count(*) from pg_index where not indisvalid")
    assert invalid.fetchone() == (0,)


def test_an_existing_goals_table_is_completed(crm: psycopg.Connection, empty_database: str) -> None:
    crm.execute(
        "create table agent_goals (id serial primary key, agent_id text, period text,"
        " goal_type text, target_value numeric(10, 2), current_value numeric(10, 2) not null"
        " default 0, period_start date, period_end date, created_at timestamptz,"
        " updated_at timestamptz)"
    )
    migrate_operational(empty_database, MAPPING, "")
    crm.execute(
        "insert into agent_goals (agent_id, achieved_at, current_value, target_value)"
        " values ('A1', now(), null, 1),"
        " ('A2', null, 1234567890123.123456, 999999999999.99)"
    )
    values = crm.execute("select current_value from agent_goals order by agent_id").fetchall()
    assert values == [(None,), (Decimal("1234567890123.123456"),)]
    unique = crm.execute("select indexname from pg_indexes where indexname like 'agent_goals_ag%'")
    assert unique.fetchall() == [("agent_goals_agent_id_period_goal_type_period_start_key",)]


def test_a_goals_table_of_an_older_version_takes_new_goal_types(
    crm: psycopg.Connection, empty_database: str
) -> None:
    migrate_operational(empty_database, MAPPING, "")
    crm.execute(
        "alter table agent_goals drop constraint agent_goals_goal_type,"
        " add constraint agent_goals_goal_type check (goal_type in ('conversions', 'revenue'))"
    )
    migrate_operational(empty_database, MAPPING, "")
    add = (
        "insert into agent_goals (agent_id, period, goal_type, target_value, period_start,"
        " period_end) values ('A1', 'monthly', %s, 1, '2024-02-01', '2024-02-29')"
    )
    for goal_type in GOAL_TYPES:
        crm.execute(add, [goal_type])
    with pytest.raises(psycopg.errors.CheckViolation):
        crm.execute(add, ["calls"])


def test_concurrent_migrations_both_succeed(crm: psycopg.Connection, empty_database: str) -> None:
    errors: list[BaseException] = []

    def migrate() -> None:
        try:
            migrate_operational(empty_database, MAPPING, "")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_an_unreachable_server_fails_with_one_clear_error() -> None:
    with pytest.raises(MigrationError, match="refused"):
        migrate_operational("postgresql://u:hidden@127.0.0.1:1/x", LeadsMapping(), "")
