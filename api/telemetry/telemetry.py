"""Everything that operators see of one application, put around it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from api.telemetry.admin import admin_port
from api.telemetry.agent_hash import agent_hasher
from api.telemetry.inside import Inside
from api.telemetry.metrics import RequestMetrics
from api.telemetry.middleware import Observed
from api.telemetry.traces import tracing
from config.settings import Settings


class Telemetry:
    """Off until `around` an application and `running` beside it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._metrics = RequestMetrics()
        self._observed: Observed | None = None

    def around(self, app: ASGIApp) -> Observed:
        """The application, with all that it does observed."""
        logging.getLogger("api").setLevel(self._settings.api_log_level.upper())
        self._observed = Observed(app, self._metrics, is_logged=self._settings.api_access_log)
        return self._observed

    @contextmanager
    def running(self, inside: Inside, hash_key: bytes) -> Iterator[None]:
        assert self._observed is not None
        settings, registry = self._settings, self._metrics.registry
        self._observed.agent_hash = agent_hasher(hash_key)
        registry.register(inside)
        try:
            with (
                tracing(settings.otel_exporter_otlp_endpoint) as self._observed.tracer,
                admin_port(registry, settings.api_admin_host, settings.api_admin_port),
            ):
                yield
        finally:
            registry.unregister(inside)
