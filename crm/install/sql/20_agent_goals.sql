-- Goals of agents for a calendar month, quarter or year. The API writes targets, the pipeline
-- writes progress.

create table if not exists public.agent_goals (
    id serial primary key,
    agent_id varchar(50) not null,
    period varchar(20) not null,
    goal_type varchar(50) not null,
    target_value numeric(14, 2) not null,
    current_value numeric,
    period_start date not null,
    period_end date not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    repeats boolean not null default false,
    unique (agent_id, period, goal_type, period_start),
    constraint agent_goals_period check (period in ('monthly', 'quarterly', 'yearly')),
    constraint agent_goals_goal_type check (goal_type in ({goal_types})),
    constraint agent_goals_target check (target_value > 0 and target_value < 1000000000000),
    constraint agent_goals_dates check (period_end > period_start)
);

-- Postgres takes an exclusive lock even for "add column if not exists" of an existing column, so a
-- missing column is looked up first.
do $migration$
declare
    missing text;
    definition text;
    narrow_column text;
begin
    for missing, definition in
        values
            ('achieved_at', 'timestamptz'),
            ('closed_at', 'timestamptz'),
            ('repeats', 'boolean not null default false')
    loop
        if not exists (
            select from pg_attribute
            where attrelid = 'public.agent_goals'::regclass
                and attname = missing and not attisdropped
        ) then
            execute format(
                'alter table public.agent_goals add column %I %s', missing, definition
            );
        end if;
    end loop;
    -- Only a table of a version without the newest goal types is altered. Its rows satisfy the wider
    -- check, so "not valid" saves the scan.
    if exists (
        select from pg_constraint, unnest(array[{goal_types}]) as known (goal_type)
        where conrelid = 'public.agent_goals'::regclass and conname = 'agent_goals_goal_type'
            and strpos(pg_get_constraintdef(pg_constraint.oid), quote_literal(known.goal_type)) = 0
    ) then
        alter table public.agent_goals
            drop constraint agent_goals_goal_type,
            add constraint agent_goals_goal_type check (goal_type in ({goal_types})) not valid;
    end if;
    -- In a table of the CRM's own: current_value may exceed any precision, target_value needs 12
    -- digits before the point, and current_value is null for hours without an answered lead.
    -- Widening numeric to unconstrained numeric rewrites no row.
    for narrow_column in
        select attname from pg_attribute
        where attrelid = 'public.agent_goals'::regclass and atttypid = 'numeric'::regtype
            and atttypmod <> -1
            and (
                attname = 'current_value'
                or attname = 'target_value'
                and ((atttypmod - 4) >> 16) - ((atttypmod - 4) & 65535) < 12
            )
    loop
        begin
            execute format('alter table public.agent_goals alter column %I type numeric', narrow_column);
        exception when feature_not_supported then
            raise warning 'agent-analytics could not widen agent_goals.%: %', narrow_column, sqlerrm;
        end;
    end loop;
    if exists (
        select from pg_attribute
        where attrelid = 'public.agent_goals'::regclass
            and attname = 'current_value' and attnotnull
    ) then
        alter table public.agent_goals alter column current_value drop not null;
    end if;
end
$migration$;
