-- Activities as the lake stores them. Instants outside the years 1 to 9999 are null.
select
    {agent_id} as agent_id,
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
