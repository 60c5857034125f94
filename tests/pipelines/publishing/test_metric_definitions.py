"""Every served number is declared once, in the dbt project."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatchcase
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from api.analytics.endpoints import ENDPOINTS
from pipelines.publishing.metric_catalogue import DefinitionError
from pipelines.publishing.metric_definitions import metric_definitions
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import serving
from tests.support.servers.api_server import settings as api_settings

pytest_plugins = ("tests.support.fixtures.catalogue", "tests.support.fixtures.refreshed_small")

IDS = {"restatements[].buildId"}


@pytest.fixture(scope="module")
def definitions(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return metric_definitions(manifest).to_dicts()


def kinds(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from kinds(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType, list):
        for argument in get_args(annotation):
            yield from kinds(argument)
    else:
        yield annotation


def numbers(model: type[BaseModel], within: str = "") -> Iterator[str]:
    """The paths of a body's numbers, as definitions name them."""
    for name, field in model.model_fields.items():
        parts = (field.annotation, *get_args(field.annotation))
        is_list = any(get_origin(part) is list for part in parts)
        path = f"{within}{field.alias or name}{'[]' if is_list else ''}"
        for kind in kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel) and name != "meta":
                yield from numbers(kind, f"{path}.")
            elif kind in (int, float, Decimal):
                yield path


def matches(definition: dict[str, Any], path: str) -> bool:
    pattern = re.sub(r"\[\w*\]", "[[]]", definition["field"])
    return fnmatchcase(path, pattern)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_every_served_number_has_a_definition(
    endpoint: Any, definitions: list[dict[str, Any]]
) -> None:
    own = [row for row in definitions if row["route"] == endpoint.path]
    served = set(numbers(endpoint.model)) - IDS
    assert {path for path in served if not any(matches(row, path) for row in own)} == set()
    assert {row["field"] for row in own if not any(matches(row, path) for path in served)} == set()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unti": "leads"}, "agent_kpis.leads_handled: meta.unti: Extra inputs"),
        ({"unit": None}, "agent_kpis.leads_handled has fields and must be served"),
        ({"served": False}, "agent_kpis.leads_handled has fields and must be served"),
        ({"period": {"sum": "leads"}}, "agent_kpis.leads_handled sums leads, which is not a daily"),
        (
            {"period": {"ratio": ["leads_converted", "x"]}},
            "agent_kpis.leads_handled names x, which",
        ),
        ({"period": None}, "agent_kpis.leads_handled has no formula"),
        ({"fields": {}}, "agent_kpis.leads_handled has a trend but no fields"),
        ({"fields": {"kpis": "kpis.totalRevenue"}}, "/kpis: kpis.totalRevenue is defined twice"),
    ],
)
def test_a_wrong_declaration_is_rejected_by_column_name(
    manifest: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    changed = json.loads(json.dumps(manifest))
    column = changed["nodes"]["model.agent_analytics.agent_kpis"]["columns"]["leads_handled"]
    column["config"]["meta"] |= change
    with pytest.raises(DefinitionError, match=re.escape(said)):
        metric_definitions(changed)


def test_a_mart_without_a_key_is_not_served(manifest: dict[str, Any]) -> None:
    changed = json.loads(json.dumps(manifest))
    changed["nodes"]["model.agent_analytics.agent_funnel"]["constraints"] = []
    with pytest.raises(DefinitionError, match="agent_funnel is served but has no primary key"):
        metric_definitions(changed)


def test_the_formula_of_a_period_follows_from_its_rule(definitions: list[dict[str, Any]]) -> None:
    formulas = {row["field"]: row["formula"] for row in definitions}
    assert formulas["kpis.leadsHandled"] == "sum of leads_assigned"
    rate = "100 * sum of leads_converted / sum of leads_assigned"
    assert formulas["kpis.conversionRate"] == rate


def test_other_exposures_are_ignored_and_numbers_without_a_column_need_every_part(
    manifest: dict[str, Any],
) -> None:
    changed = json.loads(json.dumps(manifest))
    changed["exposures"]["own"] = {"config": {"meta": {}}, "depends_on": {"nodes": []}}
    assert len(metric_definitions(changed)) == len(metric_definitions(manifest))
    fields = changed["exposures"]["exposure.agent_analytics.kpis"]["config"]["meta"]["fields"]
    fields.append(fields[0])
    with pytest.raises(DefinitionError, match=r"kpis: trends\.ranking is defined twice"):
        metric_definitions(changed)
    del fields[-1], fields[0]["unit"]
    with pytest.raises(DefinitionError, match=r"trends\.ranking lacks unit"):
        metric_definitions(changed)


def test_the_api_returns_the_definitions_of_the_build(
    small_pipeline: Pipeline, definitions: list[dict[str, Any]]
) -> None:
    with serving(api_settings(), small_pipeline.databases) as api:
        body = api.get("/agent/analytics/metrics", "ana").json()
    assert len(body["metrics"]) == len(definitions)
    assert body["metrics"][0] == {
        "route": "/agent/analytics/funnel",
        "field": "funnel.assigned",
        "text": "Leads of the period.",
        "unit": "leads",
        "better": "higher",
        "formula": "sum of leads_assigned",
        "rounding": "whole number",
    }
