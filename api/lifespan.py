"""Lifespan of the application: opens its databases and starts its services, in their order."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from api.activities.service import TimelineService
from api.activities.stream.streams import Streams
from api.analytics.cache import AnswerCache
from api.analytics.parsed_request_cache import ParsedRequestCache
from api.analytics.service import AnalyticsService
from api.auth.admission import Admission
from api.auth.jwt_verifier import JwtVerifier
from api.auth.rate_limit import RateLimit
from api.auth.signed_tokens import TokenSigner, signing_key
from api.db.build_meta import BuildMeta
from api.db.build_watch import BuildWatch
from api.db.pool import AgentPool
from api.db.repository import ServingRepository
from api.goals.service import GoalService
from api.health import Readiness
from api.http.dependencies import Services
from api.http.errors import OperationalDownError, WarehouseDownError
from api.http.shutdown import on_shutdown
from api.observability.observability import Observability
from api.observability.runtime_gauges import RuntimeCollector
from config.settings import Settings
from warehouse.databases import Databases, open_databases
from warehouse.served_build import Build


class Lifespan:
    """Everything that outlives a request; `verifier` and `parsed_requests` need no database."""

    def __init__(
        self,
        settings: Settings,
        databases: Databases | None,
        observability: Observability,
        parsed_requests: ParsedRequestCache,
    ) -> None:
        self._settings = settings
        self._databases = databases
        self._observability = observability
        self._parsed_requests = parsed_requests
        self._verifier = JwtVerifier(settings)

    @asynccontextmanager
    async def run(self) -> AsyncIterator[Services]:
        settings = self._settings
        async with AsyncExitStack() as stack:
            databases = self._databases or await _opened(stack, settings)
            databases.require_api_urls()
            warehouse = AgentPool(databases.api_warehouse, WarehouseDownError)
            operational = AgentPool(databases.api_operational, OperationalDownError)
            cache = AnswerCache(settings.api_cache_bytes)
            key = signing_key(settings, databases.api_operational)
            signer = TokenSigner(key)
            streams = Streams(databases.api_operational, operational, signer)

            def on_new_build(build: Build | None) -> None:
                cache.clear()
                if build:
                    streams.announce(build)

            watch = BuildWatch(databases.api_warehouse, on_new_build)
            stale_after = settings.analytics_stale_after
            pools = {"warehouse": warehouse, "operational": operational}
            runtime = RuntimeCollector(pools, streams, watch, stale_after)
            await stack.enter_async_context(warehouse)
            await stack.enter_async_context(operational)
            await stack.enter_async_context(watch.running())
            await stack.enter_async_context(streams.running())
            stack.enter_context(self._observability.lifespan(runtime, key))
            stack.enter_context(on_shutdown(lambda: streams.end("server_shutdown")))
            repository = ServingRepository(warehouse)
            meta = BuildMeta(repository, watch, stale_after)
            services = Services(
                Admission(self._verifier, signer, RateLimit(settings.api_rate_limit)),
                AnalyticsService(repository, watch, cache, meta),
                self._parsed_requests,
                GoalService(operational, repository, meta),
                TimelineService(operational, signer),
                streams,
                meta,
                Readiness(repository, operational),
            )
            stack.enter_context(_frozen_gc())
            yield services


async def _opened(stack: AsyncExitStack, settings: Settings) -> Databases:
    """The configured databases until the stack closes; in a thread, as it may start a server."""
    opening = open_databases(settings)
    databases = await asyncio.to_thread(opening.__enter__)
    stack.push_async_callback(asyncio.to_thread, opening.__exit__, None, None, None)
    return databases


@contextmanager
def _frozen_gc() -> Iterator[None]:
    """Excludes what exists by now from garbage collection, which then costs requests less."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
