"""Start of the demo: databases, data, a refresh, the API and the Dagster UI."""

import os
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from dotenv import dotenv_values

from cli.console import Terminal
from cli.demo.dates import choose_dates
from cli.demo.demo_data import DemoData, Source
from cli.demo.lock import Addresses, announce, only_demo
from cli.demo.summary import agents_to_show, get_json, print_overview
from cli.processes.process_supervisor import ProcessSupervisor, interrupt_on_signals
from cli.serve import is_free
from cli.tokens import use_development_secret
from config.settings import Settings
from config.user_error import UserError
from crm.install.migrate import migrate_operational
from crm.sources.mapping_file import read_mapping
from pipelines.dagster_support.home import configure, new_socket_folder, write_workspace
from warehouse.connect import connect_or_fail
from warehouse.databases import Databases, open_databases
from warehouse.migrate import migrate_warehouse

HOST = "127.0.0.1"
API_PORT = 8000
DAGSTER_PORT = 3000
PORTS_TRIED = 100
ANSWER_SECONDS = 180.0
ASK_SECONDS = 0.2
COMMAND_LINE = ["-m", "cli.main"]


def up(
    requested: Source | None,
    api_port: int | None,
    dagster_port: int | None,
    *,
    is_detached: bool,
    ends_with_parent: bool,
) -> None:
    """Runs until it is stopped. Raises UserError if the start fails or a service exits."""
    settings = use_development_secret(Settings())
    terminal = Terminal()
    is_ready = False
    with interrupt_on_signals(), ExitStack() as stack:
        try:
            lock = stack.enter_context(only_demo(settings.home, terminal))
            with terminal.step("databases"):
                databases = stack.enter_context(open_databases(settings))
            first_day = _prepare(settings, databases, requested, terminal)
            environment = configure(settings.home, databases)
            supervisor = ProcessSupervisor(
                settings.home / "logs",
                {**_settings_of_the_folder(settings), **environment},
                # Dagster reads `.env` of its working directory over the environment.
                folder=settings.home / "dagster",
                lock=lock,
                parent=os.getppid() if ends_with_parent else None,
            )
            services = stack.enter_context(supervisor)
            addresses = Addresses(
                f"http://{HOST}:{_port(api_port, API_PORT)}",
                f"http://{HOST}:{_port(dagster_port, DAGSTER_PORT)}",
            )
            announce(settings.home, addresses, is_ready=False)
            _start(services, settings.home, addresses, terminal, first_day)
            with connect_or_fail(databases.warehouse, "warehouse") as warehouse:
                agents = agents_to_show(warehouse)
            print_overview(settings, agents, addresses.api, addresses.dagster)
            if not is_detached:
                terminal.say("Ctrl-C stops everything.")
            announce(settings.home, addresses, is_ready=True)
            is_ready = True
            services.watch()
        except KeyboardInterrupt:
            terminal.say("stopping ...")
            stack.close()
            if not is_ready:
                raise


def _prepare(
    settings: Settings, databases: Databases, requested: Source | None, terminal: Terminal
) -> date | None:
    """Creates the tables, loads data and chooses the dates; returns the first day to refresh."""
    mapping = read_mapping(settings.crm_mapping)
    data = DemoData(settings, databases, mapping, terminal)
    source = data.make_room(requested)
    with terminal.step("migrate"):
        migrate_operational(databases.operational, mapping, databases.api_operational)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
    if source is not None:
        data.load(source)
    return choose_dates(settings, data.newest_lead_at(), terminal)


def _start(
    services: ProcessSupervisor,
    home: Path,
    addresses: Addresses,
    terminal: Terminal,
    first_day: date | None,
) -> None:
    """Starts the services, and refreshes meanwhile.

    The refresh reports every partition from `first_day` on; Dagster shows others as missing.
    """
    # In every start: an earlier one may have been killed, or have had another version of Dagster.
    services.run("migrate", [*COMMAND_LINE, "migrate", "--dagster"])
    services.environment["TMPDIR"] = str(new_socket_folder(home))
    services.start("api", [*COMMAND_LINE, "serve", *_listen(addresses.api)])
    workspace = ["--workspace", str(write_workspace(home))]
    services.start("dagster", ["-m", "dagster", "dev", *workspace, *_listen(addresses.dagster)])
    days = ["--from", str(first_day)] if first_day else []
    services.run("refresh", [*COMMAND_LINE, "refresh", *days])
    with terminal.step("API"):
        _wait_for_answer(services, f"{addresses.api}/health/ready")
    with terminal.step("Dagster UI"):
        _wait_for_answer(services, f"{addresses.dagster}/server_info")


def _settings_of_the_folder(settings: Settings) -> dict[str, str]:
    """Returns the working directory's `.env`, with absolute paths, for services of another one."""
    given = {name: value for name, value in dotenv_values(".env").items() if value}
    own = {name: value for name, value in os.environ.items() if value}
    paths = {"LAKE_PATH": str(settings.lake_path), "CRM_MAPPING": str(settings.crm_mapping)}
    return {**given, **own, **paths}


def _listen(address: str) -> list[str]:
    host, _, port = address.removeprefix("http://").partition(":")
    return ["--host", host, "--port", port]


def _port(requested: int | None, default: int) -> int:
    """Returns the requested port, which must be free, or the first free one from the default on."""
    if requested is not None:
        if not is_free(HOST, requested):
            raise UserError(f"port {requested} is taken")
        return requested
    for port in range(default, default + PORTS_TRIED):
        if is_free(HOST, port):
            return port
    raise UserError(f"no port from {default} to {default + PORTS_TRIED - 1} is free")


def _wait_for_answer(services: ProcessSupervisor, url: str) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        services.check()
        try:
            get_json(url, seconds=5)
            return
        except OSError as error:
            if time.monotonic() > deadline:
                raise UserError(f"{url} does not answer: {error}") from None
        time.sleep(ASK_SECONDS)
