"""Command line `agent-analytics`: a module per command, which imports heavy packages on its run."""

import sys
from typing import Annotated

import typer

from cli.commands.check_source import check_source
from cli.commands.dbt_env import dbt_env
from cli.commands.import_csv import import_csv
from cli.commands.migrate import migrate
from cli.commands.refresh import metric_diff, refresh
from cli.commands.serve import serve
from cli.commands.simulate import simulate
from cli.commands.sql import sql
from cli.commands.status import status
from cli.commands.token import token
from cli.commands.up import down, up
from config.periods import PeriodsError
from config.settings import SettingsError
from config.user_error import UserError
from config.version import installed_version
from crm.sources.mapping_file import MappingError
from warehouse.embedded.server import PostgresServerError
from warehouse.embedded.shared_server import EmbeddedPostgresError
from warehouse.migration_runner import MigrationError
from warehouse.missing_relations import MISSING, with_command

ONE_LINE_ERRORS = (
    SettingsError,
    PeriodsError,
    MappingError,
    MigrationError,
    EmbeddedPostgresError,
    PostgresServerError,
)

app = typer.Typer(
    help="Personal performance analytics for sales agents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(up)
app.command()(down)
app.command()(migrate)
app.command()(check_source)
app.command("import")(import_csv)
app.command()(simulate)
app.command()(refresh)
app.command()(metric_diff)
app.command()(serve)
app.command()(token)
app.command()(dbt_env)
app.command()(sql)
app.command()(status)


def _print_version(is_requested: bool) -> None:
    if is_requested:
        print(installed_version())
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the console script. An error is one clear line on standard error and exit code 1."""
    try:
        app()
    except UserError as error:
        sys.exit(f"error: {error}")
    except ONE_LINE_ERRORS as error:
        sys.exit(f"error: {' '.join(str(error).split())}")
    except MISSING as error:
        sys.exit(f"error: {with_command(error)}")


if __name__ == "__main__":
    main()
