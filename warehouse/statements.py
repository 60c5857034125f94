"""Statements from `.sql` files, with identifiers and literals quoted by psycopg."""

from psycopg import sql

from config.paths import ROOT


def statement(file: str, /, **parts: sql.Composable) -> sql.Composed:
    """The statement in `file`, a path from the repository's root, with its `{placeholders}` filled.

    Raises KeyError for a placeholder without a part.
    """
    return sql.SQL(text(file)).format(**parts)


def text(file: str) -> str:
    """The text of a `.sql` file, as it stands."""
    return (ROOT / file).read_text(encoding="utf-8")
