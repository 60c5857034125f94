"""One answer for one agent: from the cache, the warehouse, or the cache when that is away."""

from datetime import timedelta
from importlib.metadata import version
from typing import NamedTuple

from api.builds import Build, BuildWatch
from api.cache import Answer, AnswerCache
from api.endpoints import Endpoint
from api.errors import WarehouseDownError
from api.etag import etag
from api.media import CSV, as_csv, as_json
from api.parameters import Parameters
from api.query import Read, Warehouse
from api.served import Served

PATIENCE_SECONDS = 3.0
# The watch has already found the warehouse silent: ask again, but do not wait for long.
SHORT_PATIENCE_SECONDS = 0.5


class AnswerKey(NamedTuple):
    """What an answer depends on besides its build."""

    agent: str
    path: str
    parameters: tuple[object, ...]
    media_type: str

    @classmethod
    def of(
        cls, endpoint: Endpoint, agent: str, parameters: Parameters, media_type: str
    ) -> "AnswerKey":
        return cls(agent, endpoint.path, tuple(parameters.bound().values()), media_type)


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

    def kept(self, key: AnswerKey) -> Served | None:
        """The answer, where the cache holds it of the build that is served now."""
        watched = self._watch.build
        answer = self._cache.fresh(key, watched)
        if not answer or not watched:
            return None
        return self._served(answer, key, is_stale=watched.is_stale(self._stale_after))

    async def answer(self, endpoint: Endpoint, parameters: Parameters, key: AnswerKey) -> Served:
        if kept := self.kept(key):
            return kept
        patience = PATIENCE_SECONDS if self._watch.build else SHORT_PATIENCE_SECONDS
        bound = parameters.bound()
        try:
            read = await self._warehouse.read(key.agent, endpoint.statements, bound, patience)
        except WarehouseDownError:
            if last := self._cache.last(key):
                return self._served(last, key, is_stale=True)
            raise
        content = _content(endpoint, key.agent, parameters, key.media_type, read)
        answer = self._cache.keep(key, read.build, content, endpoint.cache_seconds)
        return self._served(answer, key, is_stale=read.build.is_stale(self._stale_after))

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

    def _served(self, answer: Answer, key: AnswerKey, *, is_stale: bool) -> Served:
        served = answer.served.get(is_stale)
        if served is None:
            build = answer.build
            meta = _meta(build, is_stale=is_stale)
            tag = etag(self._version, build.build_id, build.built_at, is_stale, *key)
            served = answer.served[is_stale] = Served.of(answer.content, meta, tag, key.media_type)
        return served


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
