"""Sample of a CRM's words and revenues, read the way staging reads them.

Reads at most `SAMPLE_ROWS` rows per table within the statement timeout of the connection.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from crm.check.report_model import SourceCheck, Word
from crm.sources.change_queries import ACTIVITIES, ChangeWindow, changed_rows
from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import dbt_vars, merged_sources
from crm.sources.mapping import LeadsMapping
from crm.sources.word_rules import is_closed, is_converted
from warehouse.statements import statement

SAMPLE_ROWS = 5000
WORDS_SHOWN = 20
SAMPLED_KINDS = "rpm"  # tables, partitioned tables and materialized views take TABLESAMPLE


def read_words(
    check: SourceCheck, connection: psycopg.Connection, mapping: LeadsMapping, kind: str
) -> None:
    """Add the sampled dispositions and sources to the report; `kind` is pg_class.relkind."""
    leads: sql.Composable = mapping.identifier
    if check.rows and check.rows > SAMPLE_ROWS and kind in SAMPLED_KINDS:
        percent = 100 * SAMPLE_ROWS / check.rows
        leads = sql.SQL("{} tablesample system ({})").format(leads, sql.Literal(percent))
    macros = Macros(dbt_vars(mapping))
    query = statement(
        "crm/check/sql/source_sample.sql",
        leads_sampled=leads,
        source=mapping.column("source"),
        disposition=mapping.column("disposition"),
        row_limit=sql.Literal(SAMPLE_ROWS),
        as_written=macros("source_as_written", "source"),
        name_map=sql.Literal(json.dumps(merged_sources(mapping))),
        source_read=macros("source_as_served", "source_name"),
        is_converted=is_converted(mapping, "disposition"),
        is_closed=is_closed(mapping, "disposition"),
    )
    rows = _sampled(check, connection, check.table, query)
    check.sampled = len(rows)
    check.sources = _words((source, read_as) for source, read_as, _, _ in rows)
    check.dispositions = _words((word, read_as) for _, _, word, read_as in rows)
    if rows and not any(read_as == "converted" for *_, read_as in rows):
        check.note(
            f"{check.table}.{mapping.columns['disposition']}",
            "no sampled lead counts as converted: list the CRM's words for it under [dispositions]",
        )


def read_revenue(check: SourceCheck, connection: psycopg.Connection, mapping: LeadsMapping) -> None:
    """Note how many sampled conversions have a revenue that staging cannot read."""
    macros = Macros(dbt_vars(mapping))
    query = statement(
        "crm/check/sql/source_revenue.sql",
        activities=changed_rows(ACTIVITIES, mapping, ChangeWindow(None, None), "UTC"),
        is_readable=macros("is_readable_revenue", "revenue_text"),
        row_limit=sql.Literal(SAMPLE_ROWS),
    )
    about = f"public.{ACTIVITIES}"
    for conversions, unreadable, example in _sampled(check, connection, about, query):
        if unreadable:
            shown = "null" if example is None else repr(example)
            check.note(
                f"{about}.metadata.revenue",
                f"{unreadable} of {conversions} sampled conversions have an unreadable revenue"
                f" (example: {shown}) and count as 0",
            )


def _sampled(
    check: SourceCheck, connection: psycopg.Connection, about: str, query: sql.Composed
) -> list[tuple[Any, ...]]:
    try:
        with connection.transaction():
            return connection.execute(query).fetchall()
    except (psycopg.errors.QueryCanceled, psycopg.errors.InsufficientPrivilege) as error:
        check.note(about, f"could not read a sample: {error.diag.message_primary}")
        return []


def _words(words: Iterable[tuple[str | None, str]]) -> list[Word]:
    return [
        Word(word, leads, read_as)
        for (word, read_as), leads in Counter(words).most_common(WORDS_SHOWN)
    ]
