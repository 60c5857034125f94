-- Sampled conversions, how many of them have a revenue that staging cannot read, and one example.
with sampled as (
    select activities.revenue_text
    from ({activities}) as activities
    where activities.activity_type = 'conversion'
    limit {row_limit}  -- noqa: AM09
)

select
    count(*) as conversions,
    count(*) filter (where not coalesce({is_readable}, false)) as unreadable,
    min(revenue_text) filter (where not {is_readable}) as example
from sampled
