"""Single leads worked out on paper: the rows of each, and what follows from them.

Each case has an agent of its own, named after it; the source of all of them is one, so that the
oracle and the product read the same rows. As-of date: 2024-03-31, over, in UTC. Unless a case says
otherwise its lead is created on 2024-03-10 at 09:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.support.oracle.source_rows import Source

AS_OF = date(2024, 3, 31)
Row = dict[str, str | None]


@dataclass(frozen=True)
class Case:
    """Dates of stages and of the answer as they are known, those after the as-of date included;
    the rest as of that date, over the 30 days up to it.

    `funnel` counts contacted, interested and converted of the one lead assigned.
    """

    name: str
    lead: Row
    log: tuple[Row, ...] = ()
    contacted_on: str | None = None
    interested_on: str | None = None
    converted_on: str | None = None
    is_undated: bool = False
    answered_on: str | None = None
    response: str = "unresponded"
    hours: str | None = None
    is_waiting: bool = False
    funnel: tuple[int, int, int] = (0, 0, 0)
    revenue: str = "0.00"
    booked: int = 0
    satisfaction: str | None = None

    def rows(self) -> tuple[Row, list[Row]]:
        usual: Row = {
            "id": self.name,
            "created_at": "2024-03-10T09:00:00Z",
            "source": "Web",
            "disposition": "open",
            "assigned_agent_id": self.name,
            "contacted_at": None,
            "interested_at": None,
            "response_time_hours": None,
            "satisfaction_rating": None,
        }
        log = [{"agent_id": self.name, "lead_id": self.name, **row} for row in self.log]
        return usual | self.lead, log


def logged(kind: str, at: str, metadata: str = "{}", **row: str) -> Row:
    return {"activity_type": kind, "timestamp": at, "metadata": metadata, **row}


def won(at: str, revenue: str = "100", origin: str = "form", **row: str) -> Row:
    return logged("conversion", at, f'{{"revenue": {revenue}, "origin": "{origin}"}}', **row)


CASES = (
    Case("untouched", {}, is_waiting=True),
    # Converted by its disposition alone: every stage is dated as the lead is. Nobody answered it,
    # and it waits for nobody.
    Case(
        "undated_win",
        {"disposition": "Closed Won"},
        contacted_on="2024-03-10",
        interested_on="2024-03-10",
        converted_on="2024-03-10",
        is_undated=True,
        funnel=(1, 1, 1),
    ),
    # Of two trigger conversions the newer one counts: 40 on the 20th, and not 30 on the 12th.
    Case(
        "won_again",
        {"disposition": "won"},
        (
            won("2024-03-12T10:00:00Z", "30", "trigger"),
            won("2024-03-20T10:00:00Z", "40", "trigger"),
        ),
        contacted_on="2024-03-20",
        interested_on="2024-03-20",
        converted_on="2024-03-20",
        funnel=(1, 1, 1),
        revenue="40.00",
        booked=1,
    ),
    # Of equal instants, the one written last.
    Case(
        "won_twice_in_one_instant",
        {"disposition": "won"},
        (
            won("2024-03-12T10:00:00Z", "30", "trigger"),
            won("2024-03-12T10:00:00Z", "40", "trigger"),
        ),
        contacted_on="2024-03-12",
        interested_on="2024-03-12",
        converted_on="2024-03-12",
        funnel=(1, 1, 1),
        revenue="40.00",
        booked=1,
    ),
    Case(
        "taken_back",
        {"disposition": "open"},
        (won("2024-03-12T10:00:00Z", "30", "trigger"),),
        is_waiting=True,
    ),
    # The newest trigger conversion lies after the as-of date: it replaces the older one already,
    # and does not count yet. It dates the lead, whatever the disposition says.
    Case(
        "won_again_in_april",
        {"disposition": "won"},
        (
            won("2024-03-12T10:00:00Z", "30", "trigger"),
            won("2024-04-02T10:00:00Z", "40", "trigger"),
        ),
        contacted_on="2024-04-02",
        interested_on="2024-04-02",
        converted_on="2024-04-02",
        is_waiting=True,
    ),
    # 24 hours before the logged conversion: one sale, the logged one.
    Case(
        "echo_at_24_hours",
        {"disposition": "won"},
        (won("2024-03-12T10:00:00Z", "30", "trigger"), won("2024-03-13T10:00:00Z", "35")),
        contacted_on="2024-03-13",
        interested_on="2024-03-13",
        converted_on="2024-03-13",
        funnel=(1, 1, 1),
        revenue="35.00",
        booked=1,
    ),
    # A second more, and these are two sales.
    Case(
        "no_echo_after_24_hours",
        {"disposition": "won"},
        (won("2024-03-12T10:00:00Z", "30", "trigger"), won("2024-03-13T10:00:01Z", "35")),
        contacted_on="2024-03-12",
        interested_on="2024-03-12",
        converted_on="2024-03-12",
        funnel=(1, 1, 1),
        revenue="65.00",
        booked=2,
    ),
    # 100 - 100; the lead stays converted, one conversion is booked.
    Case(
        "refunded",
        {},
        (won("2024-03-12T10:00:00Z"), won("2024-03-14T10:00:00Z", "-100")),
        contacted_on="2024-03-12",
        interested_on="2024-03-12",
        converted_on="2024-03-12",
        funnel=(1, 1, 1),
        booked=1,
    ),
    # A refund by the trigger is no conversion that could be taken back: it counts always.
    Case(
        "refund_by_the_trigger",
        {},
        (won("2024-03-14T10:00:00Z", "-20", "trigger"),),
        is_waiting=True,
        revenue="-20.00",
    ),
    Case(
        "converts_in_april",
        {"disposition": "converted"},
        (won("2024-04-01T00:00:00Z"),),
        contacted_on="2024-04-01",
        interested_on="2024-04-01",
        converted_on="2024-04-01",
        is_waiting=True,
    ),
    # interested_at is later than the conversion, so the conversion dates the interest.
    Case(
        "interested_after_the_sale",
        {"interested_at": "2024-03-20T10:00:00Z"},
        (won("2024-03-12T10:00:00Z"),),
        contacted_on="2024-03-12",
        interested_on="2024-03-12",
        converted_on="2024-03-12",
        funnel=(1, 1, 1),
        revenue="100.00",
        booked=1,
    ),
    # The e-mail of 11:30; the call came before the lead, a note is no contact.
    Case(
        "contact_in_the_log",
        {},
        (
            logged("call", "2024-03-10T08:59:59Z"),
            logged("note", "2024-03-10T10:00:00Z"),
            logged("email", "2024-03-10T11:30:00Z"),
            logged("meeting", "2024-03-11T11:30:00Z"),
        ),
        contacted_on="2024-03-10",
        answered_on="2024-03-10",
        response="responded",
        hours="2.5",
        funnel=(1, 0, 0),
    ),
    Case(
        "automated_contact",
        {},
        (logged("email", "2024-03-10T09:00:01Z", '{"automated": true}'),),
        is_waiting=True,
    ),
    # The column wins over an earlier call in the log.
    Case(
        "contact_in_both",
        {"contacted_at": "2024-03-10T12:00:00Z"},
        (logged("call", "2024-03-10T10:00:00Z"),),
        contacted_on="2024-03-10",
        answered_on="2024-03-10",
        response="responded",
        hours="3.0",
        funnel=(1, 0, 0),
    ),
    # The first agent called on the 10th; the present one was assigned on the 15th at 08:00 and
    # called at 09:30 and later: 1.5 hours.
    Case(
        "reassigned_and_called_again",
        {},
        (
            logged("assignment", "2024-03-10T09:00:00Z", agent_id="first_agent"),
            logged("call", "2024-03-10T10:00:00Z", agent_id="first_agent"),
            logged("assignment", "2024-03-15T08:00:00Z"),
            logged("call", "2024-03-15T09:30:00Z"),
            logged("call", "2024-03-16T09:30:00Z"),
        ),
        contacted_on="2024-03-15",
        answered_on="2024-03-15",
        response="responded",
        hours="1.5",
        funnel=(1, 0, 0),
    ),
    # The first agent's contact stands in the column: the stage counts, the speed does not.
    Case(
        "inherited",
        {"contacted_at": "2024-03-10T10:00:00Z"},
        (logged("assignment", "2024-03-15T08:00:00Z"),),
        contacted_on="2024-03-10",
        response="inherited",
        funnel=(1, 0, 0),
    ),
    # Of three assignments the last one at or before the contact starts the clock.
    Case(
        "assigned_three_times",
        {"contacted_at": "2024-03-10T14:00:00Z"},
        (
            logged("assignment", "2024-03-10T10:00:00Z"),
            logged("assignment", "2024-03-10T14:00:00Z"),
            logged("assignment", "2024-03-10T15:00:00Z"),
        ),
        contacted_on="2024-03-10",
        answered_on="2024-03-10",
        response="responded",
        hours="0.0",
        funnel=(1, 0, 0),
    ),
    # Contacted, but only after the as-of date: nobody has answered yet.
    Case(
        "contacted_in_april",
        {"contacted_at": "2024-04-01T09:00:00Z"},
        contacted_on="2024-04-01",
        answered_on="2024-04-01",
        is_waiting=True,
    ),
    Case(
        "negative",
        {"contacted_at": "2024-03-09T09:00:00Z"},
        contacted_on="2024-03-09",
        response="negative",
        funnel=(1, 0, 0),
    ),
    Case("negative_hours", {"response_time_hours": "-1"}, response="negative"),
    Case("endless_hours", {"response_time_hours": "99999999"}, response="negative"),
    # The column wins over the contact, and dates the answer only where there is no contact.
    Case(
        "given_hours",
        {"response_time_hours": "30", "contacted_at": "2024-03-10T10:00:00Z"},
        contacted_on="2024-03-10",
        answered_on="2024-03-10",
        response="responded",
        hours="30.0",
        funnel=(1, 0, 0),
    ),
    Case(
        "given_hours_alone",  # 09:00 and 30 hours
        {"response_time_hours": "30"},
        answered_on="2024-03-11",
        response="responded",
        hours="30.0",
    ),
    # Created on the 30th, answered after 30 hours: on the 1st of April.
    Case(
        "given_hours_until_april",
        {"created_at": "2024-03-30T20:00:00Z", "response_time_hours": "30"},
        answered_on="2024-04-01",
        response="responded",
    ),
    Case(
        "hours_that_are_no_number",
        {"response_time_hours": "NaN", "contacted_at": "2024-03-10T10:00:00Z"},
        contacted_on="2024-03-10",
        answered_on="2024-03-10",
        response="responded",
        hours="1.0",
        funnel=(1, 0, 0),
    ),
    Case("infinite_contact", {"contacted_at": "infinity"}, is_waiting=True),
    Case("closed", {"disposition": "Not-Interested"}),
    Case("rated", {"satisfaction_rating": "4.0"}, is_waiting=True, satisfaction="4.0"),
    Case("rated_by_half", {"satisfaction_rating": "4.5"}, is_waiting=True),
    # Revenues of one lead: 0.005 rounds away from zero, 1e15 and "1,000" cannot be read.
    Case(
        "revenues",
        {},
        (
            won("2024-03-12T10:00:00Z", "0.005"),
            won("2024-03-12T11:00:00Z", "1e15"),
            won("2024-03-12T12:00:00Z", '"1,000"'),
            won("2024-03-12T13:00:00Z", '" +7.5 "'),
            won("2024-03-12T14:00:00Z", "-0.004"),
        ),
        contacted_on="2024-03-12",
        interested_on="2024-03-12",
        converted_on="2024-03-12",
        funnel=(1, 1, 1),
        revenue="7.51",
        booked=5,
    ),
)

# Dispositions that are spelled otherwise, and whether they convert.
WORDS = (
    ("converted", True),
    ("Closed Won", True),
    ("closed-won", True),
    ("closedwon", True),
    ("CLOSED_WON", True),
    (" w\u00a0o\u2003n ", True),
    ("w\u200bon\ufeff", True),
    ("(S.O.L.D!)", True),
    ("wön", False),
    ("\uff37\uff2f\uff2e", False),  # full-width letters
    ("K\u0130", False),
    ("won 2", False),
    ("unwon", False),
    ("---", False),
    ("", False),
)

SOURCE = Source(
    [case.rows()[0] for case in CASES], [row for case in CASES for row in case.rows()[1]]
)
