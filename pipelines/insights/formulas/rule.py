"""What a rule of personal insights is: one row of the table of rules."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["positive", "negative", "info", "action"]


@dataclass(frozen=True)
class Rule:
    """When a finding is shown, and in which words.

    `measure` is what is tested, `direction` the side on which this rule speaks (1 up, -1 down);
    rules of one measure share its test, `minimum_n` and `minimum_n_before`. `threshold` is the
    highest p at which it speaks, for the changed rules after Holm's adjustment over all of them;
    None where the finding is a fact or a formula and no test. `minimum_change_pct` keeps away
    what is certain but small. Of the rules of one `theme` the most important one speaks.
    Sentences may name the columns of a finding in braces.
    """

    id: str
    version: int
    measure: str
    direction: int
    metric: str
    window_days: int
    window: str
    test: str
    threshold: float | None
    minimum_n: int
    minimum_n_before: int
    minimum_change_pct: int
    kind: Kind
    is_better: bool | None
    priority: int
    theme: str
    title: str
    sentence: str
    suggestion: str
    records: str | None
