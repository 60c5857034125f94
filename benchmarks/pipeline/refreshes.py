"""Whole refreshes: first, full, small changes, no changes, and a backfill."""

from datetime import timedelta
from functools import partial
from typing import NamedTuple

import psycopg

from benchmarks.harness.deployment import Deployment, Refresh
from benchmarks.harness.figures import Figure
from benchmarks.harness.interleaved import against, seconds
from benchmarks.harness.sizes import AS_OF, Size
from benchmarks.pipeline.dlt_peer import BACKEND, FILE_FORMAT, build_by_plain_dbt, copy_by_dlt
from benchmarks.pipeline.plain_sql import compiled_models

MARTS_TO_SERVED = ("dbt_build", "compute_insights", "publish")
MEMORY_LIMIT = 2048.0
CHANGED_AGENTS = 20
CHANGED_LEADS = 2000
SMALL_CHANGE = f"refresh after {CHANGED_LEADS} leads of {CHANGED_AGENTS} agents changed"
SPREAD_SHARE = 0.001
DLT_REPEATS = 3


def measure(deployment: Deployment, size: Size, limits: list[Figure]) -> list[Figure]:
    """`limits`: of extract and load, of the same run."""
    firsts: list[Refresh] = []
    plain: list[float] = []
    for _ in range(size.repeats):
        deployment.empty_warehouse()
        firsts.append(deployment.refresh())
        plain.append(seconds(partial(deployment.psql, compiled_models(deployment))))
    builds = [sum(first.steps[step] for step in MARTS_TO_SERVED) for first in firsts]
    three = [sum(limit.limit or 0.0 for limit in limits) + built for built in plain]
    wholes = [first.seconds for first in firsts]
    figures = [
        against(
            "full build, marts to served",
            size,
            builds,
            "the compiled models in psql",
            plain,
            at_most=1.3,
            note="ours checks the build and computes insights, which the other does not",
        ),
        against(
            "whole first refresh",
            size,
            wholes,
            "the sum of the three limits",
            three,
            at_most=2.0,
        ),
    ]
    in_turn = [_one_of_each(deployment, number) for number in range(size.repeats)]
    full = [each.full for each in in_turn]
    agents = [each.some_agents for each in in_turn]
    spread = [each.spread for each in in_turn]
    backfill = [each.backfill for each in in_turn]
    fulls = [refresh.seconds for refresh in full]
    own = "own refresh of everything"
    figures += [
        against(
            SMALL_CHANGE,
            size,
            [refresh.seconds for refresh in agents],
            own,
            fulls,
            at_most=0.1,
        ),
        against(
            "refresh after 0.1 % of the leads changed, at random",
            size,
            [refresh.seconds for refresh in spread],
            own,
            fulls,
            at_most=None,
        ),
        against(
            "backfill of 365 days as one run",
            size,
            [refresh.seconds for refresh in backfill],
            own,
            fulls,
            at_most=1.3,
        ),
        _nothing(size, [each.nothing for each in in_turn]),
        *_memory(size, [*firsts, *full, *agents, *spread, *backfill]),
        *_steps(size, firsts[-1], agents[-1]),
    ]
    if size.has_peers:
        figures.append(_beside_dlt(deployment, size, wholes))
    return figures


def _beside_dlt(deployment: Deployment, size: Size, wholes: list[float]) -> Figure:
    took = []
    for _ in range(DLT_REPEATS):
        copied, _ = copy_by_dlt(deployment)
        took.append(copied + build_by_plain_dbt(deployment))
    return against(
        "whole first refresh, vs dlt",
        size,
        wholes,
        f"dlt ({BACKEND}, {FILE_FORMAT}) and plain dbt",
        took,
        at_most=0.5,
        note="dlt copies activities with all of their metadata",
    )


def changed(deployment: Deployment, number: int) -> Refresh:
    """A refresh after `change_some_agents`."""
    change_some_agents(deployment, number)
    return deployment.refresh()


