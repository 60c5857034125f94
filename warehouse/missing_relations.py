"""Errors of a missing table or column, and the command that creates it.

`migrate` creates our schemas and the operational tables, in `public` or in a schema that is not
named; dbt builds the schemas of its models.
"""

import re

from psycopg import errors

MISSING = (errors.UndefinedTable, errors.UndefinedColumn)
MIGRATED = {"raw", "state", "insights", "serving", "public"}
BUILT = {"staging", "intermediate", "marts"}
# Messages are in the server's language, but identifiers are quoted in each.
SCHEMA = re.compile(r'"(\w+)\.\w+"')


def with_command(error: errors.UndefinedTable | errors.UndefinedColumn) -> str:
    """Returns the message for users: what is missing, and what to run where we know it."""
    missing = str(error.diag.message_primary)
    named = SCHEMA.search(missing)
    if named is None or named[1] in MIGRATED:
        return f"{missing}: run `agent-analytics migrate` first"
    if named[1] in BUILT:
        return f"{missing}: run `agent-analytics refresh --full`"
    return missing
