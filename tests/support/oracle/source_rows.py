"""Meaning of one lead and one conversion, in plain Python and exact integers; no windows."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tests.support.oracle.formulas import half_away

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from zoneinfo import ZoneInfo

    Row = Mapping[str, str | None]

READABLE_REVENUE = re.compile(r"\s*[+-]?\d{1,15}(\.\d+)?\s*", re.ASCII)
TRIGGER_REACH = timedelta(hours=24)
MICROHOURS = 10**6
RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Lead:
    agent: str
    date: date
    source: str
    is_contacted: bool
    is_interested: bool
    is_converted: bool
    response: Literal["responded", "unresponded", "negative"]
    microhours: int
    rating: int | None
    is_rating_rejected: bool


@dataclass(frozen=True)
class Conversion:
    """A conversion or a refund that counts; a refund is not booked."""

    agent: str
    lead: str | None
    at: datetime
    cents: int
    is_booked: bool
    is_readable: bool
    is_from_trigger: bool


def instant(text: str) -> datetime:
    at = datetime.fromisoformat(text.strip())
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def optional_instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)


def revenue(metadata: object) -> Decimal | None:
    """Money of an activity; None where it cannot be read."""
    value = metadata.get("revenue") if isinstance(metadata, dict) else None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and READABLE_REVENUE.fullmatch(value):
        return Decimal(value.strip())
    return None


def conversion(row: Row) -> Conversion:
    metadata = json.loads(
        row.get("metadata") or "null",
        parse_int=Decimal,
        parse_float=Decimal,
        parse_constant=lambda _: None,
    )
    money = revenue(metadata)
    cents = half_away(Fraction(money or 0) * 100)
    return Conversion(
        agent=row.get("agent_id") or "",
        lead=row.get("lead_id"),
        at=instant(row["timestamp"] or ""),
        cents=cents,
        is_booked=cents >= 0,
        is_readable=money is not None,
        is_from_trigger=isinstance(metadata, dict) and metadata.get("origin") == "trigger",
    )


def without_echoes(conversions: list[Conversion]) -> list[Conversion]:
    """All but the trigger's own within a day of a non-trigger conversion of the same lead."""
    logged: dict[str, list[datetime]] = defaultdict(list)
    for one in conversions:
        if one.is_booked and not one.is_from_trigger and one.lead is not None:
            logged[one.lead].append(one.at)
    return [
        one
        for one in conversions
        if not one.is_from_trigger
        or not any(abs(one.at - at) <= TRIGGER_REACH for at in logged.get(one.lead or "", ()))
    ]


def assignments(activities: Iterable[Row]) -> dict[tuple[str, str], list[datetime]]:
    """Instants at which a lead was assigned to an agent."""
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in activities:
        lead, agent = row.get("lead_id"), row.get("agent_id")
        if row["activity_type"] == "assignment" and lead and agent:
            found[lead, agent].append(instant(row["timestamp"] or ""))
    return found


def microhours_to_response(row: Row, assigned: list[datetime]) -> int | None:
    """Millionths of an hour until the response; None where none can be computed."""
    given = row.get("response_time_hours")
    if given is not None:
        hours = Decimal(given.strip())
        return half_away(Fraction(hours) * MICROHOURS) if hours.is_finite() else None
    contacted_at = optional_instant(row.get("contacted_at"))
    if contacted_at is None:
        return None
    created_at = instant(row["created_at"] or "")
    start = max((at for at in assigned if at <= contacted_at), default=created_at)
    return half_away(
        Fraction((contacted_at - start) // timedelta(microseconds=1) * MICROHOURS, 3600 * 10**6)
    )


def rating(text: str | None) -> int | None:
    value = None if text is None else Decimal(text.strip())
    return int(value) if value is not None and value in RATINGS else None


def source_name(text: str | None) -> str:
    name = (text or "").strip()
    return "Unknown" if name.lower() in ("", "unknown") else name


def lead(
    row: Row,
    assigned: list[datetime],
    has_conversion: bool,
    zone: ZoneInfo,
    converted_dispositions: Collection[str],
) -> Lead:
    disposition = (row.get("disposition") or "").strip().lower()
    is_converted = has_conversion or disposition in converted_dispositions
    is_interested = is_converted or row.get("interested_at") is not None
    microhours = microhours_to_response(row, assigned)
    rated = row.get("satisfaction_rating")
    response: Literal["responded", "unresponded", "negative"] = "negative"
    if microhours is not None and microhours >= 0:
        response = "responded"
    elif row.get("response_time_hours") is None and row.get("contacted_at") is None:
        response = "unresponded"
    return Lead(
        agent=row.get("assigned_agent_id") or "",
        date=instant(row["created_at"] or "").astimezone(zone).date(),
        source=source_name(row.get("source")),
        is_contacted=is_interested or row.get("contacted_at") is not None,
        is_interested=is_interested,
        is_converted=is_converted,
        response=response,
        microhours=(microhours or 0) if response == "responded" else 0,
        rating=rating(rated),
        is_rating_rejected=rated is not None and rating(rated) is None,
    )
