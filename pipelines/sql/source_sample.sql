-- Words of a few thousand leads, from as many pages as hold them: never the whole of a large table.
select
    {source}::text as source,
    {disposition}::text as disposition
from {leads_sampled}
limit {most}  -- noqa: AM09
