"""Comparison of the installed trigger's rule for converted dispositions with the dbt project's.

An edited list applies to the marts at the next refresh and to the trigger at the next `migrate`.
"""

import psycopg

from crm.sources.mapping import LeadsMapping
from crm.sources.word_rules import is_converted
from warehouse.statements import statement

OUTDATED = (
    "the trigger on leads counts other dispositions as converted than the marts:"
    " run `agent-analytics migrate`"
)


def is_trigger_outdated(connection: psycopg.Connection, mapping: LeadsMapping) -> bool:
    """Whether an installed trigger has another rule than a `migrate` would install now."""
    rule = is_converted(mapping, "status_now").as_string()
    row = connection.execute(statement("crm/check/sql/trigger_rule.sql"), {"rule": rule}).fetchone()
    return row == (False,)
