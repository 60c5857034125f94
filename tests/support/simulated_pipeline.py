"""A refreshed pipeline over simulated history."""

from datetime import date
from pathlib import Path

from crm.simulation.history import simulate
from crm.sources.mapping import LeadsMapping
from tests.support.pipeline import Pipeline
from warehouse.databases import Databases


def simulated_pipeline(
    databases: Databases, home: Path, lake: Path, as_of: date, *, agents: int, days: int, seed: int
) -> Pipeline:
    simulate(
        databases.operational,
        agents=agents,
        days=days,
        seed=seed,
        until=as_of,
        mapping=LeadsMapping(),
    )
    pipeline = Pipeline(databases, home, lake, as_of)
    pipeline.refreshed()
    return pipeline
