-- Logs what happens to a lead. The CRM's own statement comes first: it neither fails nor waits for
-- the log.
-- The function names columns, the trigger none: a trigger that did would stop the CRM from changing
-- them.

create or replace function public.agent_analytics_log_lead() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '100ms'
as $function$
declare
    converted_words constant text[] := array['converted', 'won', 'closed_won', 'sold'];
    agent text;
    agent_before text;
    status text;
    status_before text;
begin
    if current_setting('analytics.history_load', true) = 'on'
        or current_setting('analytics.log_is_locked', true) = 'on'
    then
        return null;
    end if;
    agent := nullif(new.{assigned_agent_id}::text, '');
    status := new.{disposition}::text;
    if tg_op = 'UPDATE' then
        agent_before := nullif(old.{assigned_agent_id}::text, '');
        status_before := old.{disposition}::text;
        if agent is not distinct from agent_before and status is not distinct from status_before then
            return null;
        end if;
    end if;
    if agent is distinct from agent_before and agent is not null then
        perform public.log_agent_activity(
            agent, new.{id}::text, 'assignment', 'Lead Assigned', null,
            jsonb_build_object('source', new.{source}::text, 'origin', 'trigger')
        );
    end if;
    if tg_op = 'UPDATE' and status is distinct from status_before then
        perform public.log_agent_activity(
            agent, new.{id}::text, 'status_change', 'Status Changed', null,
            jsonb_build_object(
                'old_disposition', status_before, 'new_disposition', status, 'origin', 'trigger'
            )
        );
    end if;
    -- The words are the dbt var converted_dispositions; this database cannot read it.
    if lower(regexp_replace(status, '^\s+|\s+$', '', 'g')) = any (converted_words)
        and lower(regexp_replace(coalesce(status_before, ''), '^\s+|\s+$', '', 'g'))
            <> all (converted_words)
    then
        perform public.log_agent_activity(
            agent, new.{id}::text, 'conversion', 'Lead Converted', null,
            jsonb_build_object('origin', 'trigger')
        );
    end if;
    return null;
exception
    when lock_not_available then
        -- The rest of the transaction does not try again: a wait for each of its rows would block
        -- it.
        perform set_config('analytics.log_is_locked', 'on', true);
        raise warning 'agent-analytics did not log changes of leads: the activity log is locked';
        return null;
    when others then
        raise warning 'agent-analytics did not log a change of a lead: %', sqlerrm;
        return null;
end
$function$;

-- Firing needs no right to execute; whoever had it could hang the function on a table of his own
-- and forge.
revoke execute on function public.agent_analytics_log_lead() from public;

do $migration$
begin
    if not exists (
        select from pg_trigger
        where tgrelid = to_regclass({leads_name}) and tgname = 'agent_analytics_log_lead'
    ) then
        create trigger agent_analytics_log_lead after insert or update on {leads}
            for each row execute function public.agent_analytics_log_lead();
    end if;
end
$migration$;
