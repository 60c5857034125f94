"""Columns of the fields of an API body, and its trends, in the order of the body."""

from collections.abc import Iterator

from pipelines.publishing.metric_catalogue import Catalogue, Column, Mart


def columns_of(
    catalogue: Catalogue, mart: str, route: str, path: str
) -> Iterator[tuple[str, Column]]:
    """Gives field name and column; `path` of the object is `.` for the body itself."""
    for column in catalogue.marts[mart].served_columns:
        within, _, name = column.meta.fields.get(route, "").rpartition(".")
        if name and (within or ".") == path:
            yield name, column


def trends_of(catalogue: Catalogue) -> Iterator[tuple[str, Mart, Column]]:
    """Gives name, mart and column of each trend."""
    for mart in catalogue.marts.values():
        for column in mart.served_columns:
            if column.meta.trend:
                yield column.meta.trend, mart, column
