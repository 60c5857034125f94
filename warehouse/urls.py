"""Changes one part of a Postgres URL and leaves the rest as it is written."""

import re

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


def _parts(url: str) -> tuple[str, str, list[str]]:
    match = URL.fullmatch(url)
    assert match is not None, "Settings refuses what is no URL"
    return match["server"], match["database"] or "", (match["query"] or "").split("&")


def _joined(server: str, database: str, parameters: list[str]) -> str:
    query = "&".join(filter(None, parameters))
    return f"{server}{database}{'?' if query else ''}{query}"
