"""Errors of a database that `migrate` has not created or not upgraded."""

from psycopg import errors

NOT_MIGRATED = (errors.UndefinedTable, errors.UndefinedColumn)


def migrate_first(error: errors.UndefinedTable | errors.UndefinedColumn) -> str:
    """Returns the message for users: what is missing, and the command that creates it."""
    return f"{error.diag.message_primary}: run `agent-analytics migrate` first"
