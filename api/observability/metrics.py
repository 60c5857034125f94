"""Request metrics by route template; no label ever holds an agent or a parameter."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
CACHE_RESULTS = ("hit", "miss")


class RequestMetrics:
    """The registry of one application, and the instruments that each request adds to."""

    def __init__(self) -> None:
        # Otherwise each series has a second one that says when it began.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "agent_analytics_requests",
            "Requests that were answered, by status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._duration = Histogram(
            "agent_analytics_request_duration_seconds",
            "From the request's head to the end of its answer; of a stream, how long it was open.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        cache = Counter(
            "agent_analytics_cache",
            "Answers from the server's own cache, and those that were read.",
            ["result"],
            registry=self.registry,
        )
        self._cache = {result: cache.labels(result) for result in CACHE_RESULTS}
        # Looking children up by `labels` on every request would double what metrics cost.
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def add(self, method: str, route: str, status: int, seconds: float, cache: str | None) -> None:
        children = self._children.get((method, route, status))
        if children is None:
            children = self._add_children(method, route, status)
        requests, duration = children
        requests.inc()
        duration.observe(seconds)
        if cache is not None:
            self._cache[cache].inc()

    def _add_children(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        known = method if method in METHODS else OTHER
        children = (
            self._requests.labels(known, route, str(status)),
            self._duration.labels(known, route),
        )
        # A client may make up methods; only the known ones are remembered.
        if known == method:
            self._children[method, route, status] = children
        return children
