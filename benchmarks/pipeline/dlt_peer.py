"""Peer of the pipeline: dlt from database to database, then plain dbt, nothing incremental."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.harness.deployment import Deployment
from benchmarks.harness.interleaved import seconds
from benchmarks.peers.installed import FOLDER, install_dlt
from config.paths import DBT_PROJECT
from pipelines.dbt_project import connection_variables

# The fastest pair that carries these tables: pyarrow took half as long again, and Parquet by ADBC
# rejects their jsonb.
BACKEND, FILE_FORMAT = "connectorx", "csv"


def copy_by_dlt(deployment: Deployment) -> tuple[float, dict[str, int]]:
    """Seconds, and the rows that dlt counts by table."""
    databases = deployment.databases
    script = [str(install_dlt()), str(FOLDER / "dlt_copy.py")]
    output = subprocess.run(
        [*script, databases.operational, databases.warehouse, BACKEND, FILE_FORMAT],
        env={**os.environ, "RUNTIME__DLTHUB_TELEMETRY": "false"},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    copied = json.loads(output)
    return copied["seconds"], copied["rows"]


def build_by_plain_dbt(deployment: Deployment) -> float:
    """Seconds of `dbt run --full-refresh` on raw, by dbt's own command and without our checks."""
    dbt = str(Path(sys.executable).with_name("dbt"))
    target = str(deployment.home / "plain-dbt")
    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    command = [dbt, "--quiet", "run", "--full-refresh", *folders]
    command += ["--target-path", target, "--log-path", target]
    variables = {
        **connection_variables(deployment.databases.warehouse),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    return seconds(
        lambda: subprocess.run(command, env={**deployment.environment, **variables}, check=True)
    )
