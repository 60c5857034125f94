-- Pipeline role in the CRM's database. Run as an administrator, after the owner of `leads` has run
-- `agent-analytics migrate --operational` once:
--   PIPELINE_PASSWORD=... psql -v ON_ERROR_STOP=1 -d crm -f crm.sql
-- The pipeline reads only the columns named here, and writes only the progress of goals. Replace
-- table and columns by those of your crm_mapping.toml.

\getenv pipeline_password PIPELINE_PASSWORD

create role analytics_pipeline login password :'pipeline_password';
-- Lets the pipeline see the oldest open transaction, so that rows committed late are not missed.
grant pg_read_all_stats to analytics_pipeline;

grant usage on schema public to analytics_pipeline;
grant select (
    ctid, -- a large table is read in ranges of its pages
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
-- A repeating goal is set again when its period is closed.
grant insert on public.agent_goals to analytics_pipeline;
grant usage on sequence public.agent_goals_id_seq to analytics_pipeline;
-- An achieved goal is logged as an activity of its agent.
grant insert on public.agent_activity_log to analytics_pipeline;
grant usage on sequence public.agent_activity_log_id_seq to analytics_pipeline;
