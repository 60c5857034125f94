"""Traces: spans of requests and their reads, exported to OTEL_EXPORTER_OTLP_ENDPOINT."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import TYPE_CHECKING, Any

from config.version import installed_version

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

SERVICE = "agent-analytics-api"
SEND_SECONDS = 2.0

_tracer: ContextVar["Tracer | None"] = ContextVar("tracer", default=None)


@contextmanager
def tracing(endpoint: str | None) -> Iterator["Tracer | None"]:
    """A tracer that exports in the background; without an endpoint None, and no import."""
    if endpoint is None:
        yield None
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": SERVICE, "service.version": installed_version()})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    try:
        yield provider.get_tracer("api")
    finally:
        # An unreachable collector would cost this long for each queued batch.
        deadline = Timer(SEND_SECONDS, exporter.shutdown)
        deadline.start()
        provider.shutdown()
        deadline.cancel()


@contextmanager
def request_span(tracer: "Tracer", headers: list[tuple[bytes, bytes]]) -> Iterator[Any]:
    """The span of a request, child of the caller's `traceparent`; `span` adds children."""
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
    carrier = {name: sent[name] for name in ("traceparent", "tracestate") if name in sent}
    token = _tracer.set(tracer)
    try:
        with tracer.start_as_current_span(
            "request",
            extract(carrier),
            SpanKind.SERVER,
            # An exception's message may hold data.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield span
    finally:
        _tracer.reset(token)


@contextmanager
def span(name: str, attributes: Mapping[str, Any]) -> Iterator[None]:
    """A step of the traced request; without a tracer it does nothing."""
    tracer = _tracer.get()
    if tracer is None:
        yield
        return
    with tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ):
        yield
