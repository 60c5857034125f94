"""Commands `import` and `simulate`: fill the operational tables, with progress bars."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.console import Terminal
from cli.processes.process_supervisor import interrupt_on_signals
from cli.rewind_watermark import rewind_watermark
from config.user_error import UserError
from crm.bulk_load import ImportCounts
from crm.csv_import.bad_rows import BadFileError
from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from pipelines.transformation.build_plan import as_of_date
from warehouse.databases import Databases


@dataclass(frozen=True)
class Simulation:
    """Arguments of a simulation."""

    agents: int = 100
    days: int = 180
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.agents} simulated agents over {self.days} days (seed {self.seed})"


def import_csv(
    databases: Databases, directory: Path, mapping: LeadsMapping, terminal: Terminal
) -> ImportCounts:
    """Imports the files of `directory`, all rows or none.

    Raises UserError with a line per bad row.
    """
    with terminal.bar(f"import {directory}") as (step, report):
        try:
            counts = import_directory(databases.operational, directory, mapping, report)
        except (BadFileError, OSError) as error:
            raise UserError(str(error)) from None
        step.note = _summary(counts)
    rewind_watermark(databases.warehouse, counts.oldest, terminal)
    return counts


def simulate_history(
    databases: Databases,
    simulation: Simulation,
    mapping: LeadsMapping,
    time_zone: str,
    terminal: Terminal,
) -> ImportCounts:
    """Writes simulated activity up to now. Raises UserError where the CRM already has leads."""
    with terminal.bar(f"simulate {simulation.agents} agents, {simulation.days} days") as (
        step,
        report,
    ):
        from crm.simulation.history import SimulationError, simulate

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
            raise UserError(str(error)) from None
        step.note = _summary(counts)
    rewind_watermark(databases.warehouse, counts.oldest, terminal)
    return counts


def simulate_on(
    url: str, rate_per_second: float, seed: int, mapping: LeadsMapping, terminal: Terminal
) -> ImportCounts:
    """Writes new activity at a rate, until Ctrl-C."""
    from crm.simulation.history import SimulationError
    from crm.simulation.live import simulate_live

    stop = threading.Event()
    name = f"simulate {rate_per_second:g} changes a second until Ctrl-C"
    with interrupt_on_signals(), terminal.step(name) as step, ThreadPoolExecutor(1) as pool:
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
            raise UserError(str(error)) from None
        step.note = _summary(counts)
    return counts


def _summary(counts: ImportCounts) -> str:
    return f"{counts.leads:,} leads, {counts.activities:,} activities"
