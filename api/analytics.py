"""One answer for one agent: from the cache, the warehouse, or the cache when that is away."""

from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from api.builds import Build, BuildWatch
from api.cache import Answer, AnswerCache
from api.endpoints import Endpoint
from api.errors import WarehouseDownError
from api.etag import etag
from api.media import CSV, as_csv, as_json, with_meta
from api.parameters import Parameters
from api.query import Read, Warehouse

PATIENCE_SECONDS = 3.0
# The watch has already found the warehouse silent: ask again, but do not wait for long.
SHORT_PATIENCE_SECONDS = 0.5


@dataclass(frozen=True)
class Served:
    """Bytes to send, with the tag that they go by."""

    content: bytes
    meta: bytes
    tag: str
    is_cached: bool


class Analytics:
    def __init__(
        self,
        warehouse: Warehouse,
        watch: BuildWatch,
        cache: AnswerCache,
        stale_after: timedelta,
    ) -> None:
        self._warehouse = warehouse
        self._watch = watch
        self._cache = cache
        self._stale_after = stale_after
        self._version = version("agent-analytics")

    async def answer(
        self, endpoint: Endpoint, agent: str, parameters: Parameters, media_type: str
    ) -> Served:
        bound = parameters.bound()
        key = (agent, endpoint.path, tuple(bound.values()), media_type)
        watched = self._watch.build
        answer = self._cache.fresh(key, watched)
        if answer and watched:
            is_stale = watched.is_stale(self._stale_after)
            return self._served(answer, key, is_stale=is_stale, is_cached=True)
        patience = PATIENCE_SECONDS if watched else SHORT_PATIENCE_SECONDS
        try:
            read = await self._warehouse.read(agent, endpoint.statements, bound, patience)
        except WarehouseDownError:
            if last := self._cache.last(key):
                return self._served(last, key, is_stale=True, is_cached=True)
            raise
        content = _content(endpoint, agent, parameters, media_type, read)
        answer = self._cache.keep(key, read.build, content, endpoint.cache_seconds)
        is_stale = read.build.is_stale(self._stale_after)
        return self._served(answer, key, is_stale=is_stale, is_cached=False)

    async def meta(self) -> bytes:
        """What an answer that is read live says of the build that stands beside it."""
        if watched := self._watch.build:
            return _meta(watched, is_stale=watched.is_stale(self._stale_after))
        try:
            build = await self._warehouse.build(SHORT_PATIENCE_SECONDS)
        except WarehouseDownError:
            if last := self._watch.last:
                return _meta(last, is_stale=True)
            raise
        return _meta(build, is_stale=build.is_stale(self._stale_after))

    def _served(
        self, answer: Answer, key: tuple[object, ...], *, is_stale: bool, is_cached: bool
    ) -> Served:
        build = answer.build
        meta = _meta(build, is_stale=is_stale)
        tag = etag(self._version, build.build_id, build.built_at, is_stale, key)
        is_json = key[-1] != CSV
        content = with_meta(answer.content, meta) if is_json else answer.content
        return Served(content, meta, tag, is_cached)


def _meta(build: Build, *, is_stale: bool) -> bytes:
    return as_json(build.meta(is_stale=is_stale).model_dump(by_alias=True))


def _content(
    endpoint: Endpoint, agent: str, parameters: Parameters, media_type: str, read: Read
) -> bytes:
    body = endpoint.model.model_validate(
        {
            **parameters.model_dump(),
            **endpoint.body(read.rows),
            "agent_id": agent,
            "meta": read.build.meta(is_stale=False),
        }
    )
    content = body.model_dump(by_alias=True, exclude={"meta"})
    if media_type == CSV and endpoint.csv_rows:
        return as_csv(endpoint.csv_columns(), content[endpoint.csv_rows])
    return as_json(content)
