"""The API as an ASGI application: `uvicorn --factory api.app:create_app`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.activities.routes import add_activity_routes
from api.activities.stream.routes import add_stream_route
from api.analytics.fast_path import CachedAnswerMiddleware
from api.analytics.parsed_request_cache import ParsedRequestCache
from api.analytics.routes import add_analytics_routes
from api.dashboard import add_pages
from api.goals.routes import add_goal_routes
from api.health import add_health_routes
from api.http.cors import with_cors
from api.http.dependencies import LifespanState
from api.http.error_handlers import add_error_handlers
from api.lifespan import Lifespan
from api.observability.observability import Observability
from api.openapi import DocumentedAPI
from config.settings import Settings
from config.version import installed_version
from warehouse.databases import Databases

DESCRIPTION = """An agent's own performance, read from the tables of one published build.

Send `Authorization: Bearer <JWT>`. Every answer's `meta` names its build and says how old the
data is. Lists also answer `Accept: text/csv`, with `meta` in the header `Analytics-Meta`."""


def create_app(settings: Settings | None = None, databases: Databases | None = None) -> FastAPI:
    """The application; SettingsError where the configuration cannot verify a token."""
    settings = settings or Settings()
    if databases:
        databases.require_api_urls()
    observability = Observability(settings)
    parsed_requests = ParsedRequestCache()
    services = Lifespan(settings, databases, observability, parsed_requests)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[LifespanState]:
        async with services.run() as running:
            yield {"services": running}

    app = DocumentedAPI(
        title="Agent analytics",
        version=installed_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        # `Observability` observes requests from outside.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    add_error_handlers(app)
    add_analytics_routes(app)
    add_goal_routes(app)
    add_activity_routes(app)
    add_stream_route(app)
    add_health_routes(app)
    add_pages(app, has_dashboard=settings.api_dashboard)
    # Built here instead of at the first request: the fast path stands in front of all of it. No
    # route or middleware can be added after this.
    fast = CachedAnswerMiddleware(app.build_middleware_stack(), parsed_requests)
    app.middleware_stack = observability.wrap(with_cors(fast, settings.api_cors_origins))
    return app
