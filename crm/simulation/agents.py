"""Simulated agents: ids, skill, response time, shift and share of the leads."""

import polars as pl

from crm.simulation.draws import Draws


def agent_ids(count: int) -> list[str]:
    width = max(3, len(str(count)))
    return [f"agent-{number:0{width}d}" for number in range(1, count + 1)]


def roster(count: int, seed: int) -> pl.DataFrame:
    """Return one row per agent.

    `skill` multiplies the odds of each next stage and drifts by `drift` over the whole history;
    `response_hours` is the median; `warmth` is added to ratings; `load_until` is the cumulative
    share of the leads, up to 1.
    """
    draws = Draws(seed, "agent_number")
    load = draws.lognormal("load", 1.0, 0.25)
    return (
        pl.DataFrame({"agent_number": range(count), "agent_id": agent_ids(count)})
        .with_columns(
            skill=draws.lognormal("skill", 1.0, 0.22),
            drift=draws.normal("drift") * 0.15,
            response_hours=draws.lognormal("speed", 1.3, 0.7),
            warmth=draws.normal("warmth") * 0.3,
            shift_start_hour=(draws.uniform("shift") * 4).floor() + 7,
            load=load,
        )
        .with_columns(load_until=pl.col("load").cum_sum() / pl.col("load").sum())
    )
