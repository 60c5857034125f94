"""Revenue in two currencies worked out on paper: served in EUR as of 2024-03-31, in UTC.

One EUR is one EUR. A USD is worth 0.90 EUR from 2024-03-01 on and 0.925 from 2024-03-10 on. No
rate of GBP is known.
"""

from __future__ import annotations

from datetime import date

AS_OF = date(2024, 3, 31)
CURRENCY = "EUR"
RATES = (("USD", date(2024, 3, 10), "0.925"), ("USD", date(2024, 3, 1), "0.90"))
# Day, revenue, currency; the amount in EUR, and whether a conversion is booked.
CASES = (
    ("2024-03-05", "100", "EUR", "100.00", True),
    ("2024-03-05", "100", None, "100.00", True),  # as it is logged
    ("2024-03-05", "100", "usd", "90.00", True),  # in any case
    ("2024-03-09", "100", "USD", "90.00", True),
    ("2024-03-10", "100", "USD", "92.50", True),  # from this day on
    ("2024-03-20", "0.01", "USD", "0.01", True),  # 0.00925
    ("2024-03-20", "10.006", "USD", "9.26", True),  # 9.25555, rounded once
    ("2024-03-20", "-40", "USD", "-37.00", False),  # a refund, at the rate of its own day
    ("2024-02-28", "100", "USD", "0.00", True),  # before the first rate
    ("2024-03-20", "100", "GBP", "0.00", True),
    ("2024-03-20", "-100", "GBP", "0.00", False),  # still a refund
)
# 100 + 100 + 90 + 90 + 92.50 + 0.01 + 9.26 - 37, in the 30 days up to 2024-03-31
TOTAL_REVENUE, CONVERSIONS_BOOKED, WITHOUT_RATE = "444.77", 8, 3
