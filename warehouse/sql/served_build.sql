-- The build that is served now, and when a refresh last confirmed it.
select
    builds.build_id,
    builds.built_at,
    builds.as_of,
    builds.data_through,
    builds.time_zone,
    coalesce(refreshes.refreshed_at, builds.built_at) as refreshed_at,
    builds.through,
    builds.periods::text as periods,
    builds.fiscal_year_starts_in,
    builds.currency
from serving.builds
left join serving.refreshes on true
order by builds.build_id desc
limit 1
