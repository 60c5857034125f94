"""Periods and comparisons of one agent worked out on paper, as of five dates.

The leads of kim, at 09:00 UTC; `hours` until the contact, which is in its own column:

    lead    created      hours  converts     revenue  rating
    K00     2018-01-05   never  -                              makes kim's history long enough
    K01     2023-03-05     2    2023-03-20    100
    K02     2023-03-30     4    -
    K03     2024-01-01     1    2024-01-02     50
    K04     2024-01-31     3    2024-03-04    200
    K05     2024-02-01    48    2024-02-28     80      4       answered on 2024-02-03
    K06     2024-02-20     2    -                      2
    K07     2024-02-29     6    2024-03-02     70
    K08     2024-03-01     1    -                      3
    K09     2024-03-03     5    2024-03-30     40      5
    K10     2024-03-10     1    2024-04-02    999
    K11     2024-03-31   never  -
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal as D  # noqa: N817
from typing import TYPE_CHECKING, Any

from tests.support.oracle.source_rows import Source

if TYPE_CHECKING:
    from tests.support.oracle.periods import Compare

LEADS = (
    ("K00", "2018-01-05", None, None, 0, None),
    ("K01", "2023-03-05", 2, "2023-03-20", 100, None),
    ("K02", "2023-03-30", 4, None, 0, None),
    ("K03", "2024-01-01", 1, "2024-01-02", 50, None),
    ("K04", "2024-01-31", 3, "2024-03-04", 200, None),
    ("K05", "2024-02-01", 48, "2024-02-28", 80, "4"),
    ("K06", "2024-02-20", 2, None, 0, "2"),
    ("K07", "2024-02-29", 6, "2024-03-02", 70, None),
    ("K08", "2024-03-01", 1, None, 0, "3"),
    ("K09", "2024-03-03", 5, "2024-03-30", 40, "5"),
    ("K10", "2024-03-10", 1, "2024-04-02", 999, None),
    ("K11", "2024-03-31", None, None, 0, None),
)


def _source() -> Source:
    leads: list[dict[str, str | None]] = []
    log: list[dict[str, str | None]] = []
    for identity, day, hours, converts, revenue, rating in LEADS:
        created = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        contacted = None if hours is None else (created + timedelta(hours=hours)).isoformat()
        leads.append(
            {
                "id": identity,
                "created_at": created.isoformat(),
                "assigned_agent_id": "kim",
                "contacted_at": contacted,
                "satisfaction_rating": rating,
            }
        )
        if converts:
            log.append(
                {
                    "agent_id": "kim",
                    "lead_id": identity,
                    "activity_type": "conversion",
                    "timestamp": f"{converts}T09:00:00+00:00",
                    "metadata": f'{{"revenue": {revenue}}}',
                }
            )
    return Source(leads, log)


SOURCE = _source()

# Current side, previous side, change in percent, reason why there is none.
Trend = tuple[Any, Any, str | None, str | None]


@dataclass(frozen=True)
class Case:
    """`through` is the last complete day; `which` a named period, or from and to."""

    as_of: date
    through: date
    which: str | tuple[date, date]
    compare: Compare
    # from, to, compareFrom, compareTo
    period: tuple[str, str, str | None, str | None]
    trends: dict[str, Trend] = field(default_factory=dict)
    kpis: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        which = self.which if isinstance(self.which, str) else "..".join(map(str, self.which))
        return f"{self.as_of}-through-{self.through}-{which}-{self.compare}"


JANUARY_1 = date(2024, 1, 1)
FEBRUARY_29 = date(2024, 2, 29)
MARCH_1 = date(2024, 3, 1)
MARCH_30 = date(2024, 3, 30)
MARCH_31 = date(2024, 3, 31)
NO_DAY: Trend = (None, None, None, "no_complete_day")

CASES = (
    # March against the 29 days of February, K09 of 3 leads against K05 and K07 (2 March is two
    # days after 29 February, as the 31st is after the 29th) of 3. 270 = K07's 70 and K04's 200.
    # Hours: (1 + 5 + 1) / 3 against (48 + 2 + 6) / 3. The lead and the sale of the 30th and 31st
    # are in the key figures, and in no trend.
    Case(
        MARCH_31,
        MARCH_31,
        "mtd",
        "previous",
        ("2024-03-01", "2024-03-31", "2024-02-01", "2024-02-29"),
        {
            "leads": (3, 3, "0.0", None),
            "conversion": (D("33.3"), D("66.7"), "-50.0", None),
            "revenue": (D("270.00"), D("80.00"), "237.5", None),
            "response": (D("2.3"), D("18.7"), "-87.5", None),
            "responseMedian": (D("1.0"), D("6.0"), "-83.3", None),
            "satisfaction": (D("4.0"), D("3.0"), "33.3", None),
            "ranking": (None, None, None, "no_data"),
        },
        {
            "leadsHandled": 4,
            "leadsThisWeek": 1,
            "conversionRate": D("25.0"),
            "totalRevenue": D("310.00"),
            "conversionsBooked": 3,
            "responseTimeHours": D("2.3"),
            "responseTimeMedianHours": D("1.0"),
            "satisfactionScore": D("4.0"),
            "satisfactionCount": 2,
            "teamRanking": None,
            "totalAgents": 0,
        },
    ),
    # The 31st is not over: February is looked at as of 1 March, before K07 converted.
    Case(
        MARCH_31,
        MARCH_30,
        "mtd",
        "previous",
        ("2024-03-01", "2024-03-31", "2024-02-01", "2024-02-29"),
        {
            "leads": (3, 3, "0.0", None),
            "conversion": (D("33.3"), D("33.3"), "0.0", None),
            "response": (D("2.3"), D("18.7"), "-87.5", None),
        },
        {"leadsHandled": 4, "conversionRate": D("25.0"), "conversionsBooked": 3},
    ),
    # 31 days against 31: K01 and K02, of which K01 converted by the 31st.
    Case(
        MARCH_31,
        MARCH_31,
        "mtd",
        "year",
        ("2024-03-01", "2024-03-31", "2023-03-01", "2023-03-31"),
        {
            "leads": (4, 2, "100.0", None),
            "conversion": (D("25.0"), D("50.0"), "-50.0", None),
            "revenue": (D("310.00"), D("100.00"), "210.0", None),
            "response": (D("2.3"), D("3.0"), "-22.2", None),  # (7/3 - 3) / 3
            "ranking": (None, None, None, "named_periods_only"),
        },
    ),
    # 30 days against 30: without K11.
    Case(
        MARCH_31,
        MARCH_30,
        "mtd",
        "year",
        ("2024-03-01", "2024-03-31", "2023-03-01", "2023-03-30"),
        {
            "leads": (3, 2, "50.0", None),
            "conversion": (D("33.3"), D("50.0"), "-33.3", None),
        },
    ),
    # 2 to 31 March against 1 February to 1 March: K09 K10 K11 against K05 to K08, of which K05
    # converted by 1 March.
    Case(
        MARCH_31,
        MARCH_31,
        "30",
        "previous",
        ("2024-03-02", "2024-03-31", "2024-02-01", "2024-03-01"),
        {
            "leads": (3, 4, "-25.0", None),
            "conversion": (D("33.3"), D("25.0"), "33.3", None),
            "revenue": (D("310.00"), D("80.00"), "287.5", None),
            "response": (D("3.0"), D("14.3"), "-78.9", None),  # (5 + 1) / 2 against 57 / 4
        },
    ),
    # 29 days on both sides: 2 to 30 March against 1 to 29 February, as of 29 February.
    Case(
        MARCH_31,
        MARCH_30,
        "30",
        "previous",
        ("2024-03-02", "2024-03-31", "2024-02-01", "2024-02-29"),
        {
            "leads": (2, 3, "-33.3", None),
            "conversion": (D("50.0"), D("33.3"), "50.0", None),
        },
    ),
    Case(  # no leads but K11, which is of today
        MARCH_31,
        MARCH_30,
        "7",
        "previous",
        ("2024-03-25", "2024-03-31", "2024-03-18", "2024-03-23"),
        {
            "leads": (0, 0, "0.0", None),
            "conversion": (None, None, None, "no_data"),
            "revenue": (D("40.00"), D("0.00"), None, "previous_zero"),
        },
        {"leadsHandled": 1, "conversionRate": D("0.0")},
    ),
    # 29 days of each. K05 K06 K07 as of 31 March, 31 days after the 29th; K03 as of 29 February,
    # 31 days after 29 January. K04 is of the 31st, and in neither.
    Case(
        MARCH_31,
        MARCH_31,
        "last_month",
        "previous",
        ("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-29"),
        {
            "leads": (3, 1, "200.0", None),
            "conversion": (D("66.7"), D("100.0"), "-33.3", None),
            "revenue": (D("80.00"), D("50.00"), "60.0", None),
        },
    ),
    Case(  # 28 days of each
        MARCH_31,
        MARCH_31,
        "last_month",
        "year",
        ("2024-02-01", "2024-02-29", "2023-02-01", "2023-02-28"),
        {"leads": (2, 0, None, "previous_zero")},
    ),
    # 91 days against the 92 of the quarter before, up to 30 December; nothing was there.
    Case(
        MARCH_31,
        MARCH_31,
        "qtd",
        "previous",
        ("2024-01-01", "2024-03-31", "2023-10-01", "2023-12-30"),
        {
            "leads": (9, 0, None, "previous_zero"),
            "conversion": (D("55.6"), None, None, "no_data"),  # K03 K04 K05 K07 K09
        },
        {"leadsHandled": 9, "conversionRate": D("55.6"), "totalRevenue": D("440.00")},
    ),
    # 1 January to 30 March against the 90 days of the first quarter of 2023.
    Case(
        MARCH_31,
        MARCH_31,
        "qtd",
        "year",
        ("2024-01-01", "2024-03-31", "2023-01-01", "2023-03-31"),
        {
            "leads": (8, 2, "300.0", None),
            "conversion": (D("62.5"), D("50.0"), "25.0", None),
        },
    ),
    # The year before has the 91 days up to 1 April.
    Case(
        MARCH_31,
        MARCH_31,
        "ytd",
        "previous",
        ("2024-01-01", "2024-03-31", "2023-01-01", "2023-04-01"),
        {"leads": (9, 2, "350.0", None), "conversion": (D("55.6"), D("50.0"), "11.1", None)},
    ),
    # From 29 February: a year earlier it is the 28th. K07 and K09 of 3 against K01.
    Case(
        MARCH_31,
        MARCH_31,
        (FEBRUARY_29, date(2024, 3, 5)),
        "year",
        ("2024-02-29", "2024-03-05", "2023-02-28", "2023-03-05"),
        {
            "leads": (3, 1, "200.0", None),
            "conversion": (D("66.7"), D("100.0"), "-33.3", None),
            "ranking": (None, None, None, "named_periods_only"),
        },
        {"teamRanking": None, "totalAgents": None},
    ),
    Case(
        MARCH_31,
        MARCH_31,
        (FEBRUARY_29, date(2024, 3, 5)),
        "previous",
        ("2024-02-29", "2024-03-05", "2024-02-23", "2024-02-28"),
        {
            "leads": (3, 0, None, "previous_zero"),
            "conversion": (D("66.7"), None, None, "no_data"),
            "revenue": (D("270.00"), D("80.00"), "237.5", None),
        },
    ),
    # The served 1,461 days begin on 1 April 2020; kim's history is longer.
    Case(
        MARCH_31,
        MARCH_31,
        (date(2021, 6, 1), date(2024, 3, 31)),
        "previous",
        ("2021-06-01", "2024-03-31", "2018-08-01", "2021-05-31"),
        {
            "leads": (11, 0, None, "partial_history"),
            "ranking": (None, None, None, "named_periods_only"),
        },
    ),
    # Today alone is not over.
    Case(
        MARCH_31,
        MARCH_30,
        (MARCH_31, MARCH_31),
        "previous",
        ("2024-03-31", "2024-03-31", None, None),
        {"leads": NO_DAY, "revenue": NO_DAY, "ranking": (None, None, None, "named_periods_only")},
        {"leadsHandled": 1},
    ),
    # 1 March against 1 February: K08 against K05, whose contact came two days later.
    Case(
        MARCH_1,
        MARCH_1,
        "mtd",
        "previous",
        ("2024-03-01", "2024-03-01", "2024-02-01", "2024-02-01"),
        {
            "leads": (1, 1, "0.0", None),
            "conversion": (D("0.0"), D("0.0"), "0.0", None),
            "revenue": (D("0.00"), D("0.00"), "0.0", None),
            "response": (D("1.0"), None, None, "no_data"),
            "satisfaction": (D("3.0"), D("4.0"), "-25.0", None),
        },
    ),
    Case(
        MARCH_1,
        FEBRUARY_29,
        "mtd",
        "previous",
        ("2024-03-01", "2024-03-01", None, None),
        dict.fromkeys(
            (
                "leads",
                "conversion",
                "revenue",
                "response",
                "responseMedian",
                "satisfaction",
                "ranking",
            ),
            NO_DAY,
        ),
        {"leadsHandled": 1, "responseTimeHours": D("1.0"), "satisfactionScore": D("3.0")},
    ),
    # K05 of 3, as of 1 March, against K03, as of 30 January.
    Case(
        MARCH_1,
        MARCH_1,
        "last_month",
        "previous",
        ("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-29"),
        {
            "leads": (3, 1, "200.0", None),
            "conversion": (D("33.3"), D("100.0"), "-66.7", None),
            "response": (D("18.7"), D("1.0"), "1766.7", None),  # 100 * (56/3 - 1)
        },
    ),
    # K05 to K08 against K04, as of 31 January.
    Case(
        MARCH_1,
        MARCH_1,
        "30",
        "previous",
        ("2024-02-01", "2024-03-01", "2024-01-02", "2024-01-31"),
        {
            "leads": (4, 1, "300.0", None),
            "conversion": (D("25.0"), D("0.0"), None, "previous_zero"),
            "response": (D("14.3"), D("3.0"), "375.0", None),
        },
    ),
    Case(
        MARCH_1,
        FEBRUARY_29,
        "30",
        "previous",
        ("2024-02-01", "2024-03-01", "2024-01-02", "2024-01-30"),
        {
            "leads": (3, 0, None, "previous_zero"),
            "conversion": (D("33.3"), None, None, "no_data"),
        },
    ),
    # Of January's 31 days the first 29.
    Case(
        FEBRUARY_29,
        FEBRUARY_29,
        "mtd",
        "previous",
        ("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-29"),
        {
            "leads": (3, 1, "200.0", None),
            "conversion": (D("33.3"), D("100.0"), "-66.7", None),
        },
    ),
    # February 2023 has 28 days: K05 and K06.
    Case(
        FEBRUARY_29,
        FEBRUARY_29,
        "mtd",
        "year",
        ("2024-02-01", "2024-02-29", "2023-02-01", "2023-02-28"),
        {
            "leads": (2, 0, None, "previous_zero"),
            "conversion": (D("50.0"), None, None, "no_data"),
        },
        {"leadsHandled": 3},
    ),
    # Today alone, a year earlier the 28th.
    Case(
        FEBRUARY_29,
        FEBRUARY_29,
        (FEBRUARY_29, FEBRUARY_29),
        "year",
        ("2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"),
        {"leads": (1, 0, None, "previous_zero")},
    ),
    Case(
        JANUARY_1,
        JANUARY_1,
        "mtd",
        "previous",
        ("2024-01-01", "2024-01-01", "2023-12-01", "2023-12-01"),
        {
            "leads": (1, 0, None, "previous_zero"),
            "revenue": (D("0.00"), D("0.00"), "0.0", None),
        },
    ),
    Case(
        JANUARY_1,
        JANUARY_1,
        "qtd",
        "previous",
        ("2024-01-01", "2024-01-01", "2023-10-01", "2023-10-01"),
    ),
    Case(
        JANUARY_1,
        date(2023, 12, 31),
        "ytd",
        "previous",
        ("2024-01-01", "2024-01-01", None, None),
        {"leads": NO_DAY, "ranking": NO_DAY},
    ),
    Case(
        JANUARY_1,
        date(2023, 12, 31),
        "last_month",
        "previous",
        ("2023-12-01", "2023-12-31", "2023-11-01", "2023-11-30"),
        {
            "leads": (0, 0, "0.0", None),
            "conversion": (None, None, None, "no_data"),
        },
    ),
    Case(
        JANUARY_1,
        JANUARY_1,
        "last_quarter",
        "previous",
        ("2023-10-01", "2023-12-31", "2023-07-01", "2023-09-30"),
    ),
    Case(
        JANUARY_1,
        date(2023, 12, 31),
        "last_year",
        "previous",
        ("2023-01-01", "2023-12-31", "2022-01-01", "2022-12-31"),
        {
            "leads": (2, 0, None, "previous_zero"),
            "revenue": (D("100.00"), D("0.00"), None, "previous_zero"),
        },
        {"leadsHandled": 2, "conversionRate": D("50.0"), "responseTimeHours": D("3.0")},
    ),
    Case(
        JANUARY_1,
        date(2023, 12, 31),
        "7",
        "previous",
        ("2023-12-26", "2024-01-01", "2023-12-19", "2023-12-24"),
    ),
)
