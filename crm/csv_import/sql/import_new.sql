-- Inserts the rows whose id the table lacks, and returns the time of change of each.
insert into {table} ({columns}, {changed_at})
select
    {incoming},
    coalesce(incoming.{changed_in_file}, least(greatest({instants}), now())) as {changed_at}
from {file} as incoming
where
    not exists (
        select 1 from {table} as stored
        where stored.{id} = incoming.id
    )
order by incoming.line
returning {changed_at}::timestamptz as changed_at
