update state.build_state set is_wholly_changed = false, load_ids = array[]::text[]
where is_wholly_changed or load_ids <> array[]::text[]
