"""The dbt models as one psql script: the limit that a full build is measured against.

Generated from what dbt compiles for a full refresh, with the indexes and extended statistics that
the warehouse has after one. It writes to a schema of its own and leaves out what surrounds the
SQL: dbt itself, checks, increments, insights and publishing.
"""

import json
import re
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.harness.deployment import Deployment
from config.settings import Settings
from pipelines.dbt_project import (
    connection_variables,
    dbt_environment,
    folders,
    invoke,
)
from pipelines.postgres.table_sync import table_columns

SCHEMA = "plain_sql"
START = f"""\\set ON_ERROR_STOP on
set client_min_messages = warning;
drop schema if exists {SCHEMA} cascade;
create schema {SCHEMA};
"""
INDEXES = "select indexdef from pg_indexes where schemaname = %s and tablename = %s"
STATISTICS = """select pg_get_statisticsobjdef(oid) from pg_statistic_ext
    where stxrelid = to_regclass(%s)"""


def compiled_models(deployment: Deployment) -> Path:
    """Writes the script to the deployment's home; needs a warehouse that was refreshed once."""
    target = deployment.home / "compiled"
    connection = connection_variables(deployment.databases.warehouse)
    with dbt_environment(Settings(), connection):
        compiled = invoke(["compile", "--full-refresh", *folders(target)])
    if not compiled.success:
        raise SystemExit(f"dbt compile: {compiled.exception}")
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    models = [node for node in nodes.values() if node["resource_type"] == "model"]
    names = {model["relation_name"]: f'{SCHEMA}."{model["name"]}"' for model in models}
    with psycopg.connect(deployment.databases.warehouse) as warehouse:
        statements = [_made(model, names, warehouse) for model in _in_order(models)]
    script = deployment.home / "compiled_models.sql"
    script.write_text(START + "".join(statements))
    return script


def _in_order(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each model after those that it reads."""
    waiting = {model["unique_id"]: model for model in models}
    ordered = []
    while waiting:
        ready = [
            model for model in waiting.values() if not waiting.keys() & model["depends_on"]["nodes"]
        ]
        ordered += ready
        for model in ready:
            del waiting[model["unique_id"]]
    return ordered


def _made(model: dict[str, Any], names: dict[str, str], warehouse: psycopg.Connection) -> str:
    """The statements that create the model's relation, index it and analyze it."""
    query = model["compiled_code"]
    for relation, name in names.items():
        query = query.replace(relation, name)
    table = names[model["relation_name"]]
    if model["config"]["materialized"] == "view":
        return f"create view {table} as\n{query};\n"
    made = (model["schema"], model["name"])
    rows = warehouse.execute(INDEXES, made).fetchall()
    rows += warehouse.execute(STATISTICS, [f"{made[0]}.{made[1]}"]).fetchall()
    moved = [re.sub(rf"\b{model['schema']}\.", f"{SCHEMA}.", definition) for (definition,) in rows]
    columns = ", ".join(f'"{name}"' for name in table_columns(warehouse, *made))
    parts = [
        # With the types of the contract, to which an insert rounds.
        f"create table {table} (like {model['relation_name']})",
        f"insert into {table} ({columns}) select {columns} from (\n{query}\n) as model",
        *moved,
        f"analyze {table}",
    ]
    return "".join(f"{part};\n" for part in parts)
