with served as (
    select
        build_id,
        as_of,
        through,
        definition_hash
    from serving.builds
    order by build_id desc
    limit 1
)

select
    state.as_of,
    state.through,
    state.definition_hash,
    state.is_wholly_changed,
    served.build_id as served_id,
    served.as_of as served_as_of,
    served.through as served_through,
    served.definition_hash as served_hash
from state.build_state as state
left join served on true
where state.is_checked
