"""The table of rules of personal insights."""

import polars as pl

from pipelines.insights.formulas.change_rules import CHANGE_RULES
from pipelines.insights.formulas.pattern_rules import PATTERN_RULES

RULES = (*CHANGE_RULES, *PATTERN_RULES)
CHANGED_MEASURES = frozenset(rule.measure for rule in CHANGE_RULES)


def rules_frame() -> pl.DataFrame:
    """One row per rule, with the columns of what it decides (not its sentences)."""
    columns = (
        "measure",
        "direction",
        "metric",
        "window_days",
        "window",
        "test",
        "threshold",
        "minimum_n",
        "minimum_n_before",
        "minimum_change_pct",
        "kind",
        "is_better",
        "priority",
        "theme",
        "version",
    )
    return pl.DataFrame(
        [{"rule_id": rule.id, **{name: getattr(rule, name) for name in columns}} for rule in RULES],
        infer_schema_length=None,
    )
