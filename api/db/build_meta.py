"""`meta` of answers: the build they come from, and whether it is stale."""

import functools
from datetime import UTC, timedelta

from api.db.build_watch import BuildWatch
from api.db.repository import ServingRepository
from api.http.errors import WarehouseDownError
from api.http.json import as_json
from api.http.schemas import Meta
from warehouse.served_build import Build

TIMEOUT_SECONDS = 0.5


class BuildMeta:
    def __init__(
        self, repository: ServingRepository, watch: BuildWatch, stale_after: timedelta
    ) -> None:
        self._repository = repository
        self._watch = watch
        self._stale_after = stale_after

    def is_stale(self, build: Build) -> bool:
        return build.is_stale(self._stale_after)

    def of(self, build: Build) -> bytes:
        """As JSON."""
        return meta_json(build, is_stale=self.is_stale(build))

    async def current(self) -> bytes:
        """Of the build served now, for answers that are read live from another database.

        While the warehouse is away it is the last known build, which then counts as stale.
        """
        if watched := self._watch.build:
            return self.of(watched)
        try:
            return self.of(await self._repository.build(TIMEOUT_SECONDS))
        except WarehouseDownError:
            if last := self._watch.last:
                return meta_json(last, is_stale=True)
            raise


@functools.lru_cache(4)
def meta_json(build: Build, *, is_stale: bool) -> bytes:
    return as_json(meta_of(build, is_stale=is_stale).model_dump(by_alias=True))


def meta_of(build: Build, *, is_stale: bool) -> Meta:
    return Meta(
        as_of=build.as_of,
        data_through=build.data_through and build.data_through.astimezone(UTC),
        built_at=build.built_at.astimezone(UTC),
        build_id=build.build_id,
        time_zone=build.time_zone,
        stale=is_stale,
        currency=build.currency,
    )
