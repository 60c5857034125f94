"""Edits of one part of a Postgres URL that leave the rest as written."""

import re
from urllib.parse import quote

# Parsed like libpq: everything up to the first "@" before any "/" is user and password.
URL = re.compile(
    r"(?P<server>postgres(?:ql)?://(?:[^@/]*@)?[^/?]*)(?P<database>/[^?]*)?(?:\?(?P<query>.*))?",
    re.DOTALL,
)


def with_database(url: str, database: str) -> str:
    """Replace the database; `database` must need no quoting."""
    server, _, parameters = _parts(url)
    others = [parameter for parameter in parameters if not parameter.startswith("dbname=")]
    return _joined(server, f"/{database}", others)


def with_options(url: str, options: str) -> str:
    """Append session options such as `-c timezone=UTC` to those of the URL; the last one wins.

    Existing options are merged into one parameter: libpq uses only the last of a repeated one.
    """
    server, database, parameters = _parts(url)
    existing = [parameter for parameter in parameters if parameter.startswith("options=")]
    others = [parameter for parameter in parameters if parameter not in existing]
    values = [value.removeprefix("options=") for value in existing[-1:]]
    merged = "%20".join(filter(None, [*values, quote(options, safe="")]))
    return _joined(server, database, [*others, f"options={merged}"])


def _parts(url: str) -> tuple[str, str, list[str]]:
    match = URL.fullmatch(url)
    assert match is not None, "Settings rejects invalid URLs"
    return match["server"], match["database"] or "", (match["query"] or "").split("&")


def _joined(server: str, database: str, parameters: list[str]) -> str:
    query = "&".join(filter(None, parameters))
    return f"{server}{database}{'?' if query else ''}{query}"
