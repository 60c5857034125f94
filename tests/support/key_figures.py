"""Key figures and trends of the metric catalogue, with their values for an agent without data."""

from pipelines.generation.api_fields import trends_of
from pipelines.publishing.metric_catalogue import Catalogue, Column, Mart

KPIS = "agent_kpis"


def kpis_without_data(catalogue: Catalogue) -> dict[str, int | None]:
    """By field of `kpis`."""
    return {
        column.meta.fields["kpis"].removeprefix("kpis."): _without_data(mart, column)
        for mart, column in catalogue.fields("kpis")
    }


def trends_without_data(catalogue: Catalogue) -> dict[str, int | None]:
    """By name: a change of 0, or null, which has the reason `no_data`."""
    return {name: _without_data(mart, column) for name, mart, column in trends_of(catalogue)}


def _without_data(mart: Mart, column: Column) -> int | None:
    """A sum is 0; a ratio, a median and a rank are null."""
    return 0 if mart.name == KPIS and column.is_required else None
