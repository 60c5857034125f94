-- The served build and the end of the last successful refresh.
select builds.build_id, builds.built_at, builds.as_of, builds.data_through, refreshes.refreshed_at
from serving.refreshes
inner join serving.builds using (build_id)