class _InTurn(NamedTuple):
    full: Refresh
    spread: Refresh
    nothing: Refresh
    some_agents: Refresh
    backfill: Refresh


def _one_of_each(deployment: Deployment, number: int) -> _InTurn:
    """One after the other, so that a busy minute hits all alike.

    A small change comes after a refresh that wrote little, as in operation.
    """
    return _InTurn(
        full=deployment.refresh("--full"),
        spread=_spread(deployment, number),
        nothing=deployment.refresh(),
        some_agents=changed(deployment, number),
        backfill=_backfilled(deployment),
    )


def change_some_agents(deployment: Deployment, number: int) -> None:
    """Changes the newest `CHANGED_LEADS` of `CHANGED_AGENTS` agents; `number` picks the agents."""
    _execute(
        deployment,
        "update leads set satisfaction_rating = 1 + (coalesce(satisfaction_rating, 0) + 1) %% 5"
        " where id in ("
        "  select id from ("
        "   select id, row_number() over (partition by assigned_agent_id order by created_at desc)"
        "    as place"
        "   from leads where assigned_agent_id in ("
        "    select distinct assigned_agent_id from leads"
        "    where assigned_agent_id > %s order by 1 limit %s)"
        "  ) as placed where place <= %s)",
        [f"agent-{number:03}", CHANGED_AGENTS, CHANGED_LEADS // CHANGED_AGENTS],
    )


def _spread(deployment: Deployment, number: int) -> Refresh:
    _execute(
        deployment,
        "update leads set satisfaction_rating = 1 + (coalesce(satisfaction_rating, 0) + 1) %% 5"
        " where hashtext(id || %s)::bigint & 1048575 < %s",
        [str(number), int(SPREAD_SHARE * 1048576)],
    )
    return deployment.refresh()


def _backfilled(deployment: Deployment) -> Refresh:
    first = AS_OF - timedelta(days=364)
    return deployment.refresh("--days", first.isoformat(), AS_OF.isoformat())


def _execute(deployment: Deployment, statement: str, parameters: list[object]) -> None:
    with psycopg.connect(deployment.databases.operational) as connection:
        connection.execute(statement.encode(), parameters)


def _nothing(size: Size, refreshes: list[Refresh]) -> Figure:
    samples = sorted(refresh.seconds for refresh in refreshes)
    written = sum(
        count
        for refresh in refreshes
        for counts in refresh.rows.values()
        for what, count in counts.items()
        if what in ("written", "deleted", "changed")
    )
    is_new = any(refresh.is_new for refresh in refreshes)
    return Figure(
        "refresh with nothing changed, its process included",
        size.name,
        samples[len(samples) // 2],
        "s",
        goal="at most 15 s, 0 rows written, no new build",
        meets_goal=samples[len(samples) // 2] <= 15 and not written and not is_new,
        samples=samples,
        note=f"{written} rows written, {'a' if is_new else 'no'} new build",
    )


def _memory(size: Size, refreshes: list[Refresh]) -> list[Figure]:
    peaks = {
        "pipeline": [refresh.peak.pipeline for refresh in refreshes],
        "Postgres": [refresh.peak.postgres for refresh in refreshes],
    }
    return [
        Figure(
            f"most memory of a process of {name}",
            size.name,
            max(samples),
            "MiB",
            goal=f"at most {MEMORY_LIMIT:,.0f} MiB",
            meets_goal=max(samples) <= MEMORY_LIMIT,
            samples=samples,
        )
        for name, samples in peaks.items()
    ]


def _steps(size: Size, first: Refresh, changed: Refresh) -> list[Figure]:
    return [
        Figure(f"step {step} of {name}", size.name, took, "s", samples=[took])
        for name, refresh in (("the first refresh", first), ("a small change", changed))
        for step, took in refresh.steps.items()
    ]
