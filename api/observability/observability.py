"""Observability of one application: access log, metrics, traces and the admin port."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from api.observability.admin_port import admin_port
from api.observability.agent_hash import agent_hasher
from api.observability.metrics import RequestMetrics
from api.observability.middleware import ObservabilityMiddleware
from api.observability.runtime_gauges import RuntimeCollector
from api.observability.traces import tracing
from config.settings import Settings


class Observability:
    """Wraps an application, then runs for its lifespan."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._metrics = RequestMetrics()
        self._middleware: ObservabilityMiddleware | None = None

    def wrap(self, app: ASGIApp) -> ObservabilityMiddleware:
        """The application with every request logged, counted and traced."""
        logging.getLogger("api").setLevel(self._settings.api_log_level.upper())
        self._middleware = ObservabilityMiddleware(
            app, self._metrics, is_logged=self._settings.api_access_log
        )
        return self._middleware

    @contextmanager
    def lifespan(self, runtime: RuntimeCollector, hash_key: bytes) -> Iterator[None]:
        assert self._middleware is not None
        settings, registry = self._settings, self._metrics.registry
        self._middleware.agent_hash = agent_hasher(hash_key)
        registry.register(runtime)
        try:
            with (
                tracing(settings.otel_exporter_otlp_endpoint) as self._middleware.tracer,
                admin_port(registry, settings.api_admin_host, settings.api_admin_port),
            ):
                yield
        finally:
            registry.unregister(runtime)
