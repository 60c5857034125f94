"""Who answers for the tables of each station, and how old they may become."""

from collections.abc import Iterable
from datetime import timedelta

import dagster as dg

CRM, PLATFORM, ANALYSTS = "team:crm", "team:data-platform", "team:analysts"
OWNERS = {
    "operational": CRM,
    "lake": PLATFORM,
    "raw": PLATFORM,
    "state": PLATFORM,
    "staging": ANALYSTS,
    "intermediate": ANALYSTS,
    "marts": ANALYSTS,
    "insights": ANALYSTS,
    "serving": PLATFORM,
}
# Dagster takes no shorter one.
SHORTEST_WINDOW = timedelta(minutes=1)


def sources_with_owner(sources: Iterable[dg.AssetSpec]) -> list[dg.AssetSpec]:
    """The CRM's own tables: their age is the CRM's affair."""
    return list(map(_owned, sources))


def with_owner_and_freshness(
    stations: Iterable[dg.AssetsDefinition], stale_after: timedelta
) -> list[dg.AssetsDefinition]:
    """What a refresh writes, with an owner and a freshness policy each.

    They fail at the age from which on the API says that its answers are stale, and warn at half.
    """
    fail_window = max(stale_after, 2 * SHORTEST_WINDOW)
    policy = dg.FreshnessPolicy.time_window(fail_window, fail_window / 2)

    def kept(spec: dg.AssetSpec) -> dg.AssetSpec:
        return _owned(spec).replace_attributes(freshness_policy=policy)

    return [station.map_asset_specs(kept) for station in stations]


def _owned(spec: dg.AssetSpec) -> dg.AssetSpec:
    return spec.replace_attributes(owners=spec.owners or [OWNERS[spec.key.path[0]]])
