insert into serving.refreshes (refreshed_at, run_id, build_id, marts_built_at)
select
    now() as refreshed_at,
    %(run_id)s as run_of_refresh,
    %(build_id)s as served_build,
    built_at as marts_built_at
from state.build_state
on conflict (singleton) do update set
    refreshed_at = excluded.refreshed_at,
    run_id = excluded.run_id,
    build_id = excluded.build_id,
    marts_built_at = excluded.marts_built_at
