"""What is read when metrics are asked for: pools, open streams, and how old build and data are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from api.builds import BuildWatch
    from api.pool import AgentPool
    from api.stream.streams import Streams

PREFIX = "agent_analytics_"
POOL_GAUGES = {
    "pool_size": "connections_open",
    "pool_available": "connections_idle",
    "requests_waiting": "requests_waiting",
}


@dataclass(frozen=True, eq=False)
class Inside(Collector):
    pools: Mapping[str, "AgentPool"]
    streams: "Streams"
    watch: "BuildWatch"
    stale_after: timedelta

    def collect(self) -> Iterator[Metric]:
        pools = GaugeMetricFamily(
            f"{PREFIX}pool",
            "Connections of a database's pool, and what waits for one: reads of one turn as one.",
            labels=["database", "state"],
        )
        for database, pool in self.pools.items():
            stats = pool.stats()
            for measure, state in POOL_GAUGES.items():
                pools.add_metric([database, state], stats.get(measure, 0))
        yield pools
        yield _gauge("streams_open", "Streams that are open.", self.streams.count)
        build = self.watch.last
        # The watch has not heard of it for a while: its age is right all the same.
        is_heard = self.watch.build is not None
        yield _gauge("warehouse_heard", "1 while the warehouse answers.", is_heard)
        if build is None:
            return
        now = datetime.now(UTC)
        is_stale = build.is_stale(self.stale_after)
        yield _gauge("build_id", "The build that is served.", build.build_id)
        yield _gauge("build_age_seconds", "Since it was made.", _age(now, build.built_at))
        yield _gauge("refresh_age_seconds", "Since a refresh.", _age(now, build.refreshed_at))
        yield _gauge("build_stale", "1 where answers say that they are stale.", is_stale)
        if build.data_through:
            through = _age(now, build.data_through)
            yield _gauge("data_age_seconds", "Since the newest source change in it.", through)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, text, value=float(value))


def _age(now: datetime, then: datetime) -> float:
    return (now - then).total_seconds()
