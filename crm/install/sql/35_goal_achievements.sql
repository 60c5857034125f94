-- Takes the logged achievement of an open goal back with the achievement itself: when a conversion
-- is taken back, or when the target becomes harder to reach. The function has its owner's rights,
-- since the roles that write goals must not delete activities.

create or replace function public.agent_analytics_unlog_achievement() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $function$
begin
    delete from public.agent_activity_log
    where
        agent_id = old.agent_id
        and activity_type = 'goal_achieved'
        and metadata ->> 'goal_id' = old.id::text;
    return null;
exception when others then
    raise warning 'agent-analytics could not take back a logged achievement: %', sqlerrm;
    return null;
end
$function$;

do $migration$
begin
    if not exists (
        select from pg_trigger
        where tgrelid = 'public.agent_goals'::regclass
            and tgname = 'agent_analytics_unlog_achievement'
    ) then
        create trigger agent_analytics_unlog_achievement
            after update on public.agent_goals
            for each row
            when (old.achieved_at is not null and new.achieved_at is null and old.closed_at is null)
            execute function public.agent_analytics_unlog_achievement();
    end if;
end
$migration$;
