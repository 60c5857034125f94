"""Command `simulate`: realistic activity into the operational tables."""

from typing import Annotated

import typer

from cli.console import Terminal
from cli.databases import reachable_databases
from config.settings import Settings
from crm.sources.mapping_file import read_mapping


def simulate(
    agents: Annotated[int, typer.Option(min=1, help="Number of simulated agents.")] = 100,
    days: Annotated[int, typer.Option(min=1, help="Number of simulated days.")] = 180,
    seed: Annotated[int, typer.Option(help="Seed of the simulation.")] = 1,
    live: Annotated[
        bool, typer.Option("--live", help="Continue from the existing leads, until Ctrl-C.")
    ] = False,
    rate: Annotated[float, typer.Option(help="Changes per second with --live.")] = 2.0,
) -> None:
    """Write realistic activity into the operational tables."""
    from cli.data import Simulation, simulate_history, simulate_on

    settings, terminal = Settings(), Terminal()
    mapping = read_mapping(settings.crm_mapping)
    with reachable_databases(settings, "operational") as databases:
        if live:
            simulate_on(databases.operational, rate, seed, mapping, terminal)
        else:
            simulation, time_zone = Simulation(agents, days, seed), settings.analytics_timezone
            simulate_history(databases, simulation, mapping, time_zone, terminal)
