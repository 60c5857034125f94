"""Dagster resource that builds the dbt project inside the run's own process."""

import json
from collections.abc import Generator, Mapping
from typing import Any
from uuid import uuid4

import dagster as dg
import psycopg

from config.settings import Settings
from pipelines.dbt_project import (
    APPLICATION_NAME,
    DATABASE,
    DbtError,
    connection_variables,
    dbt_environment,
    folders,
    parse,
    target_folder,
)
from pipelines.transformation.dbt_build import DbtBuild

ROWS_SHOWN = 10
# Statuses of a test that found rows.
FINDING = {"fail", "warn"}
DUPLICATE_KEY = "duplicate key value violates unique constraint"


class DbtResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Parses the project, then builds from that manifest, so that new vars need no parse."""

    def build(
        self,
        settings: Settings,
        warehouse_url: str,
        arguments: list[str],
        variables: Mapping[str, Any],
    ) -> Generator[dict[str, Any], None, None]:
        """Runs `dbt build` with `arguments`; gives the event of each node when it finishes.

        Raises DbtError at the end if a model or a blocking test failed. If closed or interrupted
        earlier, cancels dbt's statements and returns when dbt has ended; raises DbtError if it
        does not end.
        """
        rows_by_test: dict[str, list[dict[str, Any]]] = {}
        application_name = f"agent-analytics dbt {uuid4().hex[:12]}"
        connection = {
            **connection_variables(warehouse_url),
            APPLICATION_NAME: application_name,
        }
        with target_folder(settings) as target:
            manifest = parse(settings, connection[DATABASE], target, "--no-write-json")
            command = ["--no-write-json", *arguments, "--vars", json.dumps(dict(variables))]
            with (
                dbt_environment(settings, connection),
                DbtBuild(
                    [*command, *folders(target)], manifest, warehouse_url, application_name
                ) as build,
            ):
                for event in build.events():
                    node = event["data"]["node_info"]["unique_id"]
                    if event["data"].get("status") in FINDING:
                        rows_by_test[node] = _rows(
                            warehouse_url, manifest.nodes[node].compiled_code
                        )
                    yield {**event, "rows": rows_by_test.get(node, [])}
        _raise_failures(build.result.result(), rows_by_test)


def _rows(warehouse_url: str, query: str) -> list[dict[str, Any]]:
    """Returns the first rows that a test's query selects.

    Postgres renders them as JSON: Python cannot represent all values, such as the year 12000.
    """
    with psycopg.connect(warehouse_url) as connection:
        connection.read_only = True
        first = f"select to_jsonb(failures)::text from ({query}\n) as failures limit {ROWS_SHOWN}"  # noqa: S608
        rows = connection.execute(first.encode()).fetchall()
    return [json.loads(row[0], parse_float=str) for row in rows]


def _raise_failures(result: Any, rows_by_test: Mapping[str, list[dict[str, Any]]]) -> None:
    if result.success:
        return
    if result.exception:
        raise DbtError(str(result.exception))
    failed = [node for node in result.result if str(node.status) in ("error", "fail")]
    messages = [
        f"{node_result.node.name}: {' '.join(str(node_result.message).split())}"
        + "".join(f"; {row}" for row in rows_by_test.get(node_result.node.unique_id, [])[:1])
        for node_result in failed
    ]
    # A retry would find the same duplicate key. If the server reports it in another language, the
    # run is retried without effect, and the nightly run compares raw with the source.
    is_permanent = any(
        str(node_result.status) == "fail" or DUPLICATE_KEY in str(node_result.message)
        for node_result in failed
    )
    raise DbtError("\n".join(messages), is_permanent=is_permanent)
