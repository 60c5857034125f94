"""Meaning of one lead: its stages with their dates, its response, its rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tests.support.oracle import words
from tests.support.oracle.formulas import half_away
from tests.support.oracle.instants import Instant, day, instant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from zoneinfo import ZoneInfo

    from tests.support.oracle.business_hours import BusinessHours
    from tests.support.oracle.money import Exchange

    Row = Mapping[str, str | None]
    Response = Literal["responded", "inherited", "unresponded", "negative"]

MICROHOURS = 10**6
MICROSECONDS_PER_MICROHOUR = 3600
RESPONSE_LIMIT = 99_999_999 * MICROHOURS
RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Lead:
    """A date of a stage is None where the lead has not reached it.

    `response` is what is known by now, and `response_known_from` the date from which it is.
    `microhours` is 0, and what else belongs to a response is None, unless the lead is responded.
    """

    id: str
    agent: str
    created_at: Instant
    date: Date
    source: str
    contacted_on: Date | None
    interested_on: Date | None
    converted_on: Date | None
    is_undated: bool
    response: Response
    response_known_from: Date
    is_closed: bool
    microhours: int
    business_microhours: int | None
    answered_on: Date | None
    clock_started_at: Instant | None
    first_contact_at: Instant | None
    rating: int | None
    is_rating_rejected: bool

    def response_on(self, day: Date) -> Response:
        return self.response if self.response_known_from <= day else "unresponded"

    def is_waiting_on(self, day: Date) -> bool:
        """Whether the lead is without response and contact on the date, and not lost."""
        is_contacted = self.contacted_on is not None and self.contacted_on <= day
        return self.response_on(day) == "unresponded" and not is_contacted and not self.is_closed


@dataclass(frozen=True)
class Rules:
    """What the reading of leads depends on besides their rows."""

    zone: ZoneInfo
    converted_dispositions: Collection[str]
    closed_dispositions: Collection[str]
    exchange: Exchange
    business_hours: BusinessHours | None


@dataclass(frozen=True)
class Log:
    """What the log says about one lead: by its current agent, instants in order of time; by
    anybody, the date of its earliest conversion that counts."""

    assignments: list[Instant]
    contacts: list[Instant]
    converted_on: Date | None


def rating(text: str | None) -> int | None:
    value = None if text is None else Decimal(text.strip())
    return int(value) if value is not None and value in RATINGS else None


def earliest(*dates: Date | None) -> Date | None:
    return min((one for one in dates if one is not None), default=None)


def first_contact(row: Row, created_at: Instant, log: Log, zone: ZoneInfo) -> Instant | None:
    """The column's, else the first logged one since the lead was created."""
    contacted_at = instant(row.get("contacted_at"), zone)
    if contacted_at is not None:
        return contacted_at
    return next((at for at in log.contacts if at >= created_at), None)


def response_clock(
    given: Decimal | None, created_at: Instant, contact: Instant | None, log: Log
) -> tuple[Instant, Instant, int] | None:
    """Start and end of the clock and millionths of an hour on it; None without a response."""
    if given is not None and given.is_finite():
        microhours = half_away(Fraction(given) * MICROHOURS)
        return created_at, created_at + microhours * MICROSECONDS_PER_MICROHOUR, microhours
    if contact is None:
        return None
    before = [at for at in log.assignments if at <= contact]
    if log.assignments and not before:
        return None
    start = before[-1] if before else created_at
    return start, contact, half_away(Fraction(contact - start, MICROSECONDS_PER_MICROHOUR))


def lead(row: Row, log: Log, rules: Rules) -> Lead | None:
    """None for a row without a readable created_at, which is in no number."""
    zone = rules.zone
    created_at = instant(row["created_at"], zone)
    date = None if created_at is None else day(created_at, zone)
    if created_at is None or date is None:
        return None

    contact = first_contact(row, created_at, log, zone)
    contact_on = None if contact is None else day(contact, zone)
    interested_at = instant(row.get("interested_at"), zone)
    is_undated = log.converted_on is None and words.is_one_of(
        row.get("disposition"), rules.converted_dispositions
    )
    converted_on = date if is_undated else log.converted_on
    interested_on = earliest(
        None if interested_at is None else day(interested_at, zone), converted_on
    )
    contacted_on = earliest(contact_on, interested_on)

    given = row.get("response_time_hours")
    clock = response_clock(None if given is None else Decimal(given), created_at, contact, log)
    response: Response = "negative"
    if given is None and contact is None:
        response = "unresponded"
    elif clock is not None and 0 <= clock[2] < RESPONSE_LIMIT:
        response = "responded"
    elif contact is not None and log.assignments and contact < log.assignments[0]:
        response = "inherited"
    started_at, microhours, business_microhours, answered_on = None, 0, None, None
    agent = words.trimmed(row.get("assigned_agent_id"))
    if clock is not None and response == "responded":
        started_at, ended_at, microhours = clock
        answered_on = contact_on or day(ended_at, zone) or date
        if rules.business_hours is not None:
            business_microhours = rules.business_hours.microhours(agent, started_at, ended_at)

    rated = row.get("satisfaction_rating")
    return Lead(
        id=row["id"] or "",
        agent=agent,
        created_at=created_at,
        date=date,
        source=words.source_name(row.get("source")),
        contacted_on=contacted_on,
        interested_on=interested_on,
        converted_on=converted_on,
        is_undated=is_undated,
        response=response,
        response_known_from=Date.min if given is not None else contact_on or Date.max,
        is_closed=words.is_one_of(row.get("disposition"), rules.closed_dispositions),
        microhours=microhours,
        business_microhours=business_microhours,
        answered_on=answered_on,
        clock_started_at=started_at,
        first_contact_at=contact,
        rating=rating(rated),
        is_rating_rejected=rated is not None and rating(rated) is None,
    )
