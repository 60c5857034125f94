-- Words of a few thousand leads, from as many pages as hold them, never the whole of a large table:
-- as they are written, and as staging reads them.
with sampled as (
    select
        {source}::text as source,
        {disposition}::text as disposition
    from {leads_sampled}
    limit {most}  -- noqa: AM09
),

written as (
    select
        sampled.*,
        {written} as source_written
    from sampled
),

merged as (
    select
        written.*,
        coalesce({names}::jsonb ->> written.source_written, written.source_written) as source_name
    from written
)

select
    source,
    {source_read} as source_read,
    disposition,
    coalesce({is_converted}, false) as counts_as_converted
from merged
