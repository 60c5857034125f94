"""Activities that the lead triggers and the logging function write."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import converted_words, dbt_vars
from crm.sources.mapping import LeadsMapping
from tests.support.crm.activity_log import logged


@pytest.fixture
def crm(operational_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(operational_database, autocommit=True) as connection:
        yield connection


def test_an_assigned_lead_logs_its_assignment_with_its_source(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, source, assigned_agent_id) values ('L1', 'Web', 'A1')")
    assert logged(crm) == [
        ("A1", "L1", "assignment", "Lead Assigned", {"source": "Web", "origin": "trigger"})
    ]


def test_a_lead_without_an_agent_logs_nothing(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, source, disposition) values ('L1', 'Web', 'new')")
    crm.execute("insert into leads (id, assigned_agent_id) values ('L2', '')")
    assert logged(crm) == []


def test_a_reassignment_is_logged_for_the_new_agent_only(
    crm: psycopg.Connection,
) -> None:
    crm.execute("insert into leads (id, assigned_agent_id) values ('L1', 'agent-one')")
    crm.execute("update leads set assigned_agent_id = 'agent-two'")
    crm.execute("update leads set assigned_agent_id = null")
    rows = logged(crm)
    assert [row[0] for row in rows] == ["agent-one", "agent-two"]
    assert rows[1][1:] == (
        "L1",
        "assignment",
        "Lead Assigned",
        {"source": None, "origin": "trigger"},
    )
    everything_but_agent = json.dumps([row[1:] for row in rows])
    assert "agent-one" not in everything_but_agent


def test_a_changed_status_is_logged_with_both_words(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, assigned_agent_id, disposition) values ('L1', 'A1', 'new')")
    crm.execute("update leads set disposition = 'called'")
    assert logged(crm)[1:] == [
        (
            "A1",
            "L1",
            "status_change",
            "Status Changed",
            {"old_disposition": "new", "new_disposition": "called", "origin": "trigger"},
        )
    ]


@pytest.mark.parametrize("word", ["converted", " Won\n", "CLOSED_WON", "sold\t"])
def test_a_newly_converted_lead_logs_one_conversion(crm: psycopg.Connection, word: str) -> None:
    crm.execute("insert into leads (id, assigned_agent_id, disposition) values ('L1', 'A1', 'new')")
    crm.execute("update leads set disposition = %s", [word])
    crm.execute("update leads set disposition = 'Converted '")
    conversions = [row for row in logged(crm) if row[2] == "conversion"]
    assert conversions == [("A1", "L1", "conversion", "Lead Converted", {"origin": "trigger"})]


def test_a_lead_that_arrives_converted_logs_a_conversion_and_no_status_change(
    crm: psycopg.Connection,
) -> None:
    crm.execute("insert into leads (id, assigned_agent_id, disposition) values ('L1', 'A1', 'won')")
    assert [row[2] for row in logged(crm)] == ["assignment", "conversion"]


def test_an_unrelated_update_logs_nothing_more(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, assigned_agent_id, disposition) values ('L1', 'A1', 'won')")
    before = logged(crm)
    crm.execute("update leads set contacted_at = now(), satisfaction_rating = 5")
    crm.execute("update leads set disposition = disposition, assigned_agent_id = 'A1'")
    assert logged(crm) == before


def test_a_lead_id_that_is_too_long_is_logged_in_the_metadata(crm: psycopg.Connection) -> None:
    lead = "x" * 51
    crm.execute("insert into leads (id, assigned_agent_id) values ('L1', 'A1'), (%s, 'A1')", [lead])
    crm.execute("select log_agent_activity('A1', %s, 'call', 'Call')", [lead])
    crm.execute(
        "select log_agent_activity('A1', %s, 'call', 'Call', null, '{\"minutes\": 3}')", [lead]
    )
    assert logged(crm) == [
        ("A1", "L1", "assignment", "Lead Assigned", {"source": None, "origin": "trigger"}),
        (
            "A1",
            None,
            "assignment",
            "Lead Assigned",
            {"source": None, "origin": "trigger", "lead_id": lead},
        ),
        ("A1", None, "call", "Call", {"lead_id": lead}),
        ("A1", None, "call", "Call", {"lead_id": lead, "minutes": 3}),
    ]


def test_an_agent_id_that_is_too_long_is_logged_as_null(crm: psycopg.Connection) -> None:
    crm.execute("alter table leads alter column assigned_agent_id type text")
    crm.execute(
        "insert into leads (id, assigned_agent_id) values ('L1', repeat('a', 51)), ('L2', 'A1')"
    )
    crm.execute("update leads set disposition = 'won' where id = 'L1'")
    assert [row[:3] for row in logged(crm)] == [
        ("A1", "L2", "assignment"),
        (None, "L1", "status_change"),
        (None, "L1", "conversion"),
    ]


def test_a_title_that_is_too_long_is_truncated(crm: psycopg.Connection) -> None:
    crm.execute("select log_agent_activity('A1', 'L1', 'email', repeat('x', 300))")
    assert crm.execute("select length(title) from agent_activity_log").fetchall() == [(255,)]


def test_a_statement_over_many_leads_logs_each_before_and_after(crm: psycopg.Connection) -> None:
    crm.execute(
        "insert into leads (id, assigned_agent_id, disposition)"
        " select 'L' || n, 'A' || n % 7, 'new' from generate_series(1, 1000) as n"
    )
    crm.execute(
        "update leads set id = 'M' || substr(id, 2), disposition = 'word of ' || id,"
        " assigned_agent_id = 'B' || right(id, 1)"
    )
    agents = [row[0] for row in logged(crm) if row[2] == "assignment"]
    assert len(agents) == 2000
    changes = crm.execute(
        "select count(*), count(distinct lead_id) from agent_activity_log"
        " where activity_type = 'status_change' and metadata ->> 'old_disposition' = 'new'"
        " and metadata ->> 'new_disposition' = 'word of L' || substr(lead_id, 2)"
        " and agent_id = 'B' || right(lead_id, 1)"
    )
    assert changes.fetchone() == (1000, 1000)


def test_an_upsert_logs_new_and_changed_leads(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, assigned_agent_id, disposition) values ('L1', 'A1', 'new')")
    crm.execute(
        "insert into leads (id, assigned_agent_id, disposition)"
        " values ('L1', 'A1', 'called'), ('L2', 'A2', 'new')"
        " on conflict (id) do update set disposition = excluded.disposition"
    )
    assert sorted(row[:3] for row in logged(crm)) == [
        ("A1", "L1", "assignment"),
        ("A1", "L1", "status_change"),
        ("A2", "L2", "assignment"),
    ]


def test_the_triggers_log_the_conversions_that_the_marts_count(crm: psycopg.Connection) -> None:
    words = converted_words(LeadsMapping())
    spelled = [
        spelling for word in words for spelling in (word, word.upper(), f"\u00a0\t{word}\u2003")
    ]
    statuses = [*spelled, *(f"{word}x" for word in words), "lost", " ", "", None]
    for place, status in enumerate(statuses):
        crm.execute(
            "insert into leads (id, assigned_agent_id, disposition) values (%s, 'A1', %s)",
            [str(place), status],
        )
    macros = Macros(dbt_vars(LeadsMapping()))
    rule = macros("is_converted_word", macros.text("disposition_word", "disposition"))
    query = sql.SQL("select id from leads where {} order by id::int").format(rule)
    counted = [row[0] for row in crm.execute(query).fetchall()]
    assert counted == [str(place) for place in range(len(spelled))]
    assert [row[1] for row in logged(crm) if row[2] == "conversion"] == counted

    crm.execute("update leads set disposition = upper(disposition) || ' '")
    assert [row[1] for row in logged(crm) if row[2] == "conversion"] == counted


@pytest.mark.parametrize(
    ("kind", "lead_id"),
    [("bigint", "42"), ("uuid", "00000000-0000-0000-0000-00000000002a"), ("text", "L 1")],
)
def test_a_lead_of_any_id_type_is_logged_as_text(
    crm: psycopg.Connection, kind: LiteralString, lead_id: str
) -> None:
    crm.execute(f"alter table leads alter column id type {kind} using null")
    crm.execute("insert into leads (id, assigned_agent_id) values (%s, 'A1')", [lead_id])
    assert [row[1] for row in logged(crm)] == [lead_id]


def test_live_writes_are_stamped_and_bulk_loads_keep_their_times(crm: psycopg.Connection) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    crm.execute("insert into leads (id, updated_at) values ('live', %s)", [past])
    crm.execute(
        "insert into agent_activity_log (activity_type, recorded_at) values ('call', %s)", [past]
    )
    with crm.transaction():
        crm.execute("set local analytics.bulk_load = 'on'")
        crm.execute(
            "insert into leads (id, assigned_agent_id, disposition, updated_at)"
            " values ('history', 'A1', 'won', %s)",
            [past],
        )
        crm.execute(
            "insert into agent_activity_log (activity_type, recorded_at) values ('email', %s)",
            [past],
        )
    leads: dict[str, datetime] = dict(crm.execute("select id, updated_at from leads").fetchall())
    assert leads["live"] > past
    assert leads["history"] == past
    activities: dict[str, datetime] = dict(
        crm.execute("select activity_type, recorded_at from agent_activity_log").fetchall()
    )
    assert activities["call"] > past
    assert activities["email"] == past
    assert set(activities) == {"call", "email"}
    crm.execute("update leads set source = 'Web' where id = 'history'")
    assert crm.execute("select min(updated_at) > %s from leads", [past]).fetchone() == (True,)


def test_the_logging_function_returns_the_id_of_its_row(crm: psycopg.Connection) -> None:
    result = crm.execute(
        "select log_agent_activity('A1', 'L1', 'call', 'Called', 'Was glad', '{\"minutes\": 3}')"
    ).fetchone()
    assert result == (1,)
    row = crm.execute("select id, description, metadata from agent_activity_log").fetchone()
    assert row == (1, "Was glad", {"minutes": 3})
