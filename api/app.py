"""The API as an ASGI application: `uvicorn --factory api.app:create_app`."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from fastapi import FastAPI

from api import health
from api.analytics import Analytics
from api.auth import Tokens
from api.builds import Build, BuildWatch
from api.cache import AnswerCache
from api.cors import admitting
from api.dashboard import add_pages
from api.documentation import DocumentedAPI
from api.endpoints import ENDPOINTS
from api.errors import OperationalDownError, WarehouseDownError, add_error_answers
from api.front import Front
from api.goal_routes import add_goal_routes
from api.goals import AgentGoals
from api.marks import Marks, marks_key
from api.pool import AgentPool
from api.query import Warehouse
from api.rate_limit import RateLimit
from api.routes import add_routes
from api.shutdown import told_of_shutdown
from api.spellings import Spellings
from api.stream.streams import Streams
from api.telemetry.inside import Inside
from api.telemetry.telemetry import Telemetry
from api.timeline import routes as timeline
from api.timeline.page import Timeline
from config.settings import Settings, SettingsError
from config.version import installed_version
from warehouse.databases import Databases, open_databases

DESCRIPTION = """An agent's own performance, read from the tables of one published build.

Send `Authorization: Bearer <JWT>`. Every answer's `meta` names its build and says how old the
data is. Lists also answer `Accept: text/csv`, with `meta` in the header `Analytics-Meta`."""


def create_app(settings: Settings | None = None, databases: Databases | None = None) -> FastAPI:
    """The application; SettingsError where the configuration cannot verify a token."""
    settings = settings or Settings()
    if databases:
        _check_urls(databases)
    telemetry = Telemetry(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            opened = databases or await _opened(stack, settings)
            _check_urls(opened)
            served = AgentPool(opened.api_warehouse, WarehouseDownError)
            live = AgentPool(opened.api_operational, OperationalDownError)
            cache = AnswerCache(settings.api_cache_bytes)
            key = marks_key(settings, opened.api_operational)
            marks = Marks(key)
            streams = Streams(opened.api_operational, live, marks)

            def on_new_build(build: Build | None) -> None:
                cache.clear()
                if build:
                    streams.announce(build)

            watch = BuildWatch(opened.api_warehouse, on_new_build)
            warehouse = Warehouse(await stack.enter_async_context(served))
            operational = await stack.enter_async_context(live)
            await stack.enter_async_context(watch.running())
            stale_after = settings.analytics_stale_after
            await stack.enter_async_context(streams.running())
            pools = {"warehouse": served, "operational": live}
            inside = Inside(pools, streams, watch, stale_after)
            stack.enter_context(telemetry.running(inside, key))
            stack.enter_context(told_of_shutdown(lambda: streams.end("server_shutdown")))
            app.state.marks = marks
            app.state.operational = operational
            app.state.warehouse = warehouse
            app.state.goals = AgentGoals(operational, warehouse, stale_after)
            app.state.analytics = Analytics(warehouse, watch, cache, stale_after)
            app.state.timeline = Timeline(live, marks)
            app.state.streams = streams
            stack.enter_context(_uncollected())
            yield

    app = DocumentedAPI(
        title="Agent analytics",
        version=installed_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        # Observed from outside, by `telemetry.around`.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.tokens = Tokens(settings)
    app.state.rate_limit = RateLimit(settings.api_rate_limit)
    app.state.spellings = Spellings()
    add_error_answers(app)
    add_routes(app, ENDPOINTS)
    add_goal_routes(app)
    app.include_router(timeline.router)
    app.include_router(health.router)
    add_pages(app, has_dashboard=settings.api_dashboard)
    # Nothing can be added after this.
    ahead = Front(app.build_middleware_stack(), app.state)
    answering = admitting(ahead, settings.api_cors_origins)
    app.middleware_stack = telemetry.around(answering)
    return app


def _check_urls(databases: Databases) -> None:
    if not databases.api_warehouse:
        raise SettingsError("API_WAREHOUSE_URL: must be set when WAREHOUSE_DATABASE_URL is set")
    if not databases.api_operational:
        raise SettingsError("API_OPERATIONAL_URL: must be set when OPERATIONAL_DATABASE_URL is set")


@contextmanager
def _uncollected() -> Iterator[None]:
    """What there is by now stays: no collection of garbage between requests looks through it."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _opened(stack: AsyncExitStack, settings: Settings) -> Databases:
    """The configured databases until the stack closes; off the loop, as it may start a server."""
    opening = open_databases(settings)
    databases = await asyncio.to_thread(opening.__enter__)
    stack.push_async_callback(asyncio.to_thread, opening.__exit__, None, None, None)
    return databases
