"""What the CRM calls its leads, their columns and words, from `crm_mapping.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

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
# As the dbt var converted_dispositions has them; the triggers in the CRM cannot read it.
CONVERTED = ("converted", "won", "closed_won", "sold")
IDENTITY = MappingProxyType({name: name for name in LEAD_COLUMNS})


class MappingError(ValueError):
    """The file cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class LeadsMapping:
    """Our names on the left, the CRM's on the right; identity where a name is not given.

    `time_zone`: of its timestamps without one. `dispositions`: those of converted leads, None
    where the file names none. `sources`: spellings, and what agents see instead.
    """

    table: str = "public.leads"
    columns: Mapping[str, str] = field(default_factory=lambda: IDENTITY, hash=False)
    time_zone: str = "UTC"
    dispositions: tuple[str, ...] | None = None
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def identifier(self) -> sql.Identifier:
        schema, _, name = self.table.rpartition(".")
        return sql.Identifier(schema or "public", name)

    @property
    def converted(self) -> tuple[str, ...]:
        return self.dispositions or CONVERTED

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
    _refuse_unknown(path, "", document, {"leads", "dispositions", "sources"})
    leads = _table(path, "leads", document.get("leads", {}))
    _refuse_unknown(path, "leads.", leads, {"table", "columns", "time_zone"})
    columns = _table(path, "leads.columns", leads.get("columns", {}))
    _refuse_unknown(path, "leads.columns.", columns, set(LEAD_COLUMNS))
    table = _name(path, "leads.table", leads.get("table", "public.leads"))
    names = {key: _name(path, f"leads.columns.{key}", value) for key, value in columns.items()}
    return LeadsMapping(
        table,
        MappingProxyType({**IDENTITY, **names}),
        _time_zone(path, leads.get("time_zone", "UTC")),
        _dispositions(path, document.get("dispositions", {})),
        _sources(path, document.get("sources", {})),
    )


def _time_zone(path: Path, value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise MappingError(
            f"{path}: leads.time_zone: no IANA time zone is called {value!r}"
        ) from None


def _dispositions(path: Path, value: object) -> tuple[str, ...] | None:
    dispositions = _table(path, "dispositions", value)
    _refuse_unknown(path, "dispositions.", dispositions, {"converted"})
    if "converted" not in dispositions:
        return None
    words = dispositions["converted"]
    if not isinstance(words, list) or not words:
        raise MappingError(f"{path}: dispositions.converted must be a list of one word or more")
    return tuple(
        _word(path, f"dispositions.converted[{place}]", word) for place, word in enumerate(words)
    )


def _sources(path: Path, value: object) -> Mapping[str, str]:
    """A spelling that differs from another in white space alone is refused: one would hide."""
    sources: dict[str, str] = {}
    for spelling, name in _table(path, "sources", value).items():
        key = f"sources.{spelling}"
        word = _word(path, key, spelling)
        if word in sources:
            raise MappingError(f"{path}: {key} is there twice")
        sources[word] = _word(path, key, name)
    return MappingProxyType(sources)


def _word(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise MappingError(f"{path}: {key} must be a word")
    return value.strip()


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
