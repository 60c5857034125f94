"""Gauges collected at scrape time: pool usage, open streams, age of build and data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from warehouse.served_build import Build

PREFIX = "agent_analytics_"
POOL_GAUGES = {
    "pool_size": "connections_open",
    "pool_available": "connections_idle",
    "requests_waiting": "requests_waiting",
}


class Pool(Protocol):
    def stats(self) -> Mapping[str, int]: ...


class Streams(Protocol):
    @property
    def count(self) -> int: ...


class Watch(Protocol):
    @property
    def build(self) -> Build | None: ...

    @property
    def last(self) -> Build | None: ...


@dataclass(frozen=True, eq=False)
class RuntimeCollector(Collector):
    pools: Mapping[str, Pool]
    streams: Streams
    watch: Watch
    stale_after: timedelta

    def collect(self) -> Iterator[Metric]:
        pools = GaugeMetricFamily(
            f"{PREFIX}pool",
            "Connections of a database's pool, and batches of queries that wait for one.",
            labels=["database", "state"],
        )
        for database, pool in self.pools.items():
            stats = pool.stats()
            for measure, state in POOL_GAUGES.items():
                pools.add_metric([database, state], stats.get(measure, 0))
        yield pools
        yield _gauge("streams_open", "Streams that are open.", self.streams.count)
        build = self.watch.last
        is_up = self.watch.build is not None
        yield _gauge("warehouse_up", "1 while the warehouse answers.", is_up)
        # The last known build, also while the warehouse is silent: its age is still right.
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
