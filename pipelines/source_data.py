"""Filling the operational tables from the command line, with bars and one-line refusals."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.build import as_of_date
from pipelines.csv_import import import_directory
from pipelines.csv_rows import BadFileError
from pipelines.history import ImportCounts
from pipelines.imported_rows import read_from
from pipelines.refusal import Refusal
from pipelines.services import ended_by_signals
from pipelines.terminal import Terminal
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping


@dataclass(frozen=True)
class Simulation:
    """The arguments of simulated data."""

    agents: int = 100
    days: int = 180
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.agents} simulated agents over {self.days} days (seed {self.seed})"


def import_csv(
    databases: Databases, directory: Path, mapping: LeadsMapping, terminal: Terminal
) -> ImportCounts:
    """Refusal with a line for each bad row; then nothing is written."""
    with terminal.bar(f"import {directory}") as (step, report):
        try:
            counts = import_directory(databases.operational, directory, mapping, report)
        except (BadFileError, OSError) as error:
            raise Refusal(str(error)) from None
        step.note = _told(counts)
    read_from(databases.warehouse, counts.oldest, terminal)
    return counts


def simulate_history(
    databases: Databases,
    simulation: Simulation,
    mapping: LeadsMapping,
    time_zone: str,
    terminal: Terminal,
) -> ImportCounts:
    """Activity up to now; Refusal where there are leads already."""
    with terminal.bar(f"simulate {simulation.agents} agents, {simulation.days} days") as (
        step,
        report,
    ):
        from pipelines.simulation.history import SimulationError, simulate

        try:
            counts = simulate(
                databases.operational,
                **asdict(simulation),
                until=as_of_date(None, time_zone),
                mapping=mapping,
                time_zone=time_zone,
                progress=report,
            )
        except SimulationError as error:
            raise Refusal(str(error)) from None
        step.note = _told(counts)
    read_from(databases.warehouse, counts.oldest, terminal)
    return counts


def simulate_on(
    url: str, rate_per_second: float, seed: int, mapping: LeadsMapping, terminal: Terminal
) -> ImportCounts:
    """New activity at a rate until Ctrl-C."""
    from pipelines.simulation.history import SimulationError
    from pipelines.simulation.live import simulate_live

    stop = threading.Event()
    name = f"simulate {rate_per_second:g} changes a second until Ctrl-C"
    with ended_by_signals(), terminal.step(name) as step, ThreadPoolExecutor(1) as pool:
        simulation = pool.submit(
            simulate_live,
            url,
            rate_per_second=rate_per_second,
            seed=seed,
            stop=stop,
            mapping=mapping,
        )
        try:
            counts = simulation.result()
        except KeyboardInterrupt:
            stop.set()
            counts = simulation.result()
        except SimulationError as error:
            raise Refusal(str(error)) from None
        step.note = _told(counts)
    return counts


def _told(counts: ImportCounts) -> str:
    return f"{counts.leads:,} leads, {counts.activities:,} activities"
