"""Command `sql`: read-only DuckDB over lake and warehouse."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.databases import reachable_databases
from cli.options import Json
from config.settings import Settings
from config.user_error import UserError

if TYPE_CHECKING:
    from cli.sql_shell import Format


def sql(
    command: Annotated[
        str | None, typer.Option("--command", "-c", help="SQL. Default: standard input.")
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Query lake and warehouse with DuckDB, read-only: `lake.leads`, `warehouse.marts...`."""
    from cli import sql_shell

    if as_json and as_csv:
        raise UserError("--json and --csv exclude each other")
    form: Format = "json" if as_json else "csv" if as_csv else "table"
    settings = Settings()
    with (
        reachable_databases(settings, "warehouse") as databases,
        sql_shell.read_only_session(databases.warehouse, settings.lake_path) as connection,
    ):
        if command is None and sys.stdin.isatty():
            sql_shell.repl(connection, form)
        else:
            sql_shell.run(connection, command or sys.stdin.read(), form)
