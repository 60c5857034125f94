"""A CRM with its own names and types is read through the mapping and served."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from config.environment import environment
from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from crm.sources.mapping_file import read_mapping
from tests.conftest import PostgresServer
from tests.support.crm.activity_log import logged
from tests.support.pipeline import Pipeline, checks
from tests.support.servers.api_server import serving, settings
from warehouse.databases import Databases

MAPPING = """
[leads]
table = "sales.Prospects"

[leads.columns]
id = "uid"
created_at = "Opened"
source = "channel"
disposition = "state"
assigned_agent_id = "owner"
"""
TABLE = """
create schema sales;
create type sales.state as enum ('new', 'Won');
create table sales."Prospects" (
    uid uuid primary key default gen_random_uuid(),
    "Opened" timestamp,
    channel text,
    state sales.state default 'new',
    owner varchar(50),
    "fullName" text
);
insert into sales."Prospects" ("Opened", channel, owner, "fullName")
values ('2024-02-28 23:30', 'Fair', 'ana', 'Zoe Private');
"""
STATEMENTS = (
    """insert into sales."Prospects" ("Opened", channel, owner, "fullName")
       values ('2024-02-29 00:30', 'Web', 'ben', 'Yan Private')""",
    """update sales."Prospects" set owner = 'ana' where owner = 'ben'""",
    """update sales."Prospects" set state = 'Won' where channel = 'Web'""",
    """select log_agent_activity('ana', uid::text, 'conversion', 'Sale', null, '{"revenue": 99.5}')
       from sales."Prospects" where channel = 'Web'""",
)


@pytest.fixture
def pipeline(
    postgres_server: PostgresServer, databases: Databases, pipeline_home: Path, tmp_path: Path
) -> Iterator[Pipeline]:
    """A CRM with one lead from before the installation and one that its own statements write."""
    mapping = tmp_path / "crm_mapping.toml"
    mapping.write_text(MAPPING)
    with postgres_server.database() as name:
        url = postgres_server.url(name)
        with psycopg.connect(url) as connection:
            connection.execute(TABLE)
        migrate_operational(url, read_mapping(mapping), postgres_server.api_url(name))
        for statement in STATEMENTS:
            with psycopg.connect(url) as connection:
                connection.execute(statement)
        own = Databases(
            url,
            databases.warehouse,
            postgres_server.api_url(name),
            databases.api_warehouse,
            None,
        )
        today = date.today()
        with environment(CRM_MAPPING=str(mapping)):
            yield Pipeline(own, pipeline_home, tmp_path / "lake", today)


def test_statements_of_the_crm_are_served_to_the_agent(pipeline: Pipeline) -> None:
    pipeline.refreshed()
    with serving(settings(), pipeline.databases) as api:
        kpis = api.get("/agent/analytics/kpis?dateRange=7", "ana").json()["kpis"]
        assert kpis["totalRevenue"] == 99.5
        with psycopg.connect(pipeline.databases.warehouse) as connection:
            days = connection.execute(
                "select agent_id, date::text, leads_assigned, leads_converted"
                " from marts.agent_performance_metrics where leads_assigned > 0 order by 1, 2"
            ).fetchall()
            conversions = connection.execute(
                "select revenue, source, is_refund from intermediate.int_conversions"
            ).fetchall()
    assert days == [("ana", "2024-02-28", 1, 0), ("ana", "2024-02-29", 1, 1)]
    assert [(float(revenue), source, refund) for revenue, source, refund in conversions] == [
        (99.5, "Web", False)
    ]


def test_plain_timestamps_are_utc_in_any_business_time_zone(pipeline: Pipeline) -> None:
    berlin = Pipeline(
        pipeline.databases, pipeline.home, pipeline.lake, pipeline.as_of, "Europe/Berlin"
    )
    berlin.refreshed()
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        days = connection.execute(
            "select date::text, leads_assigned from marts.agent_performance_metrics"
            " where leads_assigned > 0"
        ).fetchall()
    assert days == [("2024-02-29", 2)]


def test_names_of_leads_never_leave_the_crm(pipeline: Pipeline) -> None:
    pipeline.refreshed()
    files = [path for path in pipeline.lake.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Private" in path.read_bytes()]


def test_a_lead_without_a_date_is_counted_and_stops_no_refresh(pipeline: Pipeline) -> None:
    with psycopg.connect(pipeline.databases.operational) as connection:
        connection.execute(
            'insert into sales."Prospects" (uid, owner)'
            " values ('00000000-0000-0000-0000-00000000beef', 'ana')"
        )
    undated = checks(pipeline.refreshed())["leads_without_readable_creation"]
    assert "beef" in str(undated.metadata["rows"].value)


PARTITIONED = """
create table leads (id bigint not null, created_at timestamptz not null, source text,
    disposition text, assigned_agent_id varchar(50)) partition by range (id);
create table leads_before partition of leads for values from (1) to (100);
create table leads_after partition of leads for values from (100) to (200);
insert into leads (id, created_at) values (1, now()), (2, now()), (101, now());
"""


def test_a_partitioned_crm_logs_each_change_once(
    empty_database: str,
) -> None:
    with psycopg.connect(empty_database, autocommit=True) as crm:
        crm.execute(PARTITIONED)
        migrate_operational(empty_database, LeadsMapping(), "")
        crm.execute("create table leads_new partition of leads for values from (200) to (300)")
        migrate_operational(empty_database, LeadsMapping(), "")
        crm.execute("update leads set assigned_agent_id = 'whole' where id in (1, 101)")
        crm.execute("update leads_before set assigned_agent_id = 'part' where id = 2")
        crm.execute(
            "insert into leads_after (id, created_at, assigned_agent_id) values (102, now(), 'new')"
        )
        crm.execute(
            "insert into leads_new (id, created_at, assigned_agent_id) values (201, now(), 'new')"
        )
        crm.execute("update leads set id = 103, assigned_agent_id = 'moved' where id = 1")
        assert [row[:3] for row in logged(crm)] == [
            ("whole", "1", "assignment"),
            ("whole", "101", "assignment"),
            ("part", "2", "assignment"),
            ("new", "102", "assignment"),
            ("new", "201", "assignment"),
            ("moved", "103", "assignment"),
        ]
        indexes = (
            "select tablename, count(*) from pg_indexes where tablename like 'leads%'"
            " group by 1 order by 1"
        )
        assert crm.execute(indexes).fetchall() == [
            (table, 3) for table in ("leads", "leads_after", "leads_before", "leads_new")
        ]
        invalid = "select count(*) from pg_index where not indisvalid"
        assert crm.execute(invalid).fetchone() == (0,)
