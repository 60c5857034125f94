"""Columns of the CSV files: which are required, and how their cells are parsed."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.csv_import.parsers import hours, instant, json_text, rating, serial, text


@dataclass(frozen=True)
class Column:
    """`parse` turns a cell's text into a value, or raises ValueError with the reason."""

    parse: Callable[[str], object]
    needs_value: bool = False
    needs_header: bool = False


LEAD_COLUMNS = {
    "id": Column(text(), needs_value=True, needs_header=True),
    "created_at": Column(instant, needs_value=True, needs_header=True),
    "source": Column(text(100)),
    "disposition": Column(text(50)),
    "assigned_agent_id": Column(text(50)),
    "contacted_at": Column(instant),
    "interested_at": Column(instant),
    "response_time_hours": Column(hours),
    "satisfaction_rating": Column(rating),
    "updated_at": Column(instant),
}

ACTIVITY_COLUMNS = {
    "id": Column(serial, needs_value=True),
    "agent_id": Column(text(50)),
    "lead_id": Column(text(50)),
    "activity_type": Column(text(50), needs_value=True, needs_header=True),
    "title": Column(text(255)),
    "description": Column(text()),
    "metadata": Column(json_text),
    "timestamp": Column(instant, needs_value=True, needs_header=True),
    "recorded_at": Column(instant),
}
