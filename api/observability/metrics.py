"""What is counted of requests, by route template; no label ever holds an agent or a parameter."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
BOUNDS = [*map(floatToGoString, BUCKETS), "+Inf"]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

# Method, route, status, and whether the answer came from the cache.
_Kind = tuple[str, str, int, str | None]


@dataclass(slots=True)
class _Tally:
    """Requests of one kind: how many took as long as each bucket, and seconds together."""

    counts: list[int] = field(default_factory=lambda: [0] * len(BOUNDS))
    seconds: float = 0.0

    def __iadd__(self, other: "_Tally") -> "_Tally":
        self.counts = [
            ours + theirs for ours, theirs in zip(self.counts, other.counts, strict=True)
        ]
        self.seconds += other.seconds
        return self


class RequestMetrics(Collector):
    """The registry of one application, and what each request adds to it.

    Counted in one place and told apart when asked for: counters and a histogram of the client
    library cost a tenth of what a kept answer does.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._tallies: defaultdict[_Kind, _Tally] = defaultdict(_Tally)
        self.registry.register(self)

    def add(self, method: str, route: str, status: int, seconds: float, cache: str | None) -> None:
        known = method if method in METHODS else OTHER
        tally = self._tallies[known, route, status, cache]
        tally.counts[bisect_left(BUCKETS, seconds)] += 1
        tally.seconds += seconds

    def describe(self) -> Iterator[Metric]:
        yield from _families()

    def collect(self) -> Iterator[Metric]:
        requests, duration, cache = families = _families()
        by_status: Counter[tuple[str, str, str]] = Counter()
        by_cache: Counter[str | None] = Counter({"hit": 0, "miss": 0})
        by_route: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
        # Copied at once: requests are added while another thread reads.
        for (method, route, status, result), tally in self._tallies.copy().items():
            by_status[method, route, str(status)] += sum(tally.counts)
            by_cache[result] += sum(tally.counts)
            by_route[method, route] += tally
        for labels, count in by_status.items():
            requests.add_metric(labels, count)
        for of_route, tally in by_route.items():
            buckets = list(zip(BOUNDS, accumulate(tally.counts), strict=True))
            duration.add_metric(of_route, buckets, tally.seconds)
        for result, count in by_cache.items():
            if result is not None:
                cache.add_metric([result], count)
        yield from families


def _families() -> tuple[CounterMetricFamily, HistogramMetricFamily, CounterMetricFamily]:
    return (
        CounterMetricFamily(
            "agent_analytics_requests",
            "Requests that were answered, by status.",
            labels=["method", "route", "status"],
        ),
        HistogramMetricFamily(
            "agent_analytics_request_duration_seconds",
            "From the request's head to the end of its answer; of a stream, how long it was open.",
            labels=["method", "route"],
        ),
        CounterMetricFamily(
            "agent_analytics_cache",
            "Answers from the server's own cache, and those that were read.",
            labels=["result"],
        ),
    )
