"""The command line; what is heavy is imported by the command that needs it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

from cli.console import Terminal
from config.settings import Settings, SettingsError
from config.user_error import UserError
from config.version import installed_version
from crm.install.migrate import migrate_operational
from crm.sources.mapping_file import MappingError, read_mapping
from warehouse.connect import ensure_reachable
from warehouse.databases import Databases, open_databases
from warehouse.embedded.server import ClusterError
from warehouse.embedded.shared_server import EmbeddedPostgresError
from warehouse.migrate import migrate_warehouse
from warehouse.migration_runner import MigrationError

if TYPE_CHECKING:
    from pipelines.preview.dry_run import DryRun

ONE_LINE = (SettingsError, MappingError, MigrationError, EmbeddedPostgresError, ClusterError)

Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
DAYS = ["%Y-%m-%d"]

app = typer.Typer(
    help="Personal performance analytics for sales agents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
    """The console script: an error is one clear line on stderr and exit code 1."""
    try:
        app()
    except UserError as error:
        sys.exit(f"error: {error}")
    except ONE_LINE as error:
        sys.exit(f"error: {' '.join(str(error).split())}")
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
        sys.exit(f"error: {error.diag.message_primary}: run `agent-analytics migrate` first")


def _tell(trial: "DryRun", *, as_json: bool, as_markdown: bool = False) -> None:
    from pipelines.preview.report import markdown, print_changes

    if as_json:
        print(json.dumps(asdict(trial), default=str))
    elif as_markdown:
        print(markdown(trial.changes))
    else:
        print_changes(trial.changes)


@contextmanager
def _databases(settings: Settings, *names: str) -> Iterator[Databases]:
    """The databases, of which those `names` answer."""
    with open_databases(settings) as databases:
        for name in names:
            ensure_reachable(getattr(databases, name), name)
        yield databases


@app.command()
def up(
    data: Annotated[Path | None, typer.Option(help="Directory with leads.csv.")] = None,
    agents: Annotated[int | None, typer.Option(min=1, help="Simulated agents.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Simulated days.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the simulation.")] = None,
    port: Annotated[int | None, typer.Option(help="Of the API; else 8000 or the next.")] = None,
    dagster_port: Annotated[int | None, typer.Option(help="Else 3000 or the next.")] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return once all is up.")] = False,
    end_with_parent: Annotated[
        bool, typer.Option("--end-with-parent", help="End when the calling process ends.")
    ] = False,
) -> None:
    """Everything for a first look: databases, data, a refresh, the API and the Dagster UI."""
    from cli.demo import up as demo
    from cli.demo.demo_data import asked_for
    from cli.demo.detach import start_detached

    asked = asked_for(data, agents=agents, days=days, seed=seed)
    if detach:
        arguments = [argument for argument in sys.argv[2:] if argument != "--detach"]
        raise typer.Exit(start_detached(Settings().home, arguments))
    demo.up(asked, port, dagster_port, ends_with_parent=end_with_parent)


@app.command()
def down() -> None:
    """Ends what `up` has started."""
    from cli.demo import lock as demo_lock

    demo_lock.down(Settings().home, Terminal())


@app.command()
def migrate(
    operational: Annotated[
        bool, typer.Option("--operational", help="Only the CRM's side.")
    ] = False,
    warehouse: Annotated[
        bool, typer.Option("--warehouse", help="Only the warehouse and Dagster's storage.")
    ] = False,
    dagster: Annotated[bool, typer.Option("--dagster", help="Only Dagster's storage.")] = False,
) -> None:
    """Creates or updates our tables in each database; running it again changes nothing."""
    settings, terminal = Settings(), Terminal()
    is_all = not (operational or warehouse or dagster)
    mapping = read_mapping(settings.crm_mapping)
    with open_databases(settings) as databases:
        if operational or is_all:
            ensure_reachable(databases.operational, "operational")
            with terminal.step("migrate operational"):
                migrate_operational(databases.operational, mapping, databases.api_operational)
        if warehouse or is_all:
            ensure_reachable(databases.warehouse, "warehouse")
            with terminal.step("migrate warehouse"):
                migrate_warehouse(databases.warehouse, databases.api_warehouse)
        if dagster or warehouse or is_all:
            if databases.dagster:
                ensure_reachable(databases.dagster, "dagster")
            with terminal.step("migrate dagster"):
                from pipelines.dagster_support.instance import migrate_dagster

                migrate_dagster(settings.home, databases)


@app.command()
def check_source(as_json: Json = False) -> None:
    """Whether the CRM's database fits, and what would be read of it; changes nothing.

    Reads its catalog and a sample of leads. Ends with 1 where something is missing.
    """
    from crm.check import report as source_check_report
    from crm.check import source_check

    settings = Settings()
    mapping = read_mapping(settings.crm_mapping)
    with open_databases(settings) as databases:
        check = source_check.check_source(databases.operational, mapping)
    if as_json:
        print(json.dumps(source_check_report.as_document(check)))
    else:
        source_check_report.print_check(check)
    if not check.fits:
        raise typer.Exit(1)


@app.command("import")
def import_(directory: Path) -> None:
    """CSV files of DIRECTORY into the operational tables: all rows of all files, or none."""
    from cli.data import import_csv

    settings = Settings()
    with _databases(settings, "operational") as databases:
        mapping = read_mapping(settings.crm_mapping)
        import_csv(databases, directory, mapping, Terminal())


@app.command()
def simulate(
    agents: Annotated[int, typer.Option(min=1)] = 100,
    days: Annotated[int, typer.Option(min=1)] = 180,
    seed: int = 1,
    live: Annotated[bool, typer.Option("--live", help="Go on from what is there.")] = False,
    rate: Annotated[float, typer.Option(help="Changes per second of --live.")] = 2.0,
) -> None:
    """Realistic activity into the operational tables."""
    from cli.data import Simulation, simulate_history, simulate_on

    settings, terminal = Settings(), Terminal()
    mapping = read_mapping(settings.crm_mapping)
    with _databases(settings, "operational") as databases:
        if live:
            simulate_on(databases.operational, rate, seed, mapping, terminal)
        else:
            wanted, time_zone = Simulation(agents, days, seed), settings.analytics_timezone
            simulate_history(databases, wanted, mapping, time_zone, terminal)


@app.command()
def refresh(
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=DAYS, help="First day of change.")
    ] = None,
    to: Annotated[datetime | None, typer.Option(formats=DAYS, help="Last day of change.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read and compute all anew.")] = False,
    reconcile: Annotated[
        bool,
        typer.Option("--reconcile", help="Compare source and raw, and read what differs again."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Only say what would change. Builds all in a copy: takes as long as --full, and"
            " once more the room of raw.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """The Dagster job in this process, for today or the days of a range."""
    from cli import refresh as command
    from pipelines.run_options import RefreshOptions

    settings = Settings()
    days = command.days_of_change(settings, from_ and from_.date(), to and to.date())
    asked = RefreshOptions(days, is_full=full, reconciles=reconcile)
    if dry_run:
        _tell(command.dry_run_command(settings, asked), as_json=as_json)
        return
    refreshed = command.refresh_command(settings, asked)
    if as_json:
        print(json.dumps(asdict(refreshed)))


@app.command()
def metric_diff(
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a review.")
    ] = False,
    as_json: Json = False,
) -> None:
    """What the dbt project as it stands would change in the numbers that are served.

    Builds all in a copy of the warehouse: takes as long as a full build, and once more the room
    of raw.
    """
    from cli.refresh import metric_diff_command

    _tell(metric_diff_command(Settings()), as_json=as_json, as_markdown=as_markdown)


@app.command()
def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """The API."""
    from cli import serve as api_server

    api_server.serve(Settings(), host, port, workers)


@app.command()
def token(agent: str, days: Annotated[int, typer.Option(min=1)] = 30) -> None:
    """A development JWT for AGENT; only with a shared secret."""
    from cli.tokens import development_token, use_development_secret

    print(development_token(use_development_secret(Settings()), agent, timedelta(days=days)))


@app.command()
def dbt_env() -> None:
    """Prints the variables that dbt needs in a shell: `eval "$(agent-analytics dbt-env)"`.

    Starts no server: without WAREHOUSE_DATABASE_URL the demo has to be running.
    """
    from cli.dbt_env import shell_exports

    print(shell_exports(Settings()))


@app.command("sql")
def sql_(
    command: Annotated[
        str | None, typer.Option("--command", "-c", help="SQL; else standard input is read.")
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """DuckDB over lake and warehouse at once, read-only: `lake.leads`, `warehouse.marts...`."""
    from cli import sql_shell

    if as_json and as_csv:
        raise UserError("--json and --csv exclude each other")
    form: sql_shell.Format = "json" if as_json else "csv" if as_csv else "table"
    settings = Settings()
    with (
        _databases(settings, "warehouse") as databases,
        sql_shell.read_only_session(databases.warehouse, settings.lake_path) as connection,
    ):
        if command is None and sys.stdin.isatty():
            sql_shell.repl(connection, form)
        else:
            sql_shell.run(connection, command or sys.stdin.read(), form)


@app.command()
def status(as_json: Json = False) -> None:
    """The served build, how fresh it is, rows per station, and drift from the source."""
    from cli.status import as_document, print_status, read_status

    settings = Settings()
    mapping = read_mapping(settings.crm_mapping)
    with _databases(settings, "operational", "warehouse") as databases:
        document = as_document(read_status(databases, mapping, settings.lake_path), settings)
    if as_json:
        print(json.dumps(document))
    else:
        print_status(document)


if __name__ == "__main__":
    main()
