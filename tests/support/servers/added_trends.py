"""Trends of key figures that came later than the rows of `serving_rows.sql`, without data."""

import json

import psycopg

from pipelines.insights.formulas.trends import TRENDS

ADD = """
update serving.agent_trends
set
    changes = left(changes, -1) || format(',"%%s":%%s}', %(metric)s::text, %(change)s::text),
    details = left(details, -1) || format(',"%%s":%%s}', %(metric)s::text, %(detail)s::text)
where changes::jsonb -> %(metric)s is null
"""


def add_trends(connection: psycopg.Connection) -> None:
    """Adds each trend to the served rows that lack it: 0 of a sum, null of a ratio."""
    for trend in TRENDS:
        nothing = None if trend.denominator else 0
        detail = {
            "current": nothing,
            "previous": nothing,
            "change": nothing,
            "unit": "pct",
            "points": None,
            "better": None,
            "reason": "no_data" if trend.denominator else None,
            "isNotable": False,
        }
        connection.execute(
            ADD,
            {
                "metric": trend.metric,
                "change": json.dumps(nothing),
                "detail": json.dumps(detail),
            },
        )
