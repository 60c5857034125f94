-- Activities as the lake stores them. Instants outside the years 1 to 9999 are null.
select
    {agent_id} as agent_id,
    id::bigint as activity_id,
    {activity_lead_id} as lead_id,
    activity_type::text as activity_type,
    case
        when jsonb_typeof(metadata -> 'revenue') in ('number', 'string')
            then metadata ->> 'revenue'
    end as revenue_text,
    left(nullif(upper({currency}), ''), 50) as currency,
    metadata ->> 'origin' as origin,
    coalesce(metadata -> 'automated' = 'true', false) as is_automated,
    case when "timestamp"::timestamptz <@ {readable} then "timestamp"::timestamptz end
        as occurred_at,
    case
        when recorded_at::timestamptz <@ {readable} then recorded_at::timestamptz
        when "timestamp"::timestamptz <@ {readable} then "timestamp"::timestamptz
        else 'epoch'
    end as changed_at
from {table}
where {changed}
