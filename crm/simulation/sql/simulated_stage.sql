update {table}
set
    {disposition} = %(disposition)s,
    {contacted_at} = case when %(is_contact)s then now() else {contacted_at} end,
    {interested_at} = case when %(is_interest)s then now() else {interested_at} end,
    {satisfaction_rating} = coalesce(%(rating)s, {satisfaction_rating})
where {id} = %(id)s
