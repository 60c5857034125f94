"""One answer for one agent: from the cache, the warehouse, or the cache when that is away."""

import functools
from datetime import timedelta

from api.builds import Build, BuildWatch
from api.cache import Answer, AnswerCache
from api.errors import WarehouseDownError
from api.etag import etag
from api.media import CSV, as_csv, as_json, exactly, with_members
from api.query import Answered, Warehouse
from api.question import Question
from api.served import Served
from config.version import installed_version

PATIENCE_SECONDS = 3.0
# The watch has already found the warehouse silent: ask again, but do not wait for long.
SHORT_PATIENCE_SECONDS = 0.5


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
        self._version = installed_version()

    async def answer(self, question: Question) -> tuple[Served, bool]:
        """What is sent, and whether it was kept from an earlier answer."""
        watched = self._watch.build
        kept = self._cache.fresh(question.key, watched)
        if kept and watched:
            is_stale = watched.is_stale(self._stale_after)
            return self._served(kept, question, is_stale=is_stale), True
        patience = PATIENCE_SECONDS if watched else SHORT_PATIENCE_SECONDS
        endpoint = question.endpoint
        try:
            read = await self._warehouse.answer(
                question.agent, endpoint.statement, question.bound, patience
            )
        except WarehouseDownError:
            if last := self._cache.last(question.key):
                return self._served(last, question, is_stale=True), True
            raise
        content = _content(question, read)
        answer = self._cache.keep(question.key, read.build, content, endpoint.cache_seconds)
        is_stale = read.build.is_stale(self._stale_after)
        return self._served(answer, question, is_stale=is_stale), False

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

    def _served(self, answer: Answer, question: Question, *, is_stale: bool) -> Served:
        served = answer.served.get(is_stale)
        if served is None:
            meta = _meta(answer.build, is_stale=is_stale)
            tag = etag(self._version, meta, question.key)
            served = Served.of(answer.content, meta, tag, question.media_type)
            answer.served[is_stale] = served
        return served


@functools.lru_cache(4)
def _meta(build: Build, *, is_stale: bool) -> bytes:
    return as_json(build.meta(is_stale=is_stale).model_dump(by_alias=True))


def _content(question: Question, read: Answered) -> bytes:
    """The body without its `meta`: what was asked, and the members that the warehouse made."""
    endpoint = question.endpoint
    content = with_members(as_json({"agentId": question.agent, **question.asked}), read.members)
    if question.media_type == CSV and endpoint.csv_rows:
        return as_csv(endpoint.csv_columns(), exactly(content)[endpoint.csv_rows])
    return content
