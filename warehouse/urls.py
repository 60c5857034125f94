"""Changes one part of a Postgres URL and leaves the rest as it is written."""

import re
from urllib.parse import quote

# As libpq reads it: what ends in the first "@" before any "/" is user and password.
URL = re.compile(
    r"(?P<server>postgres(?:ql)?://(?:[^@/]*@)?[^/?]*)(?P<database>/[^?]*)?(?:\?(?P<query>.*))?",
    re.DOTALL,
)


def with_database(url: str, database: str) -> str:
    """The same server, user and options; `database` needs no quoting."""
    server, _, parameters = _parts(url)
    kept = [each for each in parameters if not each.startswith("dbname=")]
    return _joined(server, f"/{database}", kept)


def with_options(url: str, options: str) -> str:
    """Session options such as `-c timezone=UTC`, after those that the URL has: the last one holds.

    Of a parameter that stands twice libpq takes the last: a second one would undo the first.
    """
    server, database, parameters = _parts(url)
    before = [each for each in parameters if each.startswith("options=")]
    kept = [each for each in parameters if each not in before]
    values = [*(each.removeprefix("options=") for each in before[-1:]), quote(options, safe="")]
    return _joined(server, database, [*kept, f"options={'%20'.join(filter(None, values))}"])


def _parts(url: str) -> tuple[str, str, list[str]]:
    match = URL.fullmatch(url)
    assert match is not None, "Settings rejects invalid URLs"
    return match["server"], match["database"] or "", (match["query"] or "").split("&")


def _joined(server: str, database: str, parameters: list[str]) -> str:
    query = "&".join(filter(None, parameters))
    return f"{server}{database}{'?' if query else ''}{query}"
