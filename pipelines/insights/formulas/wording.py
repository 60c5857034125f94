"""Findings put into words: the sentences of their rules, with the numbers in their places."""

from collections.abc import Callable, Iterable
from string import Formatter
from urllib.parse import quote

import polars as pl

from pipelines.insights.formulas.rule import Rule
from pipelines.insights.formulas.rules import RULES

Part = Callable[[str], pl.Expr]


def worded(chosen: pl.DataFrame) -> pl.DataFrame:
    """`title`, `message` (finding, then what it suggests), `records` and `evidence` (JSON)."""
    return chosen.with_columns(
        title=_by_rule((rule.id, _filled(rule.title, _text)) for rule in RULES),
        message=_by_rule((rule.id, _message(rule)) for rule in RULES),
        records=_by_rule(
            (rule.id, _filled(rule.records, _encoded)) for rule in RULES if rule.records
        ),
        evidence=_evidence(),
    )


def _message(rule: Rule) -> pl.Expr:
    """A suggestion whose number is undefined is left out."""
    suggestion = pl.lit(" ") + _filled(rule.suggestion, _text)
    return _filled(rule.sentence, _text) + suggestion.fill_null("")


def _by_rule(texts: Iterable[tuple[str, pl.Expr]]) -> pl.Expr:
    return pl.coalesce(pl.when(pl.col("rule_id") == rule).then(text) for rule, text in texts)


def _filled(template: str, part: Part) -> pl.Expr:
    """Null where a column that the template names is null."""
    parts: list[pl.Expr] = []
    for literal, column, _, _ in Formatter().parse(template):
        parts.append(pl.lit(literal))
        if column is not None:
            parts.append(part(column))
    return pl.concat_str(parts)


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _encoded(column: str) -> pl.Expr:
    """As a value in a query string."""
    return _text(column).map_batches(
        lambda values: pl.Series(
            [None if value is None else quote(value, safe="") for value in values], dtype=pl.String
        ),
        return_dtype=pl.String,
        is_elementwise=True,
    )


def _evidence() -> pl.Expr:
    return pl.struct(
        "n",
        "n_before",
        "window",
        "test",
        pl.col("statistic").round_sig_figs(4),
        pl.col("p").round_sig_figs(4),
    ).struct.json_encode()
