"""Mapping of our names to the CRM's: leads table, columns, time zone and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from psycopg import sql

LEAD_COLUMNS = (
    "id",
    "created_at",
    "source",
    "disposition",
    "assigned_agent_id",
    "contacted_at",
    "interested_at",
    "response_time_hours",
    "satisfaction_rating",
    "updated_at",
)
IDENTITY = MappingProxyType({name: name for name in LEAD_COLUMNS})


@dataclass(frozen=True)
class LeadsMapping:
    """Our names mapped to the CRM's; the identity by default.

    `time_zone` applies to the CRM's timestamps without one. `converted` and `closed` are the
    dispositions that count as such, None for the default. `sources` maps spellings to the names
    that agents see.
    """

    table: str = "public.leads"
    columns: Mapping[str, str] = field(default_factory=lambda: IDENTITY, hash=False)
    time_zone: str = "UTC"
    converted: tuple[str, ...] | None = None
    closed: tuple[str, ...] | None = None
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def identifier(self) -> sql.Identifier:
        """The leads table, schema-qualified; in `public` if the mapping names no schema."""
        schema, _, name = self.table.rpartition(".")
        return sql.Identifier(schema or "public", name)

    def column(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.columns[name])
