"""Dagster resource that builds the dbt project inside the run's own process."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import psycopg

from config.settings import Settings
from pipelines.transformation.dbt_build import DbtBuild
from pipelines.transformation.dbt_project import (
    DATABASE,
    DbtError,
    connection_variables,
    dbt_environment,
    folders,
    parse,
    target_folder,
)

ROWS_NAMED = 10
# Of a test that has rows to show.
FOUND = {"fail", "warn"}
TWICE = "duplicate key value violates unique constraint"


class DbtResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Parses the project as it is now, then builds it: the vars of a build cause no new parse."""

    def build(
        self,
        settings: Settings,
        warehouse_url: str,
        arguments: list[str],
        variables: Mapping[str, Any],
    ) -> Iterator[dict[str, Any]]:
        """Runs `dbt build` with `arguments`, giving the event of each finished node as it comes.

        Raises DbtError at the end where a model or a blocking test failed. Closed or interrupted
        before, it cancels what dbt does and returns when dbt has ended.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        connection = connection_variables(warehouse_url)
        with target_folder(settings) as target:
            manifest = parse(settings, connection[DATABASE], target, "--no-write-json")
            command = ["--no-write-json", *arguments, "--vars", json.dumps(dict(variables))]
            with (
                dbt_environment(settings, connection),
                DbtBuild([*command, *folders(target)], manifest) as build,
            ):
                for event in build.events():
                    node = event["data"]["node_info"]["unique_id"]
                    if event["data"].get("status") in FOUND:
                        found[node] = _rows(warehouse_url, manifest.nodes[node].compiled_code)
                    yield {**event, "rows": found.get(node, [])}
        _raise_failures(build.result.result(), found)


def _rows(warehouse_url: str, query: str) -> list[dict[str, Any]]:
    """The first rows that a test found, as its author selected them.

    As JSON of the server's own, which can say what Python cannot hold, such as the year 12000.
    """
    with psycopg.connect(warehouse_url) as connection:
        connection.read_only = True
        first = f"select to_jsonb(found)::text from ({query}\n) as found limit {ROWS_NAMED}"  # noqa: S608
        rows = connection.execute(first.encode()).fetchall()
    return [json.loads(row[0], parse_float=str) for row in rows]


def _raise_failures(result: Any, found: Mapping[str, list[dict[str, Any]]]) -> None:
    if result.success:
        return
    if result.exception:
        raise DbtError(str(result.exception))
    failed = [each for each in result.result if str(each.status) in ("error", "fail")]
    messages = [
        f"{each.node.name}: {' '.join(str(each.message).split())}"
        + "".join(f"; {row}" for row in found.get(each.node.unique_id, [])[:1])
        for each in failed
    ]
    # A duplicate key is there again in the next try. Where the server reports it in another
    # language the run is retried in vain, and the nightly one compares raw with the source.
    is_refusal = any(str(each.status) == "fail" or TWICE in str(each.message) for each in failed)
    raise DbtError("\n".join(messages), is_refusal=is_refusal)
