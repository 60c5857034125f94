-- State that outlives a run: how far the source is read, which agent-days changed since the last
-- published build, and what the marts hold.

create schema if not exists state;

-- Earlier versions have these tables in raw and insights: they move with their rows. If both exist,
-- the warehouse went back to such a version, and the rows of that version are current.
do $migration$
begin
    if to_regclass('raw.source_marks') is not null then
        drop table if exists state.source_watermarks;
        alter table raw.source_marks set schema state;
        alter table state.source_marks rename to source_watermarks;
        alter index state.source_marks_pkey rename to source_watermarks_pkey;
        alter table state.source_watermarks rename low_water to watermark;
        alter table state.source_watermarks drop column if exists rows_written;
    end if;
    if to_regclass('raw.touched_agent_days') is not null then
        drop table if exists state.changed_agent_days;
        alter table raw.touched_agent_days set schema state;
        alter table state.touched_agent_days rename to changed_agent_days;
        alter index state.touched_agent_days_pkey rename to changed_agent_days_pkey;
    end if;
    if to_regclass('insights.marts_state') is not null then
        drop table if exists state.build_state;
        alter table insights.marts_state set schema state;
        alter table state.marts_state rename to build_state;
        alter index state.marts_state_pkey rename to build_state_pkey;
        alter table state.build_state rename fingerprint to definition_hash;
        alter table state.build_state add column if not exists checks text not null default '';
        alter table state.build_state alter checks drop default;
        alter table state.build_state rename checks to checks_hash;
        alter table state.build_state drop column if exists unaccounted_writes;
        alter table state.build_state
        add column needs_full_rebuild boolean not null default false;
        -- In those versions a published build without a row here needs a full rebuild.
        if to_regclass('serving.builds') is not null then
            insert into state.build_state
            (as_of, definition_hash, checks_hash, load_ids, is_wholly_changed, is_checked,
             needs_full_rebuild)
            select as_of, definition_hash, '', '{}', true, false, true
            from serving.builds
            where not exists (select from state.build_state)
            order by build_id desc
            limit 1;
        end if;
    end if;
end
$migration$;

create table if not exists state.source_watermarks (
    table_name text primary key,
    watermark timestamptz,
    data_through timestamptz,
    read_at timestamptz not null
);
comment on table state.source_watermarks is
'How far each source table has been read.';
comment on column state.source_watermarks.watermark is
'Time of change from which the next read starts.';
comment on column state.source_watermarks.data_through is
'Newest time of change that was read.';
comment on column state.source_watermarks.read_at is
'When the table was last read, whether or not anything had changed.';

create table if not exists state.reference_data (
    table_name text primary key,
    digest text not null,
    loaded_at timestamptz not null
);
comment on table state.reference_data is
'The files that the tables of reference data in raw were last loaded from.';
comment on column state.reference_data.table_name is
'Table in raw; the file has the same name.';
comment on column state.reference_data.digest is
'SHA-256 of the file; empty where the folder lacks it.';
comment on column state.reference_data.loaded_at is
'When a change of the file was last loaded.';

create table if not exists state.changed_agent_days (
    load_id text not null,
    agent_id text not null,
    date date not null,
    primary key (agent_id, date, load_id)
);
comment on table state.changed_agent_days is
'Agent-days whose rows changed since the last published build; publish removes what it published.';

create table if not exists state.build_state (
    singleton boolean primary key default true check (singleton),
    as_of date not null,
    through date,
    definition_hash text not null,
    checks_hash text not null,
    load_ids text[] not null,
    is_wholly_changed boolean not null,
    is_checked boolean not null,
    needs_full_rebuild boolean not null default false,
    built_at timestamptz not null default now()
);
alter table state.build_state
add column if not exists built_at timestamptz not null default now();
alter table state.build_state add column if not exists through date;
comment on table state.build_state is
'State of the marts, published or not; no row before the first build.';
comment on column state.build_state.through is
'The last complete day of the build; null after a build of an earlier version.';
comment on column state.build_state.definition_hash is
'Hash of the definitions that the marts were built from.';
comment on column state.build_state.checks_hash is
'Hash of the checks that the marts last went through.';
comment on column state.build_state.load_ids is
'Loads whose changed agent-days the marts include and no published build does.';
comment on column state.build_state.is_wholly_changed is
'Whether agents without changed agent-days changed too since the last published build.';
comment on column state.build_state.is_checked is
'Whether every blocking check has passed since the marts last changed.';
comment on column state.build_state.needs_full_rebuild is
'Whether the next build computes everything from raw, as after a failed check or a build by hand.';
comment on column state.build_state.built_at is
'When a build last changed the marts. Other tables refer to the marts of a build by this instant.';
