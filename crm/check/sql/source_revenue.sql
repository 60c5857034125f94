-- Of some thousand conversions as they would be read, how many have a revenue that staging cannot
-- read, and one of those.
with sampled as (
    select found.revenue_text
    from ({activities}) as found
    where found.activity_type = 'conversion'
    limit {most}  -- noqa: AM09
)

select
    count(*) as conversions,
    count(*) filter (where not coalesce({is_readable}, false)) as unreadable,
    min(revenue_text) filter (where not {is_readable}) as example
from sampled
