"""CPU priority: a run has less of it than the API."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers.api_server import fill, serving_process
from tests.support.servers.command_line import CommandLine, processes_of
from warehouse.databases import Databases
from warehouse.niceness import NICE

LOWEST = 19
RUN = """
import os
import dagster as dg
from pipelines.resources import WarehouseResource

with WarehouseResource().yield_for_execution(dg.build_init_resource_context()):
    print(os.nice(0))
"""


@pytest.mark.parametrize(("before", "during"), [(0, NICE), (LOWEST, LOWEST)])
def test_a_run_lowers_its_own_priority(
    databases: Databases, tmp_path: Path, before: int, during: int
) -> None:
    own = os.nice(0)
    command_line = CommandLine(
        tmp_path,
        OPERATIONAL_DATABASE_URL=databases.operational,
        WAREHOUSE_DATABASE_URL=databases.warehouse,
    )
    output = subprocess.run(
        ["nice", f"--adjustment={max(before - own, 0)}", sys.executable, "-c", RUN],
        check=True,
        capture_output=True,
        text=True,
        env=command_line.environment,
    ).stdout
    assert int(output) == max(during, own)


def test_the_api_keeps_its_priority(databases: Databases, tmp_path: Path) -> None:
    fill(databases.warehouse)
    with serving_process(tmp_path, databases):
        niceness = {os.getpriority(os.PRIO_PROCESS, pid) for pid in processes_of(tmp_path)}
    assert niceness == {os.nice(0)}
