"""Our triggers never fail or block the CRM's statements."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.crm.activity_log import logged
from tests.support.login_role import as_role, login_role

# A clock that advances at each reading. The trigger retries for one second.
CLOCK = """
create sequence clock_readings;
create function ticking_clock() returns timestamptz language sql as
$$ select 'epoch'::timestamptz + nextval('public.clock_readings') * interval '{step}' $$;
"""
# A sequence keeps its value when a subtransaction is rolled back.
ATTEMPTS = """
create sequence attempts;
create function count_attempt() returns trigger language plpgsql as
$$ begin perform nextval('public.attempts'); return null; end $$;
create trigger count_attempt before insert on agent_activity_log
for each statement execute function count_attempt();
"""


@pytest.fixture
def crm(operational_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(operational_database, autocommit=True) as connection:
        yield connection


def tick(crm: psycopg.Connection, step: str) -> None:
    """Replaces the trigger's clock, since a slow machine may reach any limit; counts attempts."""
    [(definition,)] = crm.execute(
        "select pg_get_functiondef('public.agent_analytics_log_leads'::regproc)"
    ).fetchall()
    assert "clock_timestamp() + interval '1 second'" in definition
    crm.execute(CLOCK.format(step=step).encode())
    crm.execute(definition.replace("clock_timestamp()", "public.ticking_clock()"))
    crm.execute(ATTEMPTS)


def attempts(crm: psycopg.Connection) -> int:
    [(number,)] = crm.execute("select last_value from attempts").fetchall()
    return int(number)


def test_a_crm_user_without_grants_on_the_log_still_logs(
    crm: psycopg.Connection, operational_database: str
) -> None:
    with login_role(operational_database) as role:
        crm.execute(f"grant select, insert, update on leads to {role}".encode())
        with psycopg.connect(as_role(operational_database, role), autocommit=True) as user:
            user.execute("insert into leads (id, assigned_agent_id) values ('L1', 'A1')")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                user.execute("select log_agent_activity('A1', 'L1', 'call')")
    assert [row[:3] for row in logged(crm)] == [("A1", "L1", "assignment")]


@pytest.mark.parametrize(
    "damage",
    [
        "drop table agent_activity_log",
        "drop function log_agent_activity",
        "drop function agent_analytics_lead_activities",
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


def test_a_statement_over_many_leads_needs_one_subtransaction(crm: psycopg.Connection) -> None:
    with crm.transaction():
        crm.execute(
            "insert into leads (id, assigned_agent_id)"
            " select 'L' || n, 'A1' from generate_series(1, 1000) as n"
        )
        crm.execute("update leads set assigned_agent_id = 'A2', disposition = 'won'")
        used = crm.execute(
            "select subxact_count, subxact_overflowed"
            " from pg_stat_get_backend_idset() as backend,"
            " lateral pg_stat_get_backend_subxact(backend)"
            " where pg_stat_get_backend_pid(backend) = pg_backend_pid()"
        ).fetchone()
    assert used == (2, False)
    assert len(logged(crm)) == 4000


@pytest.mark.parametrize("bad", [1, 500, 1000])
def test_a_lead_that_cannot_be_logged_does_not_affect_the_others(
    crm: psycopg.Connection, bad: int
) -> None:
    tick(crm, "0 seconds")
    warnings: list[str] = []
    crm.add_notice_handler(lambda notice: warnings.append(notice.message_primary or ""))
    crm.execute(f"alter table agent_activity_log add check (lead_id <> 'L{bad}')".encode())
    crm.execute(
        "insert into leads (id, assigned_agent_id)"
        " select 'L' || n, 'A1' from generate_series(1, 1000) as n"
    )
    crm.execute("update leads set disposition = 'won'")
    assert [warning.partition(":")[0] for warning in warnings] == [
        "agent-analytics could not log changes of 1 leads"
    ] * 2
    # Two statements; each halves its rows ten times at most.
    assert attempts(crm) <= 2 * (1 + 2 * 10)
    kinds = ("assignment", "conversion", "status_change")
    assert sorted((row[1], row[2]) for row in logged(crm)) == sorted(
        (f"L{number}", kind) for number in range(1, 1001) if number != bad for kind in kinds
    )


@pytest.mark.parametrize(
    ("step", "number"),
    [
        # 30 splits, each of which adds two ranges.
        pytest.param("0 seconds", 61, id="the clock stands still"),
        # The second is over at the tenth failure: the ranges still waiting are not attempted.
        pytest.param("0.1 second", 10, id="the second ends on the way"),
        pytest.param("1 second", 1, id="no time is left"),
    ],
)
def test_a_broken_log_gives_up_after_a_bounded_number_of_attempts(
    crm: psycopg.Connection, step: str, number: int
) -> None:
    tick(crm, step)
    warnings: list[str] = []
    crm.add_notice_handler(lambda notice: warnings.append(notice.message_primary or ""))
    crm.execute("alter table agent_activity_log add column needed text not null")
    crm.execute(
        "insert into leads (id, assigned_agent_id)"
        " select 'L' || n, 'A1' from generate_series(1, 50000) as n"
    )
    assert crm.execute("select count(*) from leads").fetchone() == (50_000,)
    [warning] = warnings
    assert warning.startswith("agent-analytics could not log changes of 50000 leads: null value")
    assert attempts(crm) == number


def test_without_time_left_a_statement_whose_leads_can_be_logged_is_logged(
    crm: psycopg.Connection,
) -> None:
    tick(crm, "1 hour")
    crm.execute("insert into leads (id, assigned_agent_id) values ('L1', 'A1'), ('L2', 'A1')")
    assert [row[1] for row in logged(crm)] == ["L1", "L2"]
    assert attempts(crm) == 1


def test_an_activity_that_cannot_be_stamped_is_still_logged(
    crm: psycopg.Connection,
) -> None:
    crm.execute("alter table agent_activity_log rename column recorded_at to learnt_at")
    assert crm.execute("select log_agent_activity('A1', 'L1', 'call')").fetchone() == (1,)
    crm.execute("alter table agent_activity_log drop column changed_in")
    assert crm.execute("select log_agent_activity('A1', 'L1', 'call')").fetchone() == (2,)


def test_a_goal_that_cannot_be_stamped_is_still_written(crm: psycopg.Connection) -> None:
    crm.execute("alter table agent_goals drop column changed_in")
    crm.execute(
        "insert into agent_goals"
        " (agent_id, period, goal_type, target_value, period_start, period_end)"
        " values ('A1', 'monthly', 'revenue', 100, '2026-01-01', '2026-01-31')"
    )
    assert crm.execute("select count(*) from agent_goals").fetchone() == (1,)


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
