"""SQL statements from `.sql` files, with identifiers and literals quoted by psycopg."""

from psycopg import sql

from config.paths import ROOT


def statement(file: str, /, **parts: sql.Composable) -> sql.Composed:
    """Return the statement in `file` (path from the root) with its `{placeholders}` filled.

    Raises KeyError for a placeholder that `parts` lacks.
    """
    return sql.SQL(sql_text(file)).format(**parts)


def sql_text(file: str) -> str:
    """Return the text of a `.sql` file with its placeholders unfilled."""
    return (ROOT / file).read_text(encoding="utf-8")
