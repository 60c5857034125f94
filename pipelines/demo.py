"""`up` and `down`: everything for a first look, running until it is asked to end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.api_server import is_free
from pipelines.dagster_home import configure, new_code_server
from pipelines.demo_as_of import settle_as_of
from pipelines.demo_data import DemoData, Source
from pipelines.migrate import migrate
from pipelines.overview import ask, interesting_agents, print_overview
from pipelines.processes import ProcessIdentity
from pipelines.reach import reached
from pipelines.refusal import Refusal
from pipelines.services import Services, ended_by_signals
from pipelines.terminal import Terminal
from pipelines.tokens import use_development_secret
from warehouse.databases import Databases, open_databases
from warehouse.locks import is_held, open_lock, try_lock, wait_for_lock
from warehouse.mapping import read_mapping
from warehouse.settings import Settings

HOST = "127.0.0.1"
API_PORT, DAGSTER_PORT, PORTS_TRIED = 8000, 3000, 100
ANSWER_SECONDS = 180.0
END_SECONDS = 30.0
COMMAND_LINE = ["-m", "pipelines.cli"]


@dataclass(frozen=True)
class Addresses:
    api: str
    dagster: str


def up(asked: Source | None, ports: tuple[int | None, int | None], *, ends_with_parent: bool) -> None:
    """Runs until Ctrl-C; Refusal where it cannot begin or a service ends by itself."""
    settings = use_development_secret(Settings())
    terminal = Terminal()
    with ended_by_signals(), _only_demo(settings.home, terminal) as (lock, state), ExitStack() as stack:
        with terminal.step("databases"):
            databases = stack.enter_context(open_databases(settings))
        _prepare(settings, databases, asked, terminal)
        environment = {**configure(settings.home, databases), "AGENT_ANALYTICS_HOME": str(settings.home)}
        services = stack.enter_context(Services(settings.home / "logs", environment, lock, ends_with_parent=ends_with_parent))
        addresses = Addresses(_address(ports[0], API_PORT), _address(ports[1], DAGSTER_PORT))
        _start(services, settings, addresses, terminal)
        with reached(databases.warehouse, "warehouse") as warehouse:
            agents = interesting_agents(warehouse)
        print_overview(settings, agents, addresses.api, addresses.dagster)
