-- A change of one agent moves the ranks of nearly all. A fillfactor below 100 leaves room on each
-- page for heap-only (HOT) updates of them. Of the trends, one in seven is that of a rank.
do $migration$
declare
    ranked_table record;
begin
    for ranked_table in
        select c.oid::regclass as name, settings.fillfactor
        from (
            values
            ('serving.agent_team_ranking', 50),
            ('serving.agent_trends', 80),
            ('insights.agent_trends', 80)
        ) as settings (name, fillfactor)
        inner join pg_class as c on c.oid = to_regclass(settings.name)
        where c.relkind = 'r' and c.reloptions is null
    loop
        execute format('alter table %s set (fillfactor = %s)', ranked_table.name, ranked_table.fillfactor);
    end loop;
end
$migration$;
