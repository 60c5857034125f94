-- Run by an administrator in the CRM's database, after `agent-analytics migrate --operational` has
-- run there once as the owner of `leads`:
--   PIPELINE_PASSWORD=... psql -v ON_ERROR_STOP=1 -d crm -f crm.sql
-- The pipeline reads the columns that an extract names, and no others; of goals it writes progress.
-- Where crm_mapping.toml gives other names, put them here.

\getenv pipeline_password PIPELINE_PASSWORD

create role analytics_pipeline login password :'pipeline_password';
-- So that it sees the oldest open transaction: rows that are committed late are not lost.
grant pg_read_all_stats to analytics_pipeline;

grant usage on schema public to analytics_pipeline;
grant select (
    ctid, -- a large table is read whole by ranges of its pages
    id,
    assigned_agent_id,
    source,
    disposition,
    response_time_hours,
    satisfaction_rating,
    created_at,
    updated_at,
    contacted_at,
    interested_at
) on public.leads to analytics_pipeline;
grant select on public.agent_activity_log, public.agent_goals to analytics_pipeline;
grant update (current_value, achieved_at, closed_at, updated_at) on public.agent_goals
to analytics_pipeline;
-- An achieved goal becomes an activity of its agent.
grant insert on public.agent_activity_log to analytics_pipeline;
grant usage on sequence public.agent_activity_log_id_seq to analytics_pipeline;
