-- Validates our check constraint, which was added NOT VALID; writers are not blocked.

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
