"""A CRM with a random history: what its users, imports and open transactions write."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql

AGENTS = ["ana", "ben", "cem", "dot", "eve", "flo"]
SOURCES = [
    "Web",
    " web\t",
    "Referral",
    "unknown",
    "",
    None,
    "\\N",
    'a "b", c',
    "Märchen\nbuch",
    "\\.",
]
DISPOSITIONS = [
    "new",
    "contacted",
    "converted",
    " Won ",
    "closed-won",
    "lost",
    "Not Interested",
    None,
]
ACTIVITY_TYPES = ["conversion"] * 3 + ["assignment", "note", "call", "call", "email", "meeting"]
UNREADABLE = ["infinity", "-infinity", "0044-03-15 12:00+00 BC", "200082-01-01 00:00+00"]
MONEY: list[Any] = [100, 250.005, "12.34", " +7.5 ", "1,000", -40, 0, "NaN", None, 99999.99]
DAYS = 45
OPEN_TRANSACTIONS = 3


@dataclass
class OpenTransaction:
    """A session that has written and not committed, and the rows that it holds locked."""

    connection: psycopg.Connection
    rows: set[str] = field(default_factory=set)


class Crm:
    """Writes at random; the same `random` gives the same writes while rows come back alike."""

    def __init__(self, url: str, random: Random, today: date, time_zone: str) -> None:
        self.open: list[OpenTransaction] = []
        self._url = url
        self._random = random
        self._today = today
        self._zone = ZoneInfo(time_zone)
        self._leads_made = 0
        self._live = psycopg.connect(url, autocommit=True)

    def close(self) -> None:
        for transaction in self.open:
            transaction.connection.close()
        self._live.close()

    def settle(self) -> None:
        """Ends every open transaction."""
        while self.open:
            self._end_one()

    def write(self, times: int) -> None:
        """Performs `times` random writes and commits most of them immediately."""
        for _ in range(times):
            chance = self._random.random()
            if chance < 0.08 and len(self.open) < OPEN_TRANSACTIONS:
                self.open.append(OpenTransaction(psycopg.connect(self._url)))
            elif chance < 0.16 and self.open:
                self._end_one()
            elif chance < 0.40 and self.open:
                transaction = self._random.choice(self.open)
                self._write_once(transaction.connection, transaction.rows)
            else:
                with self._live.transaction():
                    self._write_once(self._live, set())

    def _end_one(self) -> None:
        transaction = self.open.pop(self._random.randrange(len(self.open)))
        if self._random.random() < 0.8:
            transaction.connection.commit()
        else:
            transaction.connection.rollback()
        transaction.connection.close()

    def _write_once(self, connection: psycopg.Connection, rows: set[str]) -> None:
        kinds = {
            self._add_lead: 6,
            self._change_lead: 6,
            self._reassign_lead: 3,
            self._delete_lead: 1,
            self._log_activity: 8,
            self._change_activity: 4,
            self._delete_activity: 2,
        }
        [kind] = self._random.choices(list(kinds), list(kinds.values()))
        with self._way_of_writing(connection):
            kind(connection, rows)

    @contextmanager
    def _way_of_writing(self, connection: psycopg.Connection) -> Iterator[None]:
        """Mostly as the CRM does; else as an import that brings its own times of change."""
        self._is_history = self._random.random() < 0.35
        mode = "on" if self._is_history else "off"
        connection.execute("select set_config('analytics.bulk_load', %s, true)", [mode])
        yield
        connection.execute("select set_config('analytics.bulk_load', 'off', true)")

    def _changed_at(self, column: str) -> dict[str, Any]:
        """An import's own time of change: any in the past, or what it was."""
        if self._is_history and self._random.random() < 0.6:
            return {column: min(self._instant(), datetime.now(UTC))}
        return {}

    def _instant(self) -> datetime:
        """Any instant of the last days and of those to come, midnights more often than others."""
        day = self._today - timedelta(days=self._random.randrange(-2, DAYS))
        midnight = datetime.combine(day, time.min, self._zone).astimezone(UTC)
        if self._random.random() < 0.25:
            return midnight + timedelta(microseconds=self._random.choice([-1, 0, 1]))
        return midnight + timedelta(seconds=self._random.randrange(86_400))

    def _written(self) -> datetime | str:
        """An instant as the CRM has it, now and then one that is not readable."""
        return self._random.choice(UNREADABLE) if self._random.random() < 0.03 else self._instant()

    def _agent(self) -> str | None:
        return self._random.choice([*AGENTS, *AGENTS, f" {AGENTS[0]}\t", "", None])

    def _lead_values(self) -> dict[str, Any]:
        pick, chance = self._random.choice, self._random.random
        contacted_at = self._written() if chance() < 0.4 else None
        return {
            "source": pick(SOURCES),
            "disposition": pick(DISPOSITIONS),
            "contacted_at": contacted_at,
            "interested_at": self._instant() if contacted_at and chance() < 0.4 else None,
            "response_time_hours": pick([None, None, "0.5", "3.333333", "1440", "-1"]),
            "satisfaction_rating": pick([None, 1, 2, 3, 4, 5]),
        }

    def _add_lead(self, connection: psycopg.Connection, rows: set[str]) -> None:
        self._leads_made += 1
        lead = f"L{self._leads_made:03}"
        rows.add(lead)
        agent = self._agent()
        values = {"id": lead, "created_at": self._written(), "assigned_agent_id": agent}
        _insert(connection, "leads", values | self._lead_values() | self._changed_at("updated_at"))

    def _change_lead(self, connection: psycopg.Connection, rows: set[str]) -> None:
        if lead := self._pick("leads", rows):
            values = self._lead_values()
            some = self._random.sample(sorted(values), self._random.randrange(1, 4))
            if self._random.random() < 0.1:
                values |= {"created_at": self._written()}
                some.append("created_at")
            changed = {name: values[name] for name in some} | self._changed_at("updated_at")
            _update(connection, "leads", lead, changed)

    def _reassign_lead(self, connection: psycopg.Connection, rows: set[str]) -> None:
        if lead := self._pick("leads", rows):
            changed = {"assigned_agent_id": self._agent()} | self._changed_at("updated_at")
            _update(connection, "leads", lead, changed)

    def _delete_lead(self, connection: psycopg.Connection, rows: set[str]) -> None:
        if lead := self._pick("leads", rows):
            connection.execute("delete from leads where id = %s", [lead])

    def _log_activity(self, connection: psycopg.Connection, rows: set[str]) -> None:
        values = self._activity_values() | {"agent_id": self._random.choice([*AGENTS, None])}
        if self._is_history:
            values |= {"recorded_at": min(self._instant(), datetime.now(UTC))}
        _insert(connection, "agent_activity_log", values)

    def _change_activity(self, connection: psycopg.Connection, rows: set[str]) -> None:
        if activity := self._pick("agent_activity_log", rows):
            values = self._activity_values() | {"agent_id": self._random.choice(AGENTS)}
            some = self._random.sample(sorted(values), self._random.randrange(1, 3))
            changed = {name: values[name] for name in some} | self._changed_at("recorded_at")
            _update(connection, "agent_activity_log", activity, changed)

    def _delete_activity(self, connection: psycopg.Connection, rows: set[str]) -> None:
        if activity := self._pick("agent_activity_log", rows):
            connection.execute("delete from agent_activity_log where id = %s", [activity])

    def _activity_values(self) -> dict[str, Any]:
        metadata = {"revenue": self._random.choice(MONEY)}
        if self._random.random() < 0.3:
            metadata = {"origin": "trigger"}
        if self._random.random() < 0.2:
            metadata |= {"automated": True}
        lead = self._random.choice([*self._ids("leads"), "X99", None])
        return {
            "lead_id": lead,
            "activity_type": self._random.choice(ACTIVITY_TYPES),
            "timestamp": self._written(),
            "metadata": json.dumps(metadata),
        }

    def _pick(self, table: str, rows: set[str]) -> str | None:
        """The id of a committed row that no open transaction holds but the one of `rows`."""
        held = set().union(*(transaction.rows for transaction in self.open)) - rows
        free = [each for each in self._ids(table) if f"{table} {each}" not in held]
        if not free:
            return None
        picked = self._random.choice(free)
        rows.add(f"{table} {picked}")
        return picked

    def _ids(self, table: str) -> list[str]:
        query = sql.SQL("select id::text from {} order by 1").format(sql.Identifier(table))
        return [row[0] for row in self._live.execute(query)]


def _insert(connection: psycopg.Connection, table: str, values: dict[str, Any]) -> None:
    connection.execute(
        sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(map(sql.Placeholder, values)),
        ),
        values,
    )


def _update(connection: psycopg.Connection, table: str, key: str, values: dict[str, Any]) -> None:
    connection.execute(
        sql.SQL("update {} set {} where id::text = %(key)s").format(
            sql.Identifier(table),
            sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
                for name in values
            ),
        ),
        values | {"key": key},
    )
