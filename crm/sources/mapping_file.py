"""Reader of `crm_mapping.toml`: parses and validates it into a `LeadsMapping`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from crm.sources.mapping import IDENTITY, LEAD_COLUMNS, LeadsMapping


class MappingError(ValueError):
    """The file is invalid; the message names the file and the key."""


def read_mapping(path: Path) -> LeadsMapping:
    """Return the mapping in `path`, or the identity if the file does not exist.

    Raises MappingError.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LeadsMapping()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    _reject_unknown(path, "", document, {"leads", "dispositions", "sources"})
    leads = _table(path, "leads", document.get("leads", {}))
    _reject_unknown(path, "leads.", leads, {"table", "columns", "time_zone"})
    columns = _table(path, "leads.columns", leads.get("columns", {}))
    _reject_unknown(path, "leads.columns.", columns, set(LEAD_COLUMNS))
    dispositions = _table(path, "dispositions", document.get("dispositions", {}))
    _reject_unknown(path, "dispositions.", dispositions, {"converted", "closed"})
    table = _name(path, "leads.table", leads.get("table", "public.leads"))
    names = {key: _name(path, f"leads.columns.{key}", value) for key, value in columns.items()}
    return LeadsMapping(
        table,
        MappingProxyType({**IDENTITY, **names}),
        _time_zone(path, leads.get("time_zone", "UTC")),
        _words(path, dispositions, "converted"),
        _words(path, dispositions, "closed"),
        _sources(path, document.get("sources", {})),
    )


def _time_zone(path: Path, value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise MappingError(
            f"{path}: leads.time_zone: unknown time zone {value!r} (expected an IANA name)"
        ) from None


def _words(path: Path, dispositions: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    if name not in dispositions:
        return None
    words = dispositions[name]
    if not isinstance(words, list) or not words:
        raise MappingError(f"{path}: dispositions.{name} must be a non-empty list")
    return tuple(
        _word(path, f"dispositions.{name}[{index}]", word) for index, word in enumerate(words)
    )


def _sources(path: Path, value: object) -> Mapping[str, str]:
    """Reject spellings that differ in outer white space only: one would hide the other."""
    sources: dict[str, str] = {}
    for spelling, name in _table(path, "sources", value).items():
        key = f"sources.{spelling}"
        word = _word(path, key, spelling)
        if word in sources:
            raise MappingError(f"{path}: duplicate key {key}")
        sources[word] = _word(path, key, name)
    return MappingProxyType(sources)


def _word(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise MappingError(f"{path}: {key} must be a non-empty string")
    return value.strip()


def _reject_unknown(path: Path, prefix: str, table: Mapping[str, object], known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise MappingError(
                f"{path}: unknown key {prefix}{key} (expected: {', '.join(sorted(known))})"
            )


def _table(path: Path, key: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MappingError(f"{path}: [{key}] must be a table")
    return value


def _name(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.rpartition(".")[2] or "\0" in value:
        raise MappingError(f"{path}: {key} must be a table or column name")
    return value
