-- Stamps a changed goal with its transaction (changed_in) and time (updated_at); live streams read
-- goals by changed_in.

create or replace function public.agent_analytics_stamp_goal() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    if tg_op = 'INSERT' or new is distinct from old then
        new.changed_in := pg_current_xact_id();
        new.updated_at := clock_timestamp();
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics could not stamp a goal: %', sqlerrm;
    return new;
end
$function$;

do $migration$
begin
    if not exists (
        select from pg_attribute
        where attrelid = 'public.agent_goals'::regclass
            and attname = 'changed_in' and not attisdropped
    ) then
        alter table public.agent_goals add column changed_in xid8;
        create trigger agent_analytics_stamp_goal
            before insert or update on public.agent_goals
            for each row execute function public.agent_analytics_stamp_goal();
    end if;
end
$migration$;
