"""What is counted of requests, by route template; no label ever holds an agent or a parameter."""

from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


class _Children(NamedTuple):
    requests: Counter
    seconds: Histogram


class RequestMetrics:
    """The registry of one application, and what each request adds to it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "agent_analytics_requests",
            "Requests that were answered, by status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
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
        self._cache = {result: cache.labels(result) for result in ("hit", "miss")}
        # Finding a child by its labels takes longer than adding to it.
        self._children: dict[tuple[str, str, int], _Children] = {}

    def add(self, method: str, route: str, status: int, seconds: float, cache: str | None) -> None:
        children = self._children.get((method, route, status))
        if children is None:
            children = self._bind(method, route, status)
        children.requests.inc()
        children.seconds.observe(seconds)
        if cache is not None:
            self._cache[cache].inc()

    def _bind(self, method: str, route: str, status: int) -> _Children:
        known = method if method in METHODS else OTHER
        children = _Children(
            self._requests.labels(known, route, str(status)), self._seconds.labels(known, route)
        )
        if known == method:
            self._children[method, route, status] = children
        return children
