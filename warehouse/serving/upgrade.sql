-- The schema of the served tables, and values in rows of earlier versions. Runs before tables.sql
-- and marts.sql, which declare tables and nothing else.
create schema if not exists serving;

do $migration$
begin
    if to_regclass('serving.builds') is not null then
        update serving.builds
        set mode = case mode when 'whole' then 'full' else 'incremental' end
        where mode in ('whole', 'touched');
    end if;
end
$migration$;
