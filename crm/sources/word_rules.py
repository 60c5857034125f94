"""Rules for a CRM's dispositions as SQL: the dbt project's macros with the vars of a mapping."""

from psycopg import sql

from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LeadsMapping


def is_converted(mapping: LeadsMapping, disposition: str) -> sql.SQL:
    """Whether the SQL expression `disposition` counts as converted; null for null."""
    return _is_word("is_converted_word", mapping, disposition)


def is_closed(mapping: LeadsMapping, disposition: str) -> sql.SQL:
    """Whether the SQL expression `disposition` says that the lead is lost; null for null."""
    return _is_word("is_closed_word", mapping, disposition)


def _is_word(macro: str, mapping: LeadsMapping, disposition: str) -> sql.SQL:
    macros = Macros(dbt_vars(mapping))
    return macros(macro, macros.text("disposition_word", disposition))
