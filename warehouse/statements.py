"""The SQL files of the pipeline, with identifiers and literals quoted by the driver."""

from pathlib import Path

from psycopg import sql

DIRECTORY = Path(__file__).parent / "sql"


def statement(name: str, **parts: sql.Composable) -> sql.Composed:
    """The file `sql/<name>.sql` with its `{placeholders}` filled."""
    text = (DIRECTORY / f"{name}.sql").read_text()
    return sql.SQL(text).format(**parts)
