"""Owners and freshness policies of assets, by schema."""

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
# Dagster's minimum for a freshness window.
SHORTEST_WINDOW = timedelta(minutes=1)


def sources_with_owner(sources: Iterable[dg.AssetSpec]) -> list[dg.AssetSpec]:
    """Adds owners to tables that no step materializes, which get no freshness policy."""
    return list(map(_owned, sources))


def with_owner_and_freshness(
    assets: Iterable[dg.AssetsDefinition], stale_after: timedelta
) -> list[dg.AssetsDefinition]:
    """Adds an owner and a freshness policy to every asset that a refresh writes.

    The policy fails at the age at which the API marks answers as stale, and warns at half of it.
    """
    fail_window = max(stale_after, 2 * SHORTEST_WINDOW)
    policy = dg.FreshnessPolicy.time_window(fail_window, fail_window / 2)

    def with_policy(spec: dg.AssetSpec) -> dg.AssetSpec:
        return _owned(spec).replace_attributes(freshness_policy=policy)

    return [asset.map_asset_specs(with_policy) for asset in assets]


def _owned(spec: dg.AssetSpec) -> dg.AssetSpec:
    return spec.replace_attributes(owners=spec.owners or [OWNERS[spec.key.path[0]]])
