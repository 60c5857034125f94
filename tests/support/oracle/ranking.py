"""The team ranking of one period: components, score and competition rank on exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.support.oracle.formulas import half_away

if TYPE_CHECKING:
    from collections.abc import Mapping

    Components = dict[str, Fraction | None]

WEIGHTS = {"conversion": "0.40", "satisfaction": "0.35", "response": "0.25"}


@dataclass(frozen=True)
class Standing:
    rank: int
    score: Fraction
    components: Components


def half_to_the(power: Fraction) -> Fraction:
    if power > 1000:  # 1e-301: nothing at any rounding, and out of Decimal's reach further on
        return Fraction(0)
    # Sixty digits leave no doubt about the sixth, also after the weights.
    with localcontext() as context:
        context.prec = 60
        exponent = Decimal(power.numerator) / Decimal(power.denominator)
        return 1 / Fraction(Decimal(2) ** exponent)


def components(
    conversion_rate: Fraction | None,
    satisfaction: Fraction | None,
    response_hours: Fraction | None,
    half_life: Fraction,
) -> Components:
    return {
        "conversion": conversion_rate,
        "satisfaction": None if satisfaction is None else (satisfaction - 1) / 4,
        "response": None if response_hours is None else half_to_the(response_hours / half_life),
    }


def score(parts: Components, weights: Mapping[str, Fraction]) -> Fraction | None:
    present = {name: value for name, value in parts.items() if value is not None}
    total = sum(weights[name] * value for name, value in present.items())
    weight = sum(weights[name] for name in present)
    return Fraction(half_away(total / weight * 10**6), 10**6) if weight else None


def standings(
    agents: Mapping[str, tuple[int, Components]],
    weights: Mapping[str, Fraction],
    min_leads_to_rank: int,
    min_ranked_agents: int,
) -> dict[str, Standing]:
    """Ranks by agent, from the leads and the components of each; 1, 2, 2, 4 on a tie. Empty where
    too few agents could be ranked."""
    scored = {
        agent: (own, parts)
        for agent, (leads, parts) in agents.items()
        if leads >= max(min_leads_to_rank, 1) and (own := score(parts, weights)) is not None
    }
    if len(scored) < min_ranked_agents:
        return {}
    return {
        agent: Standing(1 + sum(other > own for other, _ in scored.values()), own, parts)
        for agent, (own, parts) in scored.items()
    }
