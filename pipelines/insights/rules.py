"""Insight rules: the rows of rules.yml, typed and checked against each other."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from string import Formatter
from typing import Annotated, Literal
from urllib.parse import parse_qs

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from pipelines.insights.formulas.finding import FINDING, SIGNALS

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
Share = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=0)]
SUBJECT_NAME = "subject_name"
RECORDS_PARAMETERS = {"metric", "dateRange", "stage", "source"}
DIRECTIONS = {"up": 1, "down": -1, None: 0}


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Signal(_Row):
    """A number that a formula measures per agent, with limits of significance and sample size."""

    key: Key
    metric: Text
    window_days: Count
    window: Text
    test: Text
    is_change: bool = False
    max_p: Share | None = None
    sample: Text
    min_n: Count
    min_n_before: Count
    subject_names: dict[str, Text] = {}
    records: Text | None = None

    def errors(self) -> Iterable[tuple[str, str]]:
        """Gives field and message of errors that the types do not catch."""
        if self.key not in SIGNALS:
            yield "key", f"unknown signal; expected one of {', '.join(sorted(SIGNALS))}"
        if self.is_change and self.max_p is not None:
            yield "max_p", "not allowed with is_change, where false_alarm_share applies"
        if self.records is not None:
            yield from (("records", message) for message in _unknown_columns(self.records))
            query = parse_qs(self.records)
            if unknown := query.keys() - RECORDS_PARAMETERS:
                yield "records", f"unknown parameters: {', '.join(sorted(unknown))}"
            if query.get("dateRange") != [str(self.window_days)]:
                yield "records", f"dateRange must be window_days, {self.window_days}"


class Rule(_Row):
    """An insight, its thresholds over a signal, and its texts."""

    key: Key
    version: Annotated[int, Field(ge=1)]
    signal: Key
    direction: Literal["up", "down"] | None = None
    min_change_pct: Annotated[float, Field(ge=0)] = 0
    min_change_places: Count = 0
    min_change_of_n: Annotated[float, Field(ge=0, lt=1)] = 0
    type: Literal["positive", "negative", "info", "action"]
    is_better: bool | None
    priority: int
    theme: Key
    title: Text
    message: Text
    action: Text

    def errors(self, signals: dict[str, Signal]) -> Iterable[tuple[str, str]]:
        """Gives field and message of errors that the types do not catch."""
        signal = signals.get(self.signal)
        if signal is None:
            yield "signal", f"{self.signal} is not one of {', '.join(sorted(signals))}"
            return
        if self.min_change_pct and (self.min_change_places or self.min_change_of_n):
            yield "min_change_pct", "use either percent or places, not both"
        extra = {SUBJECT_NAME} if signal.subject_names else set()
        for field in ("title", "message", "action"):
            for message in _unknown_columns(getattr(self, field), extra):
                yield field, message


class Threshold(_Row):
    """Minimum move of a number that makes its agent's insights be recomputed."""

    metric: Key
    min_move: Annotated[Decimal, Field(gt=0, strict=False)]
    min_move_pct: Count = 0


class Rules(_Row):
    """The content of rules.yml."""

    insights_per_agent: Annotated[int, Field(ge=1)]
    false_alarm_share: Share
    signals: tuple[Signal, ...] = Field(strict=False)
    rules: tuple[Rule, ...] = Field(strict=False)
    recompute: tuple[Threshold, ...] = Field(strict=False)

    def errors(self) -> Iterable[str]:
        """Gives a line per error between fields or rows."""
        signals = {signal.key: signal for signal in self.signals}
        for signal in self.signals:
            for field, message in signal.errors():
                yield f"signal {signal.key}: {field}: {message}"
        for rule in self.rules:
            for field, message in rule.errors(signals):
                yield f"rule {rule.key}: {field}: {message}"
        yield from _repeated("signal", "key", (signal.key for signal in self.signals))
        yield from _repeated("rule", "key", (rule.key for rule in self.rules))
        yield from _repeated("rule", "priority", (rule.priority for rule in self.rules))
        yield from _repeated("recompute", "metric", (row.metric for row in self.recompute))
        themes: dict[tuple[str, str | None], str] = {}
        for rule in self.rules:
            theme = themes.setdefault((rule.signal, rule.direction), rule.theme)
            if theme != rule.theme:
                yield (
                    f"rule {rule.key}: theme: must be {theme}, like the other rule for this"
                    " signal and direction"
                )

    def frame(self) -> pl.DataFrame:
        """Returns one row per rule with its fields and its signal's, without texts."""
        signals = {signal.key: signal for signal in self.signals}
        return pl.DataFrame(
            [self._row(rule, signals[rule.signal]) for rule in self.rules],
            infer_schema_length=None,
        )

    def _row(self, rule: Rule, signal: Signal) -> dict[str, object]:
        return {
            "rule_id": rule.key,
            "version": rule.version,
            "signal": signal.key,
            "direction": DIRECTIONS[rule.direction],
            "is_change": signal.is_change,
            "max_p": self.false_alarm_share if signal.is_change else signal.max_p,
            "min_n": signal.min_n,
            "min_n_before": signal.min_n_before,
            "min_change": rule.min_change_pct or float(rule.min_change_places),
            "min_change_of_n": rule.min_change_of_n,
            "metric": signal.metric,
            "window_days": signal.window_days,
            "window": signal.window,
            "test": signal.test,
            "type": rule.type,
            "is_better": rule.is_better,
            "priority": rule.priority,
            "theme": rule.theme,
        }


def _unknown_columns(template: str, extra: Iterable[str] = ()) -> Iterable[str]:
    try:
        columns = {column for _, column, _, _ in Formatter().parse(template) if column is not None}
    except ValueError as error:
        yield str(error)
        return
    if unknown := columns - set(FINDING) - set(extra):
        yield "unknown placeholder: " + ", ".join(f"{{{name}}}" for name in sorted(unknown))


def _repeated(row: str, field: str, values: Iterable[object]) -> Iterable[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{row}: {field}: {value} is used {count} times"
