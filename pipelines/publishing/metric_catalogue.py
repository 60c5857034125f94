"""Metric catalogue: served marts and the numbers in their columns, as the dbt YAML declares them.

Reads dbt's manifest. A mart whose `meta` has `served` is served; a column whose `meta` has `fields`
is a number of the API. `make generate` writes lists of metrics in SQL, Python and documents
from it; the publish step takes from it the definitions that agents read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

DAILY = "agent_performance_metrics"
SCALE = re.compile(r"numeric\(\d+,(\d+)\)")
Parsed = TypeVar("Parsed", bound=BaseModel)


class DefinitionError(ValueError):
    """A declaration is incomplete or names something unknown; the message is one line."""


class Served(BaseModel, extra="forbid", frozen=True):
    """`meta.served` of a mart: condition for its served rows.

    `is_relative`: one agent's rows may change with another agent's data.
    """

    where: str = "true"
    is_relative: bool = False


class Period(BaseModel, extra="forbid", frozen=True):
    """Rule for the value of a period: the sum of a daily column, the ratio of two columns of the
    mart, or a column of the mart with the value before rounding."""

    sum: str | None = None
    ratio: tuple[str, str] | None = None
    exact: str | None = None


class ColumnMeta(BaseModel, extra="forbid", frozen=True):
    """`meta` of a column.

    `fields`: path in the body of a route, by the last word of the route. `period` of a daily column
    is `sum` where days add up. `conserved`: over agents and the unassigned it adds up to the
    source's own total.
    """

    served: bool = True
    fields: Mapping[str, str] = {}
    text: str | None = None
    unit: str | None = None
    better: str | None = None
    formula: str | None = None
    decimals: int | None = None
    period: Literal["sum"] | Period | None = None
    trend: str | None = None
    conserved: bool = False


@dataclass(frozen=True)
class Column:
    """A column; `type` as Postgres writes it, `checks` are conditions of its constraints."""

    name: str
    type: str
    description: str
    is_required: bool
    checks: tuple[str, ...]
    meta: ColumnMeta

    @property
    def scale(self) -> int:
        """Decimals of the type."""
        match = SCALE.fullmatch(self.type)
        return int(match[1]) if match else 0

    @property
    def decimals(self) -> int:
        """Decimals that are served."""
        return self.scale if self.meta.decimals is None else self.meta.decimals

    @property
    def is_daily_sum(self) -> bool:
        return self.meta.period == "sum"

    @property
    def of_period(self) -> Period:
        return self.meta.period if isinstance(self.meta.period, Period) else Period()


@dataclass(frozen=True)
class Mart:
    """A served mart; `key`: the served columns of the primary key."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    served: Served

    @property
    def served_columns(self) -> list[Column]:
        return [column for column in self.columns.values() if column.meta.served]

    def formula(self, column: Column) -> str:
        """Returns the column's formula, derived from its period rule if it declares none."""
        period = column.of_period
        if column.meta.formula:
            return column.meta.formula
        if period.sum:
            return f"sum of {period.sum}"
        if period.ratio:
            over = " / ".join(self.formula(self.columns[name]) for name in period.ratio)
            return f"100 * {over}" if column.meta.unit == "percent" else over
        raise DefinitionError(f"{self.name}.{column.name} has no formula")


@dataclass(frozen=True)
class Catalogue:
    """The served marts by name, in the order of the exposures."""

    marts: Mapping[str, Mart]

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Catalogue":
        """Reads the manifest; raises DefinitionError if a declaration is wrong."""
        exposed = [each["depends_on"]["nodes"] for each in manifest["exposures"].values()]
        keys = dict.fromkeys([*chain.from_iterable(exposed), *manifest["nodes"]])
        models = [manifest["nodes"][key] for key in keys]
        marts = [_mart(model) for model in models if "served" in model["config"].get("meta", {})]
        catalogue = cls({mart.name: mart for mart in marts})
        for mart in marts:
            for column in mart.columns.values():
                catalogue._check(mart, column)
        return catalogue

    def fields(self, route: str) -> Iterator[tuple[Mart, Column]]:
        """Gives the columns that a route serves; `route` is the last word of its path."""
        for mart in self.marts.values():
            for column in mart.served_columns:
                if route in column.meta.fields:
                    yield mart, column

    def _check(self, mart: Mart, column: Column) -> None:
        meta, place = column.meta, f"{mart.name}.{column.name}"
        period, daily = column.of_period, self.marts[DAILY].columns
        if period.sum and not (period.sum in daily and daily[period.sum].is_daily_sum):
            raise DefinitionError(f"{place} sums {period.sum}, which is not a daily sum of {DAILY}")
        for name in period.ratio or ():
            if name not in mart.columns or not mart.columns[name].of_period.sum:
                raise DefinitionError(f"{place} names {name}, which is not a sum of {mart.name}")
        if period.exact and period.exact not in mart.columns:
            raise DefinitionError(
                f"{place} names {period.exact}, which is not a column of {mart.name}"
            )
        if meta.fields:
            if not (meta.served and meta.unit and "better" in meta.model_fields_set):
                raise DefinitionError(
                    f"{place} has fields and must be served, with unit and better"
                )
            mart.formula(column)
        elif meta.trend:
            raise DefinitionError(f"{place} has a trend but no fields")


def _mart(model: Mapping[str, Any]) -> Mart:
    name = model["name"]
    key = [column for each in model["constraints"] for column in each["columns"]]
    if not key:
        raise DefinitionError(f"{name} is served but has no primary key")
    columns = {column["name"]: _column(name, column, key) for column in model["columns"].values()}
    served = _parsed(Served, name, model["config"]["meta"]["served"])
    return Mart(name, tuple(each for each in key if columns[each].meta.served), columns, served)


def _column(mart: str, column: Mapping[str, Any], key: list[str]) -> Column:
    name, constraints = column["name"], column["constraints"]
    return Column(
        name,
        column["data_type"].replace(" ", ""),
        column["description"],
        name in key or any(each["type"] == "not_null" for each in constraints),
        tuple(each["expression"] for each in constraints if each["type"] == "check"),
        _parsed(ColumnMeta, f"{mart}.{name}", column["config"]["meta"]),
    )


def _parsed(model: type[Parsed], place: str, meta: Mapping[str, Any]) -> Parsed:
    try:
        return model.model_validate(meta)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise DefinitionError(f"{place}: meta.{where}: {first['msg']}") from error
