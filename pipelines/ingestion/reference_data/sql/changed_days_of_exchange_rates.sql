-- Conversions in the currency of a changed rate, from its first day to the next rate's.
insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    activities.agent_id,
    (activities.occurred_at at time zone {time_zone})::date
from (
    select
        changed.currency,
        changed.from_date,
        (
            select min(later.from_date)
            from raw.exchange_rates as later
            where later.currency = changed.currency and later.from_date > changed.from_date
        ) as next_from_date
    from changed_exchange_rates as changed
    where changed.currency <> {currency}
) as changed
inner join raw.agent_activity_log as activities
    on
        changed.currency = activities.currency
        and changed.from_date <= (activities.occurred_at at time zone {time_zone})::date
        and (
            changed.next_from_date is null
            or changed.next_from_date > (activities.occurred_at at time zone {time_zone})::date
        )
where activities.activity_type = 'conversion'
on conflict do nothing
