-- Activities as the lake stores them.
select
    regexp_replace(coalesce(agent_id::text, ''), '^\s+$', '') as agent_id,
    id::bigint as activity_id,
    coalesce(
        lead_id::text,
        -- A lead id too long for the column is in the metadata. Limited to 500 characters, as a
        -- longer value does not fit into an index of the warehouse.
        case
            when
                jsonb_typeof(metadata -> 'lead_id') = 'string'
                and length(metadata ->> 'lead_id') <= 500
                then metadata ->> 'lead_id'
        end
    ) as lead_id,
    activity_type::text as activity_type,
    case
        when jsonb_typeof(metadata -> 'revenue') in ('number', 'string')
            then metadata ->> 'revenue'
    end as revenue_text,
    metadata ->> 'origin' as origin,
    "timestamp"::timestamptz as occurred_at,
    recorded_at::timestamptz as changed_at
from {table}
where {changed}
