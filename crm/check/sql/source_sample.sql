-- Sources and dispositions of up to a few thousand leads, as written and as staging reads them.
-- A large table is sampled by pages (TABLESAMPLE SYSTEM), never scanned whole.
with sampled as (
    select
        {source}::text as source,
        {disposition}::text as disposition
    from {leads_sampled}
    limit {row_limit}  -- noqa: AM09
),

written as (
    select
        sampled.*,
        {as_written} as source_written
    from sampled
),

merged as (
    select
        written.*,
        coalesce(
            {name_map}::jsonb ->> written.source_written, written.source_written
        ) as source_name
    from written
)

select
    source,
    {source_read} as source_read,
    disposition,
    case
        when {is_converted} then 'converted'
        when {is_closed} then 'closed'
        else 'not converted'
    end as disposition_read
from merged
