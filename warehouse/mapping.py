"""What the CRM calls its leads and their columns, from `crm_mapping.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
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


class MappingError(ValueError):
    """The file cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class LeadsMapping:
    """Our names on the left, the CRM's on the right; identity where a name is not given."""

    table: str = "public.leads"
    columns: Mapping[str, str] = field(default_factory=lambda: IDENTITY, hash=False)

    @property
    def identifier(self) -> sql.Identifier:
        schema, _, name = self.table.rpartition(".")
        return sql.Identifier(schema or "public", name)

    def column(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.columns[name])


def read_mapping(path: Path) -> LeadsMapping:
    """The mapping in `path`, or the identity where there is no such file."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LeadsMapping()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    _refuse_unknown(path, "", document, {"leads"})
    leads = _table(path, "leads", document.get("leads", {}))
    _refuse_unknown(path, "leads.", leads, {"table", "columns"})
    columns = _table(path, "leads.columns", leads.get("columns", {}))
    _refuse_unknown(path, "leads.columns.", columns, set(LEAD_COLUMNS))
    table = _name(path, "leads.table", leads.get("table", "public.leads"))
    names = {key: _name(path, f"leads.columns.{key}", value) for key, value in columns.items()}
    return LeadsMapping(table, MappingProxyType({**IDENTITY, **names}))


def _refuse_unknown(path: Path, prefix: str, found: Mapping[str, object], known: set[str]) -> None:
    for key in found:
        if key not in known:
            raise MappingError(
                f"{path}: unknown key {prefix}{key}; known: {', '.join(sorted(known))}"
            )


def _table(path: Path, key: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MappingError(f"{path}: [{key}] must be a table")
    return value


def _name(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.rpartition(".")[2] or "\0" in value:
        raise MappingError(f"{path}: {key} must be a name")
    return value
