"""Source rows as a CSV file holds them, and what they mean one by one: leads and conversions."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.oracle import activities as log
from tests.support.oracle import words
from tests.support.oracle.instants import instant
from tests.support.oracle.leads import Lead, Log, Rules, lead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True)
class Source:
    """Rows with None for null, in the order in which they were written."""

    leads: list[dict[str, str | None]]
    activities: list[dict[str, str | None]]


@dataclass(frozen=True)
class Understood:
    """Leads in any number, by id; conversions and refunds: all that were logged, and those that
    count; the first day of each agent; rows in no number for want of a readable instant."""

    leads: dict[str, Lead]
    logged: list[log.Conversion]
    conversions: list[log.Conversion]
    first_days: dict[str, date]
    unreadable_leads: int
    unreadable_activities: int


def read_directory(path: str | Path) -> Source:
    def table(name: str) -> list[dict[str, str | None]]:
        with (Path(path) / name).open(encoding="utf-8", newline="") as file:
            return [{key: row[key] or None for key in row} for row in csv.DictReader(file)]

    return Source(table("leads.csv"), table("agent_activity_log.csv"))


def understand(source: Source, rules: Rules) -> Understood:
    read = [log.activity(row, rules.zone) for row in source.activities]
    activities = [one for one in read if one is not None]
    rows = {
        row["id"] or "": row
        for row in source.leads
        if instant(row["created_at"], rules.zone) is not None
    }
    won = {
        identity
        for identity, row in rows.items()
        if words.is_one_of(row.get("disposition"), rules.converted_dispositions)
    }
    logged = [log.conversion(one, rules.exchange) for one in activities if one.type == "conversion"]
    conversions = log.counting(logged, won)
    converted_on: dict[str | None, list[date]] = defaultdict(list)
    for one in conversions:
        if one.is_booked:
            converted_on[one.lead].append(one.date)
    assignments = log.instants(activities, ("assignment",))
    by_people = [one for one in activities if one.metadata.get("automated") is not True]
    contacts = log.instants(by_people, log.CONTACTS)

    leads: dict[str, Lead] = {}
    for identity, row in rows.items():
        key = identity, words.trimmed(row.get("assigned_agent_id"))
        said = Log(
            assignments.get(key, []),
            contacts.get(key, []),
            min(converted_on.get(identity, []), default=None),
        )
        if understood := lead(row, said, rules):
            leads[identity] = understood
    return Understood(
        leads=leads,
        logged=logged,
        conversions=conversions,
        first_days=first_days(activities, conversions, leads.values()),
        unreadable_leads=len(source.leads) - len(rows),
        unreadable_activities=len(read) - len(activities),
    )


def first_days(
    activities: Iterable[log.Activity],
    conversions: Iterable[log.Conversion],
    leads: Iterable[Lead],
) -> dict[str, date]:
    """Earliest date of each agent's entries in the log, and of its leads that no entry assigns.

    A conversion that does not count is no entry: a win taken back is as if it had never been.
    """
    days: dict[str, list[date]] = defaultdict(list)
    assigned = set()
    for one in activities:
        if one.type != "conversion":
            days[one.agent].append(one.date)
        if one.type == "assignment":
            assigned.add((one.lead, one.agent))
    for conversion in conversions:
        days[conversion.agent].append(conversion.date)
    for own in leads:
        if (own.id, own.agent) not in assigned:
            days[own.agent].append(own.date)
    return {agent: min(dates) for agent, dates in days.items()}
