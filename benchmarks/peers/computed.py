"""Peer: FastAPI that computes the figures from the CRM's rows at each request."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

FIGURES = """
with window_leads as (
    select satisfaction_rating
    from leads
    where
        assigned_agent_id = %(agent)s
        and created_at >= %(as_of)s::date - %(days)s::integer + 1
        and created_at < %(as_of)s::date + 1
),

revenue as (
    select sum(
        case
            when metadata ->> 'revenue' ~ '^\\s*[+-]?\\d{1,15}(\\.\\d+)?\\s*$'
                then (metadata ->> 'revenue')::numeric
        end
    ) as total
    from agent_activity_log
    where
        agent_id = %(agent)s
        and activity_type = 'conversion'
        and timestamp >= %(as_of)s::date - %(days)s::integer + 1
        and timestamp < %(as_of)s::date + 1
)

select
    count(*) as "leadsHandled",
    round(avg(satisfaction_rating), 1) as "satisfactionScore",
    count(satisfaction_rating) as "satisfactionCount",
    (select coalesce(round(total, 2), 0) from revenue)::text as "totalRevenue"
from window_leads
"""
pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
    os.environ["COMPUTED_FROM"],
    kwargs={"autocommit": True, "row_factory": dict_row, "options": "-c timezone=UTC"},
    min_size=10,
    max_size=10,
    open=False,
)


@asynccontextmanager
async def connected(_app: FastAPI) -> AsyncIterator[None]:
    async with pool:
        yield


app = FastAPI(lifespan=connected)


@app.get("/kpis")
async def kpis(agent: str, days: int) -> dict[str, Any]:
    parameters = {"agent": agent, "days": days, "as_of": os.environ["COMPUTED_AS_OF"]}
    async with pool.connection() as connection:
        [row] = await (await connection.execute(FIGURES, parameters)).fetchall()
    return row
