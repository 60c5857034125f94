"""Everything for a first look: databases, data, a refresh, the API and the Dagster UI."""

import os
import time
from contextlib import ExitStack
from pathlib import Path

from cli.console import Terminal
from cli.demo.as_of import choose_as_of
from cli.demo.demo_data import DemoData, Source
from cli.demo.lock import Addresses, only_demo
from cli.demo.summary import agents_to_show, ask, print_overview
from cli.processes.process_supervisor import Services, interrupt_on_signals
from cli.serve import is_free
from cli.tokens import use_development_secret
from config.settings import Settings
from config.user_error import UserError
from crm.install.migrate import migrate_operational
from crm.sources.mapping_file import read_mapping
from pipelines.dagster_support.home import configure, new_code_server
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
    asked: Source | None, api_port: int | None, dagster_port: int | None, *, ends_with_parent: bool
) -> None:
    """Runs until it is stopped. UserError where it cannot start or a service ends by itself."""
    settings = use_development_secret(Settings())
    terminal = Terminal()
    is_ready = False
    with interrupt_on_signals(), ExitStack() as stack:
        try:
            lock = stack.enter_context(only_demo(settings.home, terminal))
            with terminal.step("databases"):
                databases = stack.enter_context(open_databases(settings))
            _prepare(settings, databases, asked, terminal)
            is_first = not (settings.home / "dagster").exists()
            environment = configure(settings.home, databases)
            parent = os.getppid() if ends_with_parent else None
            services = stack.enter_context(
                Services(settings.home / "logs", environment, lock.descriptor, parent)
            )
            addresses = Addresses(
                f"http://{HOST}:{_port(api_port, API_PORT)}",
                f"http://{HOST}:{_port(dagster_port, DAGSTER_PORT)}",
            )
            lock.write(addresses, is_ready=False)
            _start(services, settings.home, addresses, terminal, is_first=is_first)
            with connect_or_fail(databases.warehouse, "warehouse") as warehouse:
                agents = agents_to_show(warehouse)
            print_overview(settings, agents, addresses.api, addresses.dagster)
            terminal.say("Ctrl-C ends everything.")
            lock.write(addresses, is_ready=True)
            is_ready = True
            services.watch()
        except KeyboardInterrupt:
            terminal.say("ending ...")
            stack.close()
            if not is_ready:
                raise


def _prepare(
    settings: Settings, databases: Databases, asked: Source | None, terminal: Terminal
) -> None:
    """Tables, data and the as-of date."""
    mapping = read_mapping(settings.crm_mapping)
    data = DemoData(settings, databases, mapping, terminal)
    wanted = data.make_room(asked)
    with terminal.step("migrate"):
        migrate_operational(databases.operational, mapping, databases.api_operational)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
    if wanted is not None:
        data.load(wanted)
    choose_as_of(settings, data.newest_lead_at(), terminal)


def _start(
    services: Services, home: Path, addresses: Addresses, terminal: Terminal, *, is_first: bool
) -> None:
    """The services, and the refresh while they start."""
    if is_first:
        # Before several Dagster processes start together: each creates missing tables.
        services.run("migrate", [*COMMAND_LINE, "migrate", "--dagster"])
    socket, workspace = new_code_server(home)
    pipeline = ["--module-name", "pipelines.definitions", "--socket", str(socket)]
    services.start("api", [*COMMAND_LINE, "serve", *_listen(addresses.api)])
    services.start("dagster-code", ["-m", "dagster", "api", "grpc", *pipeline])
    in_workspace = ["--workspace", str(workspace)]
    services.start("dagster-daemon", ["-m", "dagster._daemon", "run", *in_workspace])
    services.start(
        "dagster-ui",
        ["-m", "dagster_webserver", *_listen(addresses.dagster), *in_workspace],
    )
    services.run("refresh", [*COMMAND_LINE, "refresh"])
    with terminal.step("API"):
        _wait_for_answer(services, f"{addresses.api}/health/ready")
    with terminal.step("Dagster UI"):
        _wait_for_answer(services, f"{addresses.dagster}/server_info")


def _listen(address: str) -> list[str]:
    host, _, port = address.removeprefix("http://").partition(":")
    return ["--host", host, "--port", port]


def _port(asked: int | None, default: int) -> int:
    """The port asked for, which must be free, or the first free one from the default on."""
    if asked is not None:
        if not is_free(HOST, asked):
            raise UserError(f"port {asked} is taken")
        return asked
    for port in range(default, default + PORTS_TRIED):
        if is_free(HOST, port):
            return port
    raise UserError(f"no port from {default} to {default + PORTS_TRIED - 1} is free")


def _wait_for_answer(services: Services, url: str) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        services.check()
        try:
            ask(url, seconds=5)
            return
        except OSError as error:
            if time.monotonic() > deadline:
                raise UserError(f"{url} does not answer: {error}") from None
        time.sleep(ASK_SECONDS)
