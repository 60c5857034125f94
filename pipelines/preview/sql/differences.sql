-- One row per served row and measure that would change.
create temporary table differences on commit drop as
select
    agent_id,
    jsonb_build_array({row_key}) as row_key,
    compared.served_column as measure,
    compared.old_value,
    compared.new_value,
    compared.distance
from {served} as served
full outer join built using ({key})
cross join
    lateral (
        values {measures}
    ) as compared (served_column, is_different, old_value, new_value, distance)
where compared.is_different
