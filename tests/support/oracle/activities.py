"""Meaning of the rows of the activity log: assignments, contacts, conversions and refunds."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.support.oracle.instants import MICROSECONDS_PER_DAY, Instant, day, instant
from tests.support.oracle.money import code
from tests.support.oracle.words import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date as Date  # noqa: N812
    from zoneinfo import ZoneInfo

    from tests.support.oracle.money import Amount, Exchange

    Row = Mapping[str, str | None]

CONTACTS = ("call", "email", "meeting")


@dataclass(frozen=True)
class Activity:
    agent: str
    lead: str | None
    type: str
    at: Instant
    date: Date
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Conversion:
    """A conversion, or a refund, which is not booked."""

    agent: str
    lead: str | None
    at: Instant
    date: Date
    amount: Amount
    currency: str
    is_from_trigger: bool

    @property
    def cents(self) -> int:
        return self.amount.cents

    @property
    def is_booked(self) -> bool:
        return not self.amount.is_negative


def activity(row: Row, zone: ZoneInfo) -> Activity | None:
    """None for a row without a readable timestamp, which is in no number."""
    at = instant(row["timestamp"], zone)
    date = None if at is None else day(at, zone)
    if at is None or date is None:
        return None
    metadata = json.loads(
        row.get("metadata") or "null",
        parse_int=Decimal,
        parse_float=Decimal,
        parse_constant=lambda _: None,
    )
    return Activity(
        agent=trimmed(row.get("agent_id")),
        lead=row.get("lead_id"),
        type=row["activity_type"] or "",
        at=at,
        date=date,
        metadata=metadata if isinstance(metadata, dict) else {},
    )


def conversion(row: Activity, exchange: Exchange) -> Conversion:
    return Conversion(
        agent=row.agent,
        lead=row.lead,
        at=row.at,
        date=row.date,
        amount=exchange.amount(row.metadata, row.date),
        currency=code(row.metadata.get("currency")),
        is_from_trigger=row.metadata.get("origin") == "trigger",
    )


def counting(conversions: list[Conversion], won_leads: set[str]) -> list[Conversion]:
    """Conversions and refunds that count, in the order in which they were written.

    Of a lead's trigger conversions only the newest can count (the last written, of equal instants):
    while the lead's disposition is a converted one, and no conversion of another origin lies within
    24 hours.
    """
    newest: dict[str, Conversion] = {}
    logged: dict[str, list[Instant]] = defaultdict(list)
    for one in conversions:
        if not one.is_booked or one.lead is None:
            continue
        if not one.is_from_trigger:
            logged[one.lead].append(one.at)
        elif one.lead not in newest or newest[one.lead].at <= one.at:
            newest[one.lead] = one

    def counts(one: Conversion) -> bool:
        if not one.is_booked or not one.is_from_trigger:
            return True
        if one.lead not in won_leads or newest[one.lead] is not one:
            return False
        return all(abs(one.at - at) > MICROSECONDS_PER_DAY for at in logged[one.lead])

    return [one for one in conversions if counts(one)]


def instants(
    activities: Iterable[Activity], types: tuple[str, ...]
) -> dict[tuple[str, str], list[Instant]]:
    """Instants of the activities of these types by lead and agent, in order of time."""
    found: dict[tuple[str, str], list[Instant]] = defaultdict(list)
    for one in activities:
        if one.type in types and one.lead and one.agent:
            found[one.lead, one.agent].append(one.at)
    return {key: sorted(moments) for key, moments in found.items()}
