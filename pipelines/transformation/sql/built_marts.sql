-- The build that the marts hold; no row if the next one has to start from raw.
select
    as_of,
    through,
    definition_hash,
    checks_hash,
    is_checked
from state.build_state
where not needs_full_rebuild
