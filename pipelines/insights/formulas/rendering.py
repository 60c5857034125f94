"""Rendering of findings: fills the texts of their rules with their numbers."""

from collections.abc import Callable, Iterable
from string import Formatter
from urllib.parse import quote

import polars as pl

from pipelines.insights.rules import SUBJECT_NAME, Rule, Rules, Signal

Part = Callable[[str], pl.Expr]


def rendered(selected: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Adds `title`, `message` (finding and suggested action), `records` and `evidence` (JSON)."""
    return selected.with_columns(_subject_name(rules.signals).alias(SUBJECT_NAME)).with_columns(
        title=_by("rule_id", ((rule.key, _filled(rule.title, _text)) for rule in rules.rules)),
        message=_by("rule_id", ((rule.key, _message(rule)) for rule in rules.rules)),
        records=_by(
            "signal",
            (
                (signal.key, _filled(signal.records, _encoded))
                for signal in rules.signals
                if signal.records
            ),
        ),
        evidence=_evidence(),
    )


def _message(rule: Rule) -> pl.Expr:
    """Returns the message; leaves out the action if its number is undefined."""
    action = pl.lit(" ") + _filled(rule.action, _text)
    return _filled(rule.message, _text) + action.fill_null("")


def _subject_name(signals: Iterable[Signal]) -> pl.Expr:
    return _by(
        "signal",
        (
            (signal.key, pl.col("subject").replace(signal.subject_names))
            for signal in signals
            if signal.subject_names
        ),
    )


def _by(key: str, values: Iterable[tuple[str, pl.Expr]]) -> pl.Expr:
    """Returns the value for the row's key, else null."""
    cases = [pl.when(pl.col(key) == name).then(value) for name, value in values]
    return pl.coalesce(*cases, pl.lit(None, pl.String))


def _filled(template: str, part: Part) -> pl.Expr:
    """Fills a template; null if one of its columns is null."""
    parts: list[pl.Expr] = []
    for literal, column, _, _ in Formatter().parse(template):
        parts.append(pl.lit(literal))
        if column is not None:
            parts.append(part(column))
    return pl.concat_str(parts)


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _encoded(column: str) -> pl.Expr:
    """Encodes a column for a query string."""
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
