"""The renderer of each kind of generated region, over one metric catalogue."""

from collections.abc import Mapping
from functools import partial

from pipelines.generation import python_lists, sql_lists
from pipelines.generation.regions import Renderer
from pipelines.publishing.metric_catalogue import Catalogue


def renderers(catalogue: Catalogue) -> Mapping[str, Renderer]:
    """By the name that a region begins with."""
    by_name: Mapping[str, Renderer] = {
        "served-tables": sql_lists.served_tables,
        "daily-sums": sql_lists.daily_sums,
        "period-sums": sql_lists.period_sums,
        "sums": sql_lists.sums,
        "compared": sql_lists.compared,
        "differing": sql_lists.differing,
        "select": sql_lists.fields,
        "select-or-zero": sql_lists.fields_or_zero,
        "trend-rows": sql_lists.trend_rows,
        "trend-changes": sql_lists.trend_changes,
        "serving-tables": python_lists.serving_tables,
        "trends": python_lists.trends,
        "fields": python_lists.fields,
        "trend-fields": python_lists.trend_fields,
    }
    return {name: partial(renderer, catalogue) for name, renderer in by_name.items()}
