"""What the lead triggers log, and that they never stand in the CRM's way."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql


@pytest.fixture
def crm(operational_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(operational_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def crm_user(crm: psycopg.Connection) -> Iterator[str]:
    """A role that may write leads and knows nothing of the activity log."""
    name = f"crm_user_{crm.info.backend_pid}"
    role = sql.Identifier(name)
    crm.execute(sql.SQL("create role {}").format(role))
    crm.execute(sql.SQL("grant select, insert, update on leads to {}").format(role))
    yield name
    crm.execute(sql.SQL("reset role; drop owned by {0}; drop role {0}").format(role))


def logged(crm: psycopg.Connection) -> list[tuple[str | None, str, str, str, dict[str, str]]]:
    return crm.execute(
        "select agent_id, lead_id, activity_type, title, metadata"
        " from agent_activity_log order by id"
    ).fetchall()


def test_an_assigned_lead_logs_its_assignment_with_its_source(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, source, assigned_agent_id) values ('L1', 'Web', 'A1')")
    assert logged(crm) == [
        ("A1", "L1", "assignment", "Lead Assigned", {"source": "Web", "origin": "trigger"})
    ]


def test_a_lead_without_an_agent_logs_nothing(crm: psycopg.Connection) -> None:
    crm.execute("insert into leads (id, source, disposition) values ('L1', 'Web', 'new')")
    crm.execute("insert into leads (id, assigned_agent_id) values ('L2', '')")
    assert logged(crm) == []


def test_a_reassignment_is_logged_for_the_new_agent_and_names_no_other(
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


def test_a_crm_user_without_grants_on_the_log_still_logs(
    crm: psycopg.Connection, crm_user: str
) -> None:
    crm.execute(sql.SQL("set role {}").format(sql.Identifier(crm_user)))
    crm.execute("insert into leads (id, assigned_agent_id) values ('L1', 'A1')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        crm.execute("select log_agent_activity('A1', 'L1', 'call')")
    crm.execute("reset role")
    assert [row[:3] for row in logged(crm)] == [("A1", "L1", "assignment")]


@pytest.mark.parametrize(
    "damage",
    [
        "drop table agent_activity_log",
        "drop function log_agent_activity",
        "alter table agent_activity_log add column needed text not null",
        "alter table leads rename column assigned_agent_id to owner_id",
        "alter table leads drop column updated_at",
    ],
)
def test_a_broken_log_never_fails_the_crms_statement(crm: psycopg.Connection, damage: str) -> None:
    crm.execute("insert into leads (id, disposition) values ('L1', 'new')")
    crm.execute(damage)
    crm.execute("update leads set disposition = 'won'")
    crm.execute("insert into leads (id, disposition) values ('L2', 'won')")
    assert crm.execute("select count(*) from leads where disposition = 'won'").fetchone() == (2,)


def test_a_value_too_long_for_the_log_never_fails_the_crms_statement(
    crm: psycopg.Connection,
) -> None:
    warnings: list[str] = []
    crm.add_notice_handler(lambda notice: warnings.append(notice.message_primary or ""))
    crm.execute("insert into leads (id, assigned_agent_id) values (repeat('x', 51), 'A1')")
    assert crm.execute("select count(*) from leads").fetchone() == (1,)
    assert logged(crm) == []
    assert warnings == [
        "agent-analytics did not log a change of a lead:"
        " value too long for type character varying(50)"
    ]


def test_a_locked_log_never_blocks_the_crms_statement(
    crm: psycopg.Connection, operational_database: str
) -> None:
    warnings: list[str] = []
    crm.add_notice_handler(lambda notice: warnings.append(notice.message_primary or ""))
    with psycopg.connect(operational_database) as other:
        other.execute("lock table agent_activity_log in access exclusive mode")
        crm.execute(
            "insert into leads (id, assigned_agent_id)"
            " select 'L' || n, 'A1' from generate_series(1, 1000) as n"
        )
    assert len(warnings) == 1
    crm.execute("insert into leads (id, assigned_agent_id) values ('after', 'A1')")
    assert [row[1] for row in logged(crm)] == ["after"]


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


def test_live_writes_are_stamped_and_history_keeps_its_own_times(crm: psycopg.Connection) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    crm.execute("insert into leads (id, updated_at) values ('live', %s)", [past])
    crm.execute(
        "insert into agent_activity_log (activity_type, recorded_at) values ('call', %s)", [past]
    )
    with crm.transaction():
        crm.execute("set local analytics.history_load = 'on'")
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
    found = crm.execute(
        "select log_agent_activity('A1', 'L1', 'call', 'Called', 'Was glad', '{\"minutes\": 3}')"
    ).fetchone()
    assert found == (1,)
    row = crm.execute("select id, description, metadata from agent_activity_log").fetchone()
    assert row == (1, "Was glad", {"minutes": 3})
