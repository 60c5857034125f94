-- The schema of the served tables, and what has changed in rows of earlier versions. Runs before
-- all other files: tables.sql and marts.sql declare tables and nothing else.
create schema if not exists serving;

do $migration$
begin
    if to_regclass('serving.builds') is not null then
        update serving.builds
        set mode = case mode when 'whole' then 'full' else 'incremental' end
        where mode in ('whole', 'touched');

        -- The version that called it `fingerprint` still writes that column if the installation goes
        -- back to it. Its builds then have '' here, which is no hash: the next build is a full one.
        if not exists (
            select from pg_attribute
            where attrelid = 'serving.builds'::regclass and attname = 'definition_hash'
        ) then
            alter table serving.builds add column definition_hash text not null default '';
            update serving.builds set definition_hash = fingerprint;
        end if;
    end if;
end
$migration$;

-- Earlier versions have a row of trends per metric, which the next publish replaces, and tables of
-- numbers that are now computed from the daily rows.
do $migration$
begin
    if exists (
        select from pg_attribute
        where attrelid = to_regclass('serving.agent_trends') and attname = 'metric'
    ) then
        drop table serving.agent_trends;
    end if;
end
$migration$;
drop table if exists serving.agent_month_trend;
drop table if exists serving.agent_response_rolling;
drop table if exists serving.agent_revenue_trends;
drop table if exists serving.agent_revenue_summary;
