insert into state.build_state as state
(as_of, through, definition_hash, checks_hash, load_ids, is_wholly_changed, is_checked)
select
    %(as_of)s,
    %(through)s,
    %(definition_hash)s,
    %(checks_hash)s,
    array(
        select distinct changed.load_id from state.changed_agent_days as changed
        order by changed.load_id
    ) as load_ids,
    %(is_wholly_changed)s,
    true as is_checked
on conflict (singleton) do update set
    as_of = excluded.as_of,
    through = excluded.through,
    definition_hash = excluded.definition_hash,
    checks_hash = excluded.checks_hash,
    load_ids = excluded.load_ids,
    is_checked = true,
    is_wholly_changed = state.is_wholly_changed or excluded.is_wholly_changed,
    needs_full_rebuild = false,
    built_at = excluded.built_at
