-- Reads the rows for a check of ours that was added unread; writers go on meanwhile.

do $migration$
begin
    if exists (
        select from pg_constraint
        where conrelid = to_regclass({leads_name})
            and conname = 'agent_analytics_satisfaction_rating' and not convalidated
    ) then
        alter table {leads} validate constraint agent_analytics_satisfaction_rating;
    end if;
end
$migration$;
