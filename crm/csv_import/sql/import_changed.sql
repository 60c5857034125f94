-- Updates the rows that differ from the file, and returns the time of change of each.
update {table} as stored
set {assignments}, {changed_at} = coalesce(incoming.{changed_in_file}, now())
from {file} as incoming
where
    stored.{id} = incoming.id
    and (
        ({stored}) is distinct from ({incoming})
        or stored.{changed_at}
        is distinct from coalesce(incoming.{changed_in_file}, stored.{changed_at})
    )
returning stored.{changed_at}::timestamptz as changed_at
