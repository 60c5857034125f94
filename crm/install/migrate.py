"""Migration of the CRM's database: goals, activity log, lead columns, triggers and indexes."""

from pathlib import Path

from psycopg import sql

from config.paths import ROOT
from crm.install.indexes import build_index
from crm.sources.dbt_macros import Macros
from crm.sources.mapping import LeadsMapping
from crm.sources.word_rules import is_converted
from goals.types import GOAL_TYPES
from warehouse.migration_runner import api_names, apply_file, only_migration

FOLDER = Path(__file__).parent / "sql"


def migrate_operational(url: str, mapping: LeadsMapping, api_url: str) -> None:
    """Install or upgrade our objects in the CRM's database; idempotent.

    With an empty `api_url` the API's role gets no rights. Raises MigrationError.
    """
    with only_migration(url) as connection:
        names = _lead_names(mapping) | api_names(connection, api_url)
        names["goal_types"] = sql.SQL(", ").join(map(sql.Literal, GOAL_TYPES))
        apply_file(connection, ROOT / "warehouse" / "roles" / "10_api_role.sql", names)
        for file in sorted(FOLDER.glob("*.sql")):
            apply_file(connection, file, names)
        for file in sorted((FOLDER / "indexes").glob("*.sql")):
            build_index(connection, file, names)


def _lead_names(mapping: LeadsMapping) -> dict[str, sql.Composable]:
    """Return the placeholders for leads: `{x}` is an identifier, `{x_name}` the same as text."""
    names: dict[str, sql.Composable] = {
        "leads": mapping.identifier,
        "leads_name": sql.Literal(mapping.identifier.as_string()),
    }
    # The triggers read ids and dispositions as the marts do, by the dbt project's own rules.
    names["is_converted"] = is_converted(mapping, "status_now")
    names["was_converted"] = is_converted(mapping, "status_before")
    macros = Macros({})
    names["agent_now"] = macros("trimmed", "owner_now")
    names["agent_before"] = macros("trimmed", "owner_before")
    names["agent_logged"] = macros("trimmed", "p_agent_id")
    for ours, theirs in mapping.columns.items():
        names |= {ours: sql.Identifier(theirs), f"{ours}_name": sql.Literal(theirs)}
    return names
