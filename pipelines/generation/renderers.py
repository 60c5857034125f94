"""The renderer of each kind of generated region, for one state of the dbt project."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from config.periods import periods
from pipelines.generation import markdown_lists, python_lists, sql_lists, typescript_lists
from pipelines.generation.regions import Renderer
from pipelines.publishing.metric_catalogue import Catalogue
from pipelines.publishing.metric_definitions import metric_definitions

OF_CATALOGUE: Mapping[str, Renderer] = {
    "served-tables": sql_lists.served_tables,
    "daily-sums": sql_lists.daily_sums,
    "summed-days": sql_lists.summed_days,
    "period-sums": sql_lists.period_sums,
    "period-columns": sql_lists.period_columns,
    "columns": sql_lists.columns,
    "sums": sql_lists.sums,
    "compared": sql_lists.compared,
    "differing": sql_lists.differing,
    "differing-now": sql_lists.differing_now,
    "select": sql_lists.fields,
    "select-or-zero": sql_lists.fields_or_zero,
    "trend-rows": sql_lists.trend_rows,
    "serving-tables": python_lists.serving_tables,
    "trends": python_lists.trends,
    "fields": python_lists.fields,
    "trend-fields": python_lists.trend_fields,
}


def renderers(manifest: Mapping[str, Any]) -> Mapping[str, Renderer]:
    """Returns renderers by the name in a region's first line; `manifest` is dbt's."""
    catalogue = Catalogue.of(manifest)
    return {
        **{name: partial(renderer, catalogue) for name, renderer in OF_CATALOGUE.items()},
        "metric-tables": partial(markdown_lists.metric_tables, metric_definitions(manifest)),
        "date-ranges": partial(markdown_lists.date_ranges, periods()),
        "periods": partial(typescript_lists.periods, periods()),
    }
