update {table} as kept
set {assignments}, {changed_at} = coalesce(incoming.{changed_in_file}, now())
from {file} as incoming
where
    kept.{id} = incoming.id
    and (
        ({kept}) is distinct from ({incoming})
        or kept.{changed_at}
        is distinct from coalesce(incoming.{changed_in_file}, kept.{changed_at})
    )
returning kept.{changed_at}::timestamptz as changed_at
