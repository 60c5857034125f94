"""Analytics service: answers one agent's request from the cache, or from the warehouse.

While the warehouse is away, the last answer is sent again and says that it is stale.
"""

from datetime import UTC, datetime

from api.analytics.cache import AnswerCache, CachedAnswer
from api.analytics.free_range import with_trends
from api.analytics.request import AnalyticsRequest
from api.analytics.response import PreparedResponse
from api.db.build_meta import BuildMeta, meta_json
from api.db.build_watch import BuildWatch
from api.db.repository import BuildMembers, ServingRepository
from api.http.content_negotiation import CSV
from api.http.csv import as_csv
from api.http.errors import PeriodNotBuiltError, WarehouseDownError
from api.http.etag import etag
from api.http.json import as_json, merge_objects, parse_exact
from config.version import installed_version
from warehouse.served_build import Build

TIMEOUT_SECONDS = 3.0
# The watch already finds the warehouse silent: try again, but do not wait for long.
SHORT_TIMEOUT_SECONDS = 0.5


class AnalyticsService:
    def __init__(
        self,
        repository: ServingRepository,
        watch: BuildWatch,
        cache: AnswerCache,
        meta: BuildMeta,
    ) -> None:
        self._repository = repository
        self._watch = watch
        self._cache = cache
        self._meta = meta
        self._version = installed_version()

    async def answer(self, request: AnalyticsRequest) -> tuple[PreparedResponse, bool]:
        """The response, and whether it came from the cache."""
        watched = self._watch.build
        cached = self._cache.fresh(request.key, watched)
        if cached and watched:
            return self._prepared(cached, request, is_stale=self._meta.is_stale(watched)), True
        timeout = TIMEOUT_SECONDS if watched else SHORT_TIMEOUT_SECONDS
        endpoint = request.endpoint
        try:
            if request.free_range:
                build = watched or await self._repository.build(timeout)
                request.free_range.check(build, datetime.now(UTC))
            read = await self._repository.read_members(
                request.agent, request.statement, request.bound, timeout
            )
        except WarehouseDownError:
            if last := self._cache.last(request.key):
                return self._prepared(last, request, is_stale=True), True
            raise
        content = _content(request, read)
        answer = self._cache.add(request.key, read.build, content, endpoint.cache_seconds)
        return self._prepared(answer, request, is_stale=self._meta.is_stale(read.build)), False

    def _prepared(
        self, answer: CachedAnswer, request: AnalyticsRequest, *, is_stale: bool
    ) -> PreparedResponse:
        prepared = answer.prepared.get(is_stale)
        if prepared is None:
            meta = meta_json(answer.build, is_stale=is_stale)
            tag = etag(self._version, meta, request.key)
            prepared = PreparedResponse.of(answer.content, meta, tag, request.media_type)
            answer.prepared[is_stale] = prepared
        return prepared


def _period(request: AnalyticsRequest, build: Build) -> dict[str, object]:
    """The member with the dates of the request's named period, if its route has one.

    Raises PeriodNotBuiltError if the build does not have that period.
    """
    member = request.parameters.dates_member
    if member is None:
        return {}
    date_range = request.bound["date_range"]
    if date_range is None:
        return {member: None}
    spans = build.spans(str(date_range))
    if spans is None:
        raise PeriodNotBuiltError
    return {member: build.period(spans, str(request.bound["compare"]))}


def _of_free_range(request: AnalyticsRequest, read: BuildMembers) -> bytes:
    """The body without `meta` over a free range, whose dates end with those of the build."""
    if read.build.through is None:
        raise PeriodNotBuiltError
    members = parse_exact(read.members)
    period = read.build.period(members.pop("spans"), str(request.bound["compare"]))
    if comparison := members.pop("comparison"):
        with_trends(members, comparison)
    repeated = request.parameters.repeated()
    repeated["dateRange"] = f"{period['from']}..{period['to']}"
    return as_json(
        {
            "agentId": request.agent,
            **repeated,
            str(request.parameters.dates_member): period,
            **members,
        }
    )


def _content(request: AnalyticsRequest, read: BuildMembers) -> bytes:
    """The body without `meta`: the agent, its parameters, and the members Postgres made."""
    endpoint = request.endpoint
    if request.free_range:
        content = _of_free_range(request, read)
    else:
        repeated = request.parameters.repeated()
        head = as_json({"agentId": request.agent, **repeated, **_period(request, read.build)})
        content = merge_objects(head, read.members)
    if request.media_type == CSV and endpoint.csv_rows:
        return as_csv(endpoint.csv_model(), parse_exact(content)[endpoint.csv_rows])
    return content
