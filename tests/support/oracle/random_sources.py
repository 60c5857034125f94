"""Hypothesis strategies for source rows: a small busy team, and histories that are the same every
day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.support.oracle.source_rows import Source

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    Row = dict[str, str | None]

AGENTS = ("ana", " ana", "ben", "")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
UNREADABLE = ("infinity", "-infinity", "0044-03-15 12:00:00 BC", "200082-01-01 00:00:00", None)
DISPOSITIONS = ("Won", "closed-won", "S.O.L.D", "open", "Lost", "not interested", "", None)
REVENUES = (0, 10, 33.33, -5, "12.345", "1,000", None)


def instants(around: date, days: int) -> SearchStrategy[str]:
    """Whole quarters of an hour, up to so many days before the date, and a tenth of them after."""
    midnight = datetime.combine(around, time(), UTC)
    return st.integers(-96 * days, 96 * days // 10).map(
        lambda quarters: (midnight + timedelta(minutes=15 * quarters)).isoformat()
    )


def leads(around: date, days: int) -> SearchStrategy[Row]:
    optional = st.none() | instants(around, days)
    return st.fixed_dictionaries(
        {
            "created_at": instants(around, days),
            "source": st.sampled_from(["Web", " Web ", "unknown", None]),
            "disposition": st.sampled_from(DISPOSITIONS),
            "assigned_agent_id": st.sampled_from(AGENTS),
            "contacted_at": optional,
            "interested_at": optional,
            "response_time_hours": st.sampled_from([None, None, None, "0", "2.5", "30", "-1"]),
            "satisfaction_rating": st.sampled_from([None, "1", "4", "5.0", "4.5", "6"]),
        }
    )


def activities(around: date, days: int, lead_count: int) -> SearchStrategy[Row]:
    def metadata(revenue: object, is_trigger: bool, is_automated: bool) -> str:
        said = {"revenue": revenue} if revenue is not None else {}
        said |= {"origin": "trigger"} if is_trigger else {}
        return json.dumps(said | ({"automated": True} if is_automated else {}))

    return st.fixed_dictionaries(
        {
            "agent_id": st.sampled_from(AGENTS),
            "lead_id": st.sampled_from([*(f"L{place}" for place in range(lead_count)), "X", None]),
            "activity_type": st.sampled_from(
                ["conversion", "conversion", "conversion", "assignment", "call", "email", "note"]
            ),
            "timestamp": instants(around, days),
            "metadata": st.builds(
                metadata, st.sampled_from(REVENUES), st.booleans(), st.booleans()
            ),
        }
    )


@st.composite
def sources(draw: st.DrawFn, around: date, days: int = 100) -> Source:
    lead_count = draw(st.integers(1, 12))
    rows = draw(st.lists(leads(around, days), min_size=lead_count, max_size=lead_count))
    logged = draw(st.lists(activities(around, days, lead_count), max_size=20))
    return Source([{"id": f"L{place}", **row} for place, row in enumerate(rows)], logged)


@dataclass(frozen=True)
class DailyLead:
    """A lead of every day. Delays are in days from its creation, None where a stage is missing."""

    agent: str
    contact_days: int | None
    interest_days: int | None
    conversion_days: int | None
    response_hours: str | None
    rating: str | None


@st.composite
def daily_leads(draw: st.DrawFn) -> DailyLead:
    """Without a first contact there is no response either: created_at plus hours is at another
    local hour, and so maybe another date, after a change of the clock."""
    delays = st.none() | st.integers(0, 45)
    contact_days = draw(delays)
    return DailyLead(
        agent=draw(st.sampled_from(["ana", "ben"])),
        contact_days=contact_days,
        interest_days=draw(delays),
        conversion_days=draw(delays),
        response_hours=None if contact_days is None else draw(st.sampled_from(["0", "1.25", "30"])),
        rating=draw(st.sampled_from([None, "1", "4", "5"])),
    )


def constant_history(zone: str, last: date, days: int, hour: int, each: list[DailyLead]) -> Source:
    """The same leads at the same local hour of every day, each with the same delays in days."""
    local = ZoneInfo(zone)

    def after(day: date, delay: int | None) -> str | None:
        if delay is None:
            return None
        at = datetime.combine(day + timedelta(days=delay), time(hour), local)
        return at.astimezone(UTC).isoformat()

    rows: list[Row] = []
    sales: list[Row] = []
    for back in range(days):
        day = last - timedelta(days=back)
        for place, lead in enumerate(each):
            rows.append(
                {
                    "id": f"{back}-{place}",
                    "created_at": after(day, 0),
                    "assigned_agent_id": lead.agent,
                    "contacted_at": after(day, lead.contact_days),
                    "interested_at": after(day, lead.interest_days),
                    "response_time_hours": lead.response_hours,
                    "satisfaction_rating": lead.rating,
                }
            )
            if lead.conversion_days is not None:
                sales.append(
                    {
                        "agent_id": lead.agent,
                        "lead_id": f"{back}-{place}",
                        "activity_type": "conversion",
                        "timestamp": after(day, lead.conversion_days),
                        "metadata": '{"revenue": 33.33}',
                    }
                )
    return Source(rows, sales)
