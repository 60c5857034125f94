SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA insights;
ALTER SCHEMA insights OWNER TO agent_analytics;
CREATE SCHEMA intermediate;
ALTER SCHEMA intermediate OWNER TO agent_analytics;
CREATE SCHEMA marts;
ALTER SCHEMA marts OWNER TO agent_analytics;
CREATE SCHEMA raw;
ALTER SCHEMA raw OWNER TO agent_analytics;
CREATE SCHEMA serving;
ALTER SCHEMA serving OWNER TO agent_analytics;
CREATE SCHEMA staging;
ALTER SCHEMA staging OWNER TO agent_analytics;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE insights.agent_insights (
    agent_id text NOT NULL,
    insight_id text NOT NULL,
    "position" bigint NOT NULL,
    type text NOT NULL,
    title text NOT NULL,
    message text NOT NULL,
    metric text NOT NULL,
    value numeric,
    change numeric,
    is_better boolean,
    evidence jsonb NOT NULL,
    records text,
    rule_version bigint NOT NULL
);
ALTER TABLE insights.agent_insights OWNER TO agent_analytics;
CREATE TABLE insights.agent_month_trend (
    agent_id text NOT NULL,
    change numeric,
    reason text
);
ALTER TABLE insights.agent_month_trend OWNER TO agent_analytics;
CREATE TABLE insights.agent_trends (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    metric text NOT NULL,
    current_value numeric,
    previous_value numeric,
    change numeric,
    change_points numeric,
    unit text NOT NULL,
    is_better boolean,
    reason text
)
WITH (fillfactor='80');
ALTER TABLE insights.agent_trends OWNER TO agent_analytics;
CREATE TABLE insights.insight_basis (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    metric text NOT NULL,
    value text NOT NULL
);
ALTER TABLE insights.insight_basis OWNER TO agent_analytics;
COMMENT ON TABLE insights.insight_basis IS 'The numbers that an agent had when its insights were last computed.';
CREATE TABLE insights.marts_state (
    singleton boolean DEFAULT true NOT NULL,
    as_of date NOT NULL,
    fingerprint text NOT NULL,
    load_ids text[] NOT NULL,
    is_wholly_changed boolean NOT NULL,
    is_checked boolean NOT NULL,
    checks text DEFAULT ''::text NOT NULL,
    unaccounted_writes jsonb,
    CONSTRAINT marts_state_singleton_check CHECK (singleton)
);
ALTER TABLE insights.marts_state OWNER TO agent_analytics;
COMMENT ON TABLE insights.marts_state IS 'What the marts hold, published or not; no row while a build of all agents is under way.';
COMMENT ON COLUMN insights.marts_state.load_ids IS 'The loads whose touched agent-days the marts include and no published build does.';
COMMENT ON COLUMN insights.marts_state.is_wholly_changed IS 'Whether more than these agents changed since the last published build.';
COMMENT ON COLUMN insights.marts_state.is_checked IS 'Whether every blocking check has passed since the marts last changed.';
COMMENT ON COLUMN insights.marts_state.checks IS 'The fingerprint of the checks that the marts were last put to.';
COMMENT ON COLUMN insights.marts_state.unaccounted_writes IS 'By table that builds read or make: rows ever written, less those of loads, at the last publish.';
CREATE TABLE intermediate.int_agents (
    agent_id text
);
ALTER TABLE intermediate.int_agents OWNER TO agent_analytics;
COMMENT ON TABLE intermediate.int_agents IS 'One row per agent with any lead or conversion on any date. Read by the window marts, so that each agent has a row in each, also where a window holds nothing.';
COMMENT ON COLUMN intermediate.int_agents.agent_id IS 'The agent; never an empty string.';
CREATE TABLE intermediate.int_conversions (
    agent_id text,
    activity_id bigint,
    lead_id text,
    source text,
    revenue numeric,
    is_refund boolean,
    is_revenue_readable boolean,
    date date,
    occurred_at timestamp with time zone
);
ALTER TABLE intermediate.int_conversions OWNER TO agent_analytics;
COMMENT ON TABLE intermediate.int_conversions IS 'One row per conversion or refund that counts: each once, with the source of its lead. Read by `int_leads` for the stage, and by `agent_performance_metrics`, `agent_lead_sources` and `agent_conversions` for count and money, and by `int_agents`.';
COMMENT ON COLUMN intermediate.int_conversions.agent_id IS 'Agent who logged it and has the credit; an empty string where the log names nobody.';
COMMENT ON COLUMN intermediate.int_conversions.activity_id IS 'The log''s id of the activity.';
COMMENT ON COLUMN intermediate.int_conversions.lead_id IS 'The lead that it is about, if any.';
COMMENT ON COLUMN intermediate.int_conversions.source IS 'Source of the lead; `Unknown` where the lead is unknown or has none.';
COMMENT ON COLUMN intermediate.int_conversions.revenue IS 'Its revenue; negative for a refund, 0 where the log''s text is not a number.';
COMMENT ON COLUMN intermediate.int_conversions.is_refund IS 'Whether revenue is negative; the money counts, but nothing is booked and no lead converted by it.';
COMMENT ON COLUMN intermediate.int_conversions.is_revenue_readable IS 'Whether the log''s revenue is a number.';
COMMENT ON COLUMN intermediate.int_conversions.date IS 'Day of the conversion in the business time zone.';
COMMENT ON COLUMN intermediate.int_conversions.occurred_at IS 'When it happened.';
CREATE TABLE intermediate.int_leads (
    agent_id text,
    lead_id text,
    source text,
    response_hours numeric,
    satisfaction_rating integer,
    is_contacted boolean,
    is_interested boolean,
    is_converted boolean,
    is_unresponded boolean,
    is_response_negative boolean,
    date date,
    contacted_on date,
    interested_on date,
    converted_on date,
    answered_on date,
    contacted_weekday integer,
    contacted_hour integer
);
ALTER TABLE intermediate.int_leads OWNER TO agent_analytics;
COMMENT ON TABLE intermediate.int_leads IS 'One row per lead: its stages, its response time and its rating, by the rules that hold everywhere. Read by `agent_performance_metrics`, `agent_response_times`, `agent_lead_sources`, `agent_leads` and `int_agents`.';
COMMENT ON COLUMN intermediate.int_leads.agent_id IS 'Agent to whom the lead is assigned now; an empty string where it is assigned to nobody.';
COMMENT ON COLUMN intermediate.int_leads.lead_id IS 'The CRM''s id of the lead.';
COMMENT ON COLUMN intermediate.int_leads.source IS 'Where the lead came from; `Unknown` where the CRM does not say.';
COMMENT ON COLUMN intermediate.int_leads.response_hours IS 'Hours to the first answer, to 6 places: as the CRM has them, else from the last assignment to the current agent at or before the contact, else from the creation. Null where unresponded or negative.';
COMMENT ON COLUMN intermediate.int_leads.satisfaction_rating IS 'Rating from 1 to 5, if any.';
COMMENT ON COLUMN intermediate.int_leads.is_contacted IS 'Whether the lead has been contacted, or has come further.';
COMMENT ON COLUMN intermediate.int_leads.is_interested IS 'Whether the lead has shown interest, or has come further.';
COMMENT ON COLUMN intermediate.int_leads.is_converted IS 'Whether the disposition says so or a conversion is logged for the lead, by whomever.';
COMMENT ON COLUMN intermediate.int_leads.is_unresponded IS 'Whether there is neither a response time nor a contact, whatever the stage.';
COMMENT ON COLUMN intermediate.int_leads.is_response_negative IS 'Whether the response time is below 0 or not a number; then it is in no average.';
COMMENT ON COLUMN intermediate.int_leads.date IS 'The lead date.';
COMMENT ON COLUMN intermediate.int_leads.contacted_on IS 'Day of the contact, or of a later stage where that came first or alone; null where nobody noted it.';
COMMENT ON COLUMN intermediate.int_leads.interested_on IS 'Day of the first interest, or of the first conversion where that came first or alone.';
COMMENT ON COLUMN intermediate.int_leads.converted_on IS 'Day of the first conversion that was booked; null where only the disposition tells of one.';
COMMENT ON COLUMN intermediate.int_leads.answered_on IS 'Day of the contact, else that of the creation and the response hours after it.';
COMMENT ON COLUMN intermediate.int_leads.contacted_weekday IS 'Weekday of the contact in the business time zone, 1 for Monday.';
COMMENT ON COLUMN intermediate.int_leads.contacted_hour IS 'Hour of the contact in the business time zone, 0 to 23.';
CREATE VIEW intermediate.int_windows AS
 WITH date_ranges AS (
         SELECT unnest(ARRAY[7, 30, 90, 365]) AS date_range
        )
 SELECT date_ranges.date_range,
    'current'::text AS period,
    (('2024-02-29'::date - date_ranges.date_range) + 1) AS starts_on,
    '2024-02-29'::date AS ends_on
   FROM date_ranges
UNION ALL
 SELECT date_ranges.date_range,
    'previous'::text AS period,
    (('2024-02-29'::date - (2 * date_ranges.date_range)) + 1) AS starts_on,
    ('2024-02-29'::date - date_ranges.date_range) AS ends_on
   FROM date_ranges;
ALTER VIEW intermediate.int_windows OWNER TO agent_analytics;
COMMENT ON VIEW intermediate.int_windows IS 'One row per length of window and period: the first and last date of each window that agents can look at. Read by every mart that is computed over windows.';
COMMENT ON COLUMN intermediate.int_windows.date_range IS 'Length of the window in days, from the var `date_ranges`.';
COMMENT ON COLUMN intermediate.int_windows.period IS '`current` for the window that ends at the as-of date, `previous` for the one of the same length before it.';
COMMENT ON COLUMN intermediate.int_windows.starts_on IS 'First date of the window.';
COMMENT ON COLUMN intermediate.int_windows.ends_on IS 'Last date of the window.';
CREATE TABLE marts.agent_kpis (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    period text NOT NULL,
    leads_handled bigint,
    leads_this_week bigint,
    leads_contacted bigint,
    leads_interested bigint,
    leads_converted bigint,
    conversion_rate_pct numeric(4,1),
    total_revenue numeric(24,2),
    conversions_booked bigint,
    response_hours_total numeric(20,6),
    response_count bigint,
    response_time_hours numeric(14,1),
    response_time_median_hours numeric(14,1),
    response_time_median_exact_hours numeric(15,7),
    satisfaction_total bigint,
    satisfaction_count bigint,
    satisfaction_score numeric(2,1)
);
ALTER TABLE marts.agent_kpis OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_kpis IS 'One row per agent, window and period: the KPIs of `GET /agent/analytics/kpis`, and the sums from which trends and ranking are computed.';
COMMENT ON COLUMN marts.agent_kpis.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_kpis.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_kpis.period IS '`current` for the window that ends at the as-of date, `previous` for the one of the same length before it.';
COMMENT ON COLUMN marts.agent_kpis.leads_handled IS 'Leads with a lead date in the window.';
COMMENT ON COLUMN marts.agent_kpis.leads_this_week IS 'Leads of the ISO week of the as-of date, up to it; the same for every window.';
COMMENT ON COLUMN marts.agent_kpis.leads_contacted IS 'Of the leads handled, how many have been contacted.';
COMMENT ON COLUMN marts.agent_kpis.leads_interested IS 'Of the leads handled, how many have shown interest.';
COMMENT ON COLUMN marts.agent_kpis.leads_converted IS 'Of the leads handled, how many have converted.';
COMMENT ON COLUMN marts.agent_kpis.conversion_rate_pct IS 'Converted of handled leads; null without leads.';
COMMENT ON COLUMN marts.agent_kpis.total_revenue IS 'Revenue of the window''s conversions.';
COMMENT ON COLUMN marts.agent_kpis.conversions_booked IS 'The window''s conversions, refunds not counted.';
COMMENT ON COLUMN marts.agent_kpis.response_hours_total IS 'Sum of response hours.';
COMMENT ON COLUMN marts.agent_kpis.response_count IS 'Responded leads.';
COMMENT ON COLUMN marts.agent_kpis.response_time_hours IS 'Mean response hours; null without a responded lead.';
COMMENT ON COLUMN marts.agent_kpis.response_time_median_hours IS 'Median response hours.';
COMMENT ON COLUMN marts.agent_kpis.response_time_median_exact_hours IS 'The same before rounding, for trends.';
COMMENT ON COLUMN marts.agent_kpis.satisfaction_total IS 'Sum of the ratings.';
COMMENT ON COLUMN marts.agent_kpis.satisfaction_count IS 'Rated leads.';
COMMENT ON COLUMN marts.agent_kpis.satisfaction_score IS 'Mean rating; null without a rating.';
CREATE VIEW intermediate.revenue_per_conversion AS
 WITH kpis AS (
         SELECT agent_kpis.agent_id,
            agent_kpis.date_range,
            agent_kpis.period,
            agent_kpis.leads_handled,
            agent_kpis.leads_this_week,
            agent_kpis.leads_contacted,
            agent_kpis.leads_interested,
            agent_kpis.leads_converted,
            agent_kpis.conversion_rate_pct,
            agent_kpis.total_revenue,
            agent_kpis.conversions_booked,
            agent_kpis.response_hours_total,
            agent_kpis.response_count,
            agent_kpis.response_time_hours,
            agent_kpis.response_time_median_hours,
            agent_kpis.response_time_median_exact_hours,
            agent_kpis.satisfaction_total,
            agent_kpis.satisfaction_count,
            agent_kpis.satisfaction_score
           FROM marts.agent_kpis
        )
 SELECT agent_id,
    date_range,
    round((((1)::numeric(20,6) * total_revenue) / (NULLIF(conversions_booked, 0))::numeric), 2) AS value
   FROM kpis
  WHERE (period = 'current'::text);
ALTER VIEW intermediate.revenue_per_conversion OWNER TO agent_analytics;
COMMENT ON VIEW intermediate.revenue_per_conversion IS 'One row per agent and window: what a conversion brings. Read by `agent_measures`.';
COMMENT ON COLUMN intermediate.revenue_per_conversion.agent_id IS 'The agent.';
COMMENT ON COLUMN intermediate.revenue_per_conversion.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN intermediate.revenue_per_conversion.value IS 'Revenue of the window, less refunds, for each conversion booked; null without one.';
CREATE VIEW marts.agent_conversions AS
 WITH conversions AS (
         SELECT int_conversions.agent_id,
            int_conversions.activity_id,
            int_conversions.lead_id,
            int_conversions.source,
            int_conversions.revenue,
            int_conversions.is_refund,
            int_conversions.is_revenue_readable,
            int_conversions.date,
            int_conversions.occurred_at
           FROM intermediate.int_conversions
          WHERE (int_conversions.agent_id <> ''::text)
        ), longest_windows AS (
         SELECT DISTINCT ON (int_windows.period) int_windows.period,
            int_windows.starts_on,
            int_windows.ends_on
           FROM intermediate.int_windows
          ORDER BY int_windows.period, int_windows.date_range DESC
        )
 SELECT conversions.agent_id,
    conversions.activity_id,
    longest_windows.period,
    conversions.date,
    conversions.lead_id,
    conversions.source,
    (conversions.revenue)::numeric(24,2) AS revenue,
    conversions.is_refund
   FROM (conversions
     JOIN longest_windows ON (((conversions.date >= longest_windows.starts_on) AND (conversions.date <= longest_windows.ends_on))));
ALTER VIEW marts.agent_conversions OWNER TO agent_analytics;
COMMENT ON VIEW marts.agent_conversions IS 'One row per agent and conversion or refund of the longest window and of the one before it: what stands behind the revenue, for `GET /agent/analytics/records`. A view: the rows are those of `int_conversions`.';
COMMENT ON COLUMN marts.agent_conversions.agent_id IS 'The agent who logged it.';
COMMENT ON COLUMN marts.agent_conversions.activity_id IS 'The log''s id of the activity.';
COMMENT ON COLUMN marts.agent_conversions.period IS '`current` for the longest window that ends at the as-of date, `previous` for the one before it.';
COMMENT ON COLUMN marts.agent_conversions.date IS 'Day of the conversion.';
COMMENT ON COLUMN marts.agent_conversions.lead_id IS 'The lead that it is about, if any.';
COMMENT ON COLUMN marts.agent_conversions.source IS 'Source of the lead; `Unknown` where the lead is unknown or has none.';
COMMENT ON COLUMN marts.agent_conversions.revenue IS 'Its revenue; negative for a refund.';
COMMENT ON COLUMN marts.agent_conversions.is_refund IS 'Whether it is a refund: the money counts, no conversion is booked.';
CREATE TABLE marts.agent_funnel (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    assigned bigint,
    contacted bigint,
    interested bigint,
    converted bigint,
    contact_rate_pct numeric(4,1),
    interest_rate_pct numeric(4,1),
    conversion_rate_pct numeric(4,1),
    contacted_of_assigned_pct numeric(4,1),
    interested_of_contacted_pct numeric(4,1),
    converted_of_interested_pct numeric(4,1)
);
ALTER TABLE marts.agent_funnel OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_funnel IS 'One row per agent and window: how far the window''s leads have come, for `GET /agent/analytics/funnel`. Stages are cumulative, so the funnel never widens.';
COMMENT ON COLUMN marts.agent_funnel.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_funnel.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_funnel.assigned IS 'Leads of the window.';
COMMENT ON COLUMN marts.agent_funnel.contacted IS 'Leads contacted, or further.';
COMMENT ON COLUMN marts.agent_funnel.interested IS 'Leads interested, or further.';
COMMENT ON COLUMN marts.agent_funnel.converted IS 'Leads converted.';
COMMENT ON COLUMN marts.agent_funnel.contact_rate_pct IS 'Contacted of assigned.';
COMMENT ON COLUMN marts.agent_funnel.interest_rate_pct IS 'Interested of assigned.';
COMMENT ON COLUMN marts.agent_funnel.conversion_rate_pct IS 'Converted of assigned: the KPI of the same name.';
COMMENT ON COLUMN marts.agent_funnel.contacted_of_assigned_pct IS 'Contacted of assigned.';
COMMENT ON COLUMN marts.agent_funnel.interested_of_contacted_pct IS 'Interested of contacted.';
COMMENT ON COLUMN marts.agent_funnel.converted_of_interested_pct IS 'Converted of interested.';
CREATE TABLE marts.agent_lead_sources (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    source text NOT NULL,
    lead_count bigint,
    converted_count bigint,
    conversion_rate_pct numeric(4,1),
    revenue numeric(24,2)
);
ALTER TABLE marts.agent_lead_sources OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_lead_sources IS 'One row per agent, window and lead source with a lead or a conversion in the window, for `GET /agent/analytics/lead-sources`.';
COMMENT ON COLUMN marts.agent_lead_sources.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_lead_sources.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_lead_sources.source IS 'Source of the lead; `Unknown` where the CRM has none or the lead is unknown.';
COMMENT ON COLUMN marts.agent_lead_sources.lead_count IS 'Leads of the window from this source.';
COMMENT ON COLUMN marts.agent_lead_sources.converted_count IS 'Of these, how many have converted.';
COMMENT ON COLUMN marts.agent_lead_sources.conversion_rate_pct IS 'Converted of the source''s leads; null where it has none in the window.';
COMMENT ON COLUMN marts.agent_lead_sources.revenue IS 'Revenue of the window''s conversions of leads from this source.';
CREATE VIEW marts.agent_leads AS
 WITH leads AS (
         SELECT int_leads.agent_id,
            int_leads.lead_id,
            int_leads.source,
            int_leads.response_hours,
            int_leads.satisfaction_rating,
            int_leads.is_contacted,
            int_leads.is_interested,
            int_leads.is_converted,
            int_leads.is_unresponded,
            int_leads.is_response_negative,
            int_leads.date,
            int_leads.contacted_on,
            int_leads.interested_on,
            int_leads.converted_on,
            int_leads.answered_on,
            int_leads.contacted_weekday,
            int_leads.contacted_hour
           FROM intermediate.int_leads
          WHERE (int_leads.agent_id <> ''::text)
        ), longest_windows AS (
         SELECT DISTINCT ON (int_windows.period) int_windows.period,
            int_windows.starts_on,
            int_windows.ends_on
           FROM intermediate.int_windows
          ORDER BY int_windows.period, int_windows.date_range DESC
        )
 SELECT leads.agent_id,
    leads.lead_id,
    longest_windows.period,
    leads.date,
    leads.source,
    leads.is_contacted,
    leads.is_interested,
    leads.is_converted,
    leads.is_unresponded,
    leads.response_hours,
    leads.satisfaction_rating,
    leads.contacted_on,
    leads.interested_on,
    leads.converted_on,
    leads.answered_on,
    leads.contacted_weekday,
    leads.contacted_hour
   FROM (leads
     JOIN longest_windows ON (((leads.date >= longest_windows.starts_on) AND (leads.date <= longest_windows.ends_on))));
ALTER VIEW marts.agent_leads OWNER TO agent_analytics;
COMMENT ON VIEW marts.agent_leads IS 'One row per agent and lead of the longest window and of the one before it: what stands behind the numbers, for `GET /agent/analytics/records` and for the insights. A view: the rows are those of `int_leads`.';
COMMENT ON COLUMN marts.agent_leads.agent_id IS 'The agent to whom the lead is assigned.';
COMMENT ON COLUMN marts.agent_leads.lead_id IS 'The CRM''s id of the lead.';
COMMENT ON COLUMN marts.agent_leads.period IS '`current` for the longest window that ends at the as-of date, `previous` for the one before it.';
COMMENT ON COLUMN marts.agent_leads.date IS 'The lead date.';
COMMENT ON COLUMN marts.agent_leads.source IS 'Where the lead came from; `Unknown` where the CRM does not say.';
COMMENT ON COLUMN marts.agent_leads.is_contacted IS 'Whether the lead has been contacted, or has come further.';
COMMENT ON COLUMN marts.agent_leads.is_interested IS 'Whether the lead has shown interest, or has come further.';
COMMENT ON COLUMN marts.agent_leads.is_converted IS 'Whether the lead has converted.';
COMMENT ON COLUMN marts.agent_leads.is_unresponded IS 'Whether there is neither a response time nor a contact.';
COMMENT ON COLUMN marts.agent_leads.response_hours IS 'Hours to the first answer; null where unresponded or negative.';
COMMENT ON COLUMN marts.agent_leads.satisfaction_rating IS 'Rating from 1 to 5, if any.';
COMMENT ON COLUMN marts.agent_leads.contacted_on IS 'Day on which the lead was contacted or came further; null where nobody noted it.';
COMMENT ON COLUMN marts.agent_leads.interested_on IS 'Day on which the lead showed interest or came further; null where nobody noted it.';
COMMENT ON COLUMN marts.agent_leads.converted_on IS 'Day of the first conversion that was booked; null where only the disposition tells of one.';
COMMENT ON COLUMN marts.agent_leads.answered_on IS 'Day of the first answer.';
COMMENT ON COLUMN marts.agent_leads.contacted_weekday IS 'Weekday of the contact in the business time zone, 1 for Monday.';
COMMENT ON COLUMN marts.agent_leads.contacted_hour IS 'Hour of the contact in the business time zone, 0 to 23.';
CREATE TABLE marts.agent_measures (
    agent_id text CONSTRAINT agent_measures__dbt_tmp_agent_id_not_null1 NOT NULL,
    date_range integer CONSTRAINT agent_measures__dbt_tmp_date_range_not_null1 NOT NULL,
    measure text CONSTRAINT agent_measures__dbt_tmp_measure_not_null1 NOT NULL,
    value numeric(24,6)
);
ALTER TABLE marts.agent_measures OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_measures IS 'One row per agent, window and measure of the var `measures`, each a model of `models/measures`, for `GET /agent/analytics/measures`.';
COMMENT ON COLUMN marts.agent_measures.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_measures.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_measures.measure IS 'Name of the measure''s model.';
COMMENT ON COLUMN marts.agent_measures.value IS 'What the measure''s model says; null where it is undefined.';
CREATE TABLE marts.agent_performance_metrics (
    agent_id text NOT NULL,
    date date NOT NULL,
    leads_assigned bigint,
    leads_contacted bigint,
    leads_interested bigint,
    leads_converted bigint,
    revenue_generated numeric(24,2),
    conversions_booked bigint,
    response_hours_total numeric(20,6),
    response_count bigint,
    response_time_avg_hours numeric(14,6),
    unresponded_count bigint,
    negative_response_count bigint,
    satisfaction_total bigint,
    satisfaction_count bigint,
    satisfaction_score numeric(7,6),
    created_at timestamp with time zone
);
ALTER TABLE marts.agent_performance_metrics OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_performance_metrics IS 'One row per agent and date: what the agent''s leads of that date have come to by now, and what the agent earned on that date. Every longer period is a ratio of these sums. Feeds all other marts, goal progress and restatements.';
COMMENT ON COLUMN marts.agent_performance_metrics.agent_id IS 'The agent; an empty string is a lead or conversion that nobody is credited with.';
COMMENT ON COLUMN marts.agent_performance_metrics.date IS 'Lead date for the lead columns, day of the conversion for the money columns.';
COMMENT ON COLUMN marts.agent_performance_metrics.leads_assigned IS 'Leads of the agent with this lead date.';
COMMENT ON COLUMN marts.agent_performance_metrics.leads_contacted IS 'Of these, how many have been contacted.';
COMMENT ON COLUMN marts.agent_performance_metrics.leads_interested IS 'Of these, how many have shown interest.';
COMMENT ON COLUMN marts.agent_performance_metrics.leads_converted IS 'Of these, how many have converted.';
COMMENT ON COLUMN marts.agent_performance_metrics.revenue_generated IS 'Revenue of the agent''s conversions of this date, refunds subtracted.';
COMMENT ON COLUMN marts.agent_performance_metrics.conversions_booked IS 'The agent''s conversions of this date, refunds not counted.';
COMMENT ON COLUMN marts.agent_performance_metrics.response_hours_total IS 'Sum of the response hours of the responded leads.';
COMMENT ON COLUMN marts.agent_performance_metrics.response_count IS 'Responded leads.';
COMMENT ON COLUMN marts.agent_performance_metrics.response_time_avg_hours IS 'Mean response hours; null without a responded lead.';
COMMENT ON COLUMN marts.agent_performance_metrics.unresponded_count IS 'Leads without response time and contact.';
COMMENT ON COLUMN marts.agent_performance_metrics.negative_response_count IS 'Leads whose response time is negative; in no average.';
COMMENT ON COLUMN marts.agent_performance_metrics.satisfaction_total IS 'Sum of the ratings.';
COMMENT ON COLUMN marts.agent_performance_metrics.satisfaction_count IS 'Rated leads.';
COMMENT ON COLUMN marts.agent_performance_metrics.satisfaction_score IS 'Mean rating; null without a rating.';
COMMENT ON COLUMN marts.agent_performance_metrics.created_at IS 'When this row was computed.';
CREATE TABLE marts.agent_response_rolling (
    agent_id text NOT NULL,
    date date NOT NULL,
    rolling_7d_hours numeric(14,1),
    rolling_30d_hours numeric(14,1)
);
ALTER TABLE marts.agent_response_rolling OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_response_rolling IS 'One row per agent and date of the longest window: mean response hours over the 7 and 30 days that end there, for the series of `GET /agent/analytics/response-times`.';
COMMENT ON COLUMN marts.agent_response_rolling.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_response_rolling.date IS 'Last day of both spans.';
COMMENT ON COLUMN marts.agent_response_rolling.rolling_7d_hours IS 'Mean over 7 days; null without a responded lead.';
COMMENT ON COLUMN marts.agent_response_rolling.rolling_30d_hours IS 'Mean over 30 days; null without a responded lead.';
CREATE TABLE marts.agent_response_times (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    period text NOT NULL,
    mean_hours numeric(14,1),
    median_hours numeric(14,1),
    median_exact_hours numeric(15,7),
    p90_hours numeric(14,1),
    responded_count bigint,
    unresponded_count bigint,
    negative_count bigint,
    under_1h_count bigint,
    from_1h_to_4h_count bigint,
    from_4h_to_8h_count bigint,
    from_8h_to_24h_count bigint,
    from_24h_count bigint
);
ALTER TABLE marts.agent_response_times OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_response_times IS 'One row per agent, window and period: how quickly leads were answered, for `GET /agent/analytics/response-times`.';
COMMENT ON COLUMN marts.agent_response_times.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_response_times.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_response_times.period IS '`current` for the window that ends at the as-of date, `previous` for the one of the same length before it.';
COMMENT ON COLUMN marts.agent_response_times.mean_hours IS 'Mean over responded leads.';
COMMENT ON COLUMN marts.agent_response_times.median_hours IS 'Median by linear interpolation.';
COMMENT ON COLUMN marts.agent_response_times.median_exact_hours IS 'The same before rounding.';
COMMENT ON COLUMN marts.agent_response_times.p90_hours IS '90th percentile by linear interpolation.';
COMMENT ON COLUMN marts.agent_response_times.responded_count IS 'Leads with a response time of 0 or more.';
COMMENT ON COLUMN marts.agent_response_times.unresponded_count IS 'Leads without response time and contact.';
COMMENT ON COLUMN marts.agent_response_times.negative_count IS 'Leads whose response time is negative.';
COMMENT ON COLUMN marts.agent_response_times.under_1h_count IS 'Answered in less than 1 h.';
COMMENT ON COLUMN marts.agent_response_times.from_1h_to_4h_count IS 'Answered in 1 h or more, less than 4 h.';
COMMENT ON COLUMN marts.agent_response_times.from_4h_to_8h_count IS 'Answered in 4 h or more, less than 8 h.';
COMMENT ON COLUMN marts.agent_response_times.from_8h_to_24h_count IS 'Answered in 8 h or more, less than 24 h.';
COMMENT ON COLUMN marts.agent_response_times.from_24h_count IS 'Answered in 24 h or more.';
CREATE TABLE marts.agent_revenue_summary (
    agent_id text NOT NULL,
    best_date date,
    best_date_revenue numeric(24,2),
    month_total numeric(24,2),
    month_revenue_to_date numeric(24,2),
    previous_month_revenue_to_date numeric(24,2)
);
ALTER TABLE marts.agent_revenue_summary OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_revenue_summary IS 'One row per agent: the best day and the month of `GET /agent/analytics/revenue-trends`, and the two spans that its change compares.';
COMMENT ON COLUMN marts.agent_revenue_summary.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_revenue_summary.best_date IS 'Earliest of the highest of the 30 days; null when none is above 0.';
COMMENT ON COLUMN marts.agent_revenue_summary.best_date_revenue IS 'Revenue of that day.';
COMMENT ON COLUMN marts.agent_revenue_summary.month_total IS 'Revenue of the calendar month up to the as-of date.';
COMMENT ON COLUMN marts.agent_revenue_summary.month_revenue_to_date IS 'Revenue of the first k days of the month.';
COMMENT ON COLUMN marts.agent_revenue_summary.previous_month_revenue_to_date IS 'Revenue of the first k days of the month before.';
CREATE TABLE marts.agent_revenue_trends (
    agent_id text NOT NULL,
    period text NOT NULL,
    date date NOT NULL,
    revenue numeric(24,2)
);
ALTER TABLE marts.agent_revenue_trends OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_revenue_trends IS 'One row per agent, period and bucket: 30 days, 12 ISO weeks and 12 calendar months up to the as-of date, none missing, for `GET /agent/analytics/revenue-trends`.';
COMMENT ON COLUMN marts.agent_revenue_trends.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_revenue_trends.period IS '`daily`, `weekly` or `monthly`.';
COMMENT ON COLUMN marts.agent_revenue_trends.date IS 'First day of the bucket.';
COMMENT ON COLUMN marts.agent_revenue_trends.revenue IS 'Revenue of the bucket up to the as-of date.';
CREATE TABLE marts.agent_team_ranking (
    agent_id text CONSTRAINT agent_team_ranking__dbt_tmp_agent_id_not_null1 NOT NULL,
    date_range integer CONSTRAINT agent_team_ranking__dbt_tmp_date_range_not_null1 NOT NULL,
    period text CONSTRAINT agent_team_ranking__dbt_tmp_period_not_null1 NOT NULL,
    conversion_component numeric(7,6),
    satisfaction_component numeric(7,6),
    response_component numeric(7,6),
    score numeric(7,6),
    rank bigint,
    total_agents bigint
);
ALTER TABLE marts.agent_team_ranking OWNER TO agent_analytics;
COMMENT ON TABLE marts.agent_team_ranking IS 'One row per ranked agent, window and period: the score and rank of `GET /agent/analytics/ranking`. Each component depends on the agent alone.';
COMMENT ON COLUMN marts.agent_team_ranking.agent_id IS 'The agent.';
COMMENT ON COLUMN marts.agent_team_ranking.date_range IS 'Length of the window in days: 7, 30, 90 or 365.';
COMMENT ON COLUMN marts.agent_team_ranking.period IS '`current` for the window that ends at the as-of date, `previous` for the one of the same length before it.';
COMMENT ON COLUMN marts.agent_team_ranking.conversion_component IS 'Fraction of the leads that converted.';
COMMENT ON COLUMN marts.agent_team_ranking.satisfaction_component IS 'Mean rating, with 1 as 0 and 5 as 1; null without a rating.';
COMMENT ON COLUMN marts.agent_team_ranking.response_component IS 'Halves with every half-life of the mean response time; null without a responded lead.';
COMMENT ON COLUMN marts.agent_team_ranking.score IS 'Weighted mean of the components that the agent has.';
COMMENT ON COLUMN marts.agent_team_ranking.rank IS 'Competition rank on the score: 1, 2, 2, 4.';
COMMENT ON COLUMN marts.agent_team_ranking.total_agents IS 'Agents ranked in this window.';
CREATE TABLE raw.agent_activity_log (
    agent_id text DEFAULT ''::text NOT NULL,
    activity_id bigint NOT NULL,
    lead_id text,
    activity_type text NOT NULL,
    revenue_text text,
    origin text,
    occurred_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
ALTER TABLE raw.agent_activity_log OWNER TO agent_analytics;
CREATE UNLOGGED TABLE raw.agent_activity_log_incoming (
    agent_id text DEFAULT ''::text CONSTRAINT agent_activity_log_agent_id_not_null NOT NULL,
    activity_id bigint CONSTRAINT agent_activity_log_activity_id_not_null NOT NULL,
    lead_id text,
    activity_type text CONSTRAINT agent_activity_log_activity_type_not_null NOT NULL,
    revenue_text text,
    origin text,
    occurred_at timestamp with time zone CONSTRAINT agent_activity_log_occurred_at_not_null NOT NULL,
    changed_at timestamp with time zone CONSTRAINT agent_activity_log_changed_at_not_null NOT NULL
);
ALTER TABLE raw.agent_activity_log_incoming OWNER TO agent_analytics;
CREATE TABLE raw.leads (
    agent_id text DEFAULT ''::text NOT NULL,
    lead_id text NOT NULL,
    source text,
    disposition text,
    response_time_hours numeric(14,6),
    satisfaction_rating integer,
    created_at timestamp with time zone NOT NULL,
    contacted_at timestamp with time zone,
    interested_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL
);
ALTER TABLE raw.leads OWNER TO agent_analytics;
CREATE UNLOGGED TABLE raw.leads_incoming (
    agent_id text DEFAULT ''::text CONSTRAINT leads_agent_id_not_null NOT NULL,
    lead_id text CONSTRAINT leads_lead_id_not_null NOT NULL,
    source text,
    disposition text,
    response_time_hours numeric(14,6),
    satisfaction_rating integer,
    created_at timestamp with time zone CONSTRAINT leads_created_at_not_null NOT NULL,
    contacted_at timestamp with time zone,
    interested_at timestamp with time zone,
    changed_at timestamp with time zone CONSTRAINT leads_changed_at_not_null NOT NULL
);
ALTER TABLE raw.leads_incoming OWNER TO agent_analytics;
CREATE TABLE raw.loads (
    transaction xid NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE raw.loads OWNER TO agent_analytics;
CREATE TABLE raw.source_marks (
    table_name text NOT NULL,
    low_water timestamp with time zone,
    data_through timestamp with time zone,
    read_at timestamp with time zone NOT NULL,
    rows_written bigint DEFAULT 0 NOT NULL
);
ALTER TABLE raw.source_marks OWNER TO agent_analytics;
COMMENT ON COLUMN raw.source_marks.rows_written IS 'Rows that loads have ever inserted, updated and deleted: what goes beyond was written by others.';
CREATE TABLE raw.touched_agent_days (
    load_id text NOT NULL,
    agent_id text NOT NULL,
    date date NOT NULL
);
ALTER TABLE raw.touched_agent_days OWNER TO agent_analytics;
CREATE TABLE serving.agent_conversions (
    agent_id text NOT NULL,
    activity_id bigint NOT NULL,
    date date NOT NULL,
    lead_id text,
    source text NOT NULL,
    revenue numeric(24,2) NOT NULL,
    CONSTRAINT agent_conversions_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_conversions FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_conversions OWNER TO agent_analytics;
CREATE TABLE serving.agent_funnel (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    assigned bigint NOT NULL,
    contacted bigint NOT NULL,
    interested bigint NOT NULL,
    converted bigint NOT NULL,
    contact_rate_pct numeric(4,1),
    interest_rate_pct numeric(4,1),
    conversion_rate_pct numeric(4,1),
    contacted_of_assigned_pct numeric(4,1),
    interested_of_contacted_pct numeric(4,1),
    converted_of_interested_pct numeric(4,1),
    CONSTRAINT agent_funnel_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_funnel FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_funnel OWNER TO agent_analytics;
CREATE TABLE serving.agent_insights (
    agent_id text NOT NULL,
    insight_id text NOT NULL,
    "position" bigint NOT NULL,
    type text NOT NULL,
    title text NOT NULL,
    message text NOT NULL,
    metric text NOT NULL,
    value numeric,
    change numeric,
    is_better boolean,
    evidence jsonb NOT NULL,
    records text,
    rule_version bigint NOT NULL,
    CONSTRAINT agent_insights_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_insights FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_insights OWNER TO agent_analytics;
CREATE TABLE serving.agent_kpis (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    leads_handled bigint NOT NULL,
    leads_this_week bigint NOT NULL,
    conversion_rate_pct numeric(4,1),
    total_revenue numeric(24,2) NOT NULL,
    response_time_hours numeric(14,1),
    response_time_median_hours numeric(14,1),
    satisfaction_score numeric(2,1),
    satisfaction_count bigint NOT NULL,
    CONSTRAINT agent_kpis_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_kpis FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_kpis OWNER TO agent_analytics;
CREATE TABLE serving.agent_lead_sources (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    source text NOT NULL,
    lead_count bigint NOT NULL,
    converted_count bigint NOT NULL,
    conversion_rate_pct numeric(4,1),
    revenue numeric(24,2) NOT NULL,
    CONSTRAINT agent_lead_sources_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_lead_sources FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_lead_sources OWNER TO agent_analytics;
CREATE TABLE serving.agent_leads (
    agent_id text NOT NULL,
    lead_id text NOT NULL,
    date date NOT NULL,
    source text NOT NULL,
    is_contacted boolean NOT NULL,
    is_interested boolean NOT NULL,
    is_converted boolean NOT NULL,
    is_unresponded boolean NOT NULL,
    response_hours numeric(14,6),
    satisfaction_rating integer,
    contacted_on date,
    interested_on date,
    converted_on date,
    CONSTRAINT agent_leads_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_leads FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_leads OWNER TO agent_analytics;
CREATE TABLE serving.agent_measures (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    measure text NOT NULL,
    value numeric(24,6),
    CONSTRAINT agent_measures_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_measures FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_measures OWNER TO agent_analytics;
CREATE TABLE serving.agent_month_trend (
    agent_id text NOT NULL,
    change numeric,
    reason text,
    CONSTRAINT agent_month_trend_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_month_trend FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_month_trend OWNER TO agent_analytics;
CREATE TABLE serving.agent_performance_metrics (
    agent_id text NOT NULL,
    date date NOT NULL,
    leads_assigned bigint NOT NULL,
    leads_contacted bigint NOT NULL,
    leads_interested bigint NOT NULL,
    leads_converted bigint NOT NULL,
    revenue_generated numeric(24,2) NOT NULL,
    conversions_booked bigint NOT NULL,
    response_hours_total numeric(20,6) NOT NULL,
    response_count bigint NOT NULL,
    response_time_avg_hours numeric(14,6),
    unresponded_count bigint NOT NULL,
    satisfaction_total bigint NOT NULL,
    satisfaction_count bigint NOT NULL,
    satisfaction_score numeric(7,6),
    CONSTRAINT agent_performance_metrics_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_performance_metrics FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_performance_metrics OWNER TO agent_analytics;
CREATE TABLE serving.agent_response_rolling (
    agent_id text NOT NULL,
    date date NOT NULL,
    rolling_7d_hours numeric(14,1),
    rolling_30d_hours numeric(14,1),
    CONSTRAINT agent_response_rolling_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_response_rolling FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_response_rolling OWNER TO agent_analytics;
CREATE TABLE serving.agent_response_times (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    mean_hours numeric(14,1),
    median_hours numeric(14,1),
    p90_hours numeric(14,1),
    responded_count bigint NOT NULL,
    unresponded_count bigint NOT NULL,
    negative_count bigint NOT NULL,
    under_1h_count bigint NOT NULL,
    from_1h_to_4h_count bigint NOT NULL,
    from_4h_to_8h_count bigint NOT NULL,
    from_8h_to_24h_count bigint NOT NULL,
    from_24h_count bigint NOT NULL,
    CONSTRAINT agent_response_times_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_response_times FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_response_times OWNER TO agent_analytics;
CREATE TABLE serving.agent_revenue_summary (
    agent_id text NOT NULL,
    best_date date,
    best_date_revenue numeric(24,2),
    month_total numeric(24,2) NOT NULL,
    CONSTRAINT agent_revenue_summary_agent_id_check CHECK ((agent_id <> ''::text))
);
ALTER TABLE ONLY serving.agent_revenue_summary FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_revenue_summary OWNER TO agent_analytics;
CREATE TABLE serving.agent_revenue_trends (
    agent_id text NOT NULL,
    period text NOT NULL,
    date date NOT NULL,
    revenue numeric(24,2) NOT NULL,
    CONSTRAINT agent_revenue_trends_agent_id_check CHECK ((agent_id <> ''::text)),
    CONSTRAINT agent_revenue_trends_period_check CHECK ((period = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text])))
);
ALTER TABLE ONLY serving.agent_revenue_trends FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_revenue_trends OWNER TO agent_analytics;
CREATE TABLE serving.agent_team_ranking (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    conversion_component numeric(7,6),
    satisfaction_component numeric(7,6),
    response_component numeric(7,6),
    score numeric(7,6) NOT NULL,
    rank bigint NOT NULL,
    total_agents bigint NOT NULL,
    CONSTRAINT agent_team_ranking_agent_id_check CHECK ((agent_id <> ''::text))
)
WITH (fillfactor='50');
ALTER TABLE ONLY serving.agent_team_ranking FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_team_ranking OWNER TO agent_analytics;
CREATE TABLE serving.agent_trends (
    agent_id text NOT NULL,
    date_range integer NOT NULL,
    metric text NOT NULL,
    current_value numeric,
    previous_value numeric,
    change numeric,
    change_points numeric,
    unit text NOT NULL,
    is_better boolean,
    reason text,
    CONSTRAINT agent_trends_agent_id_check CHECK ((agent_id <> ''::text))
)
WITH (fillfactor='80');
ALTER TABLE ONLY serving.agent_trends FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_trends OWNER TO agent_analytics;
CREATE TABLE serving.builds (
    build_id bigint NOT NULL,
    built_at timestamp with time zone DEFAULT now() NOT NULL,
    as_of date NOT NULL,
    data_through timestamp with time zone,
    time_zone text NOT NULL,
    fingerprint text NOT NULL,
    mode text NOT NULL,
    run_id text NOT NULL,
    ranked_agents jsonb NOT NULL
);
ALTER TABLE serving.builds OWNER TO agent_analytics;
ALTER TABLE serving.builds ALTER COLUMN build_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME serving.builds_build_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE serving.metrics (
    route text NOT NULL,
    field text NOT NULL,
    "position" bigint NOT NULL,
    text text NOT NULL,
    unit text NOT NULL,
    better text,
    formula text NOT NULL,
    rounding text NOT NULL
);
ALTER TABLE serving.metrics OWNER TO agent_analytics;
CREATE TABLE serving.refreshes (
    singleton boolean DEFAULT true NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    run_id text NOT NULL,
    build_id bigint NOT NULL,
    CONSTRAINT refreshes_singleton_check CHECK (singleton)
);
ALTER TABLE serving.refreshes OWNER TO agent_analytics;
CREATE TABLE serving.restatements (
    agent_id text NOT NULL,
    build_id bigint NOT NULL,
    date date NOT NULL,
    measure text NOT NULL,
    old_value numeric NOT NULL,
    new_value numeric NOT NULL,
    cause text NOT NULL,
    restated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT restatements_agent_id_check CHECK ((agent_id <> ''::text)),
    CONSTRAINT restatements_cause_check CHECK ((cause = ANY (ARRAY['source'::text, 'definition'::text])))
);
ALTER TABLE ONLY serving.restatements FORCE ROW LEVEL SECURITY;
ALTER TABLE serving.restatements OWNER TO agent_analytics;
CREATE TABLE staging.source_names (
    "from" text,
    "to" text
);
ALTER TABLE staging.source_names OWNER TO agent_analytics;
COMMENT ON TABLE staging.source_names IS 'Spellings of a lead source that a team merges; one row per spelling, as it stands in the CRM without white space at its ends.';
COMMENT ON COLUMN staging.source_names."from" IS 'The spelling in the CRM.';
COMMENT ON COLUMN staging.source_names."to" IS 'The source that agents see instead.';
CREATE VIEW staging.stg_agent_activity_log AS
 WITH source AS (
         SELECT agent_activity_log.agent_id,
            agent_activity_log.activity_id,
            agent_activity_log.lead_id,
            agent_activity_log.activity_type,
            agent_activity_log.revenue_text,
            agent_activity_log.origin,
            agent_activity_log.occurred_at,
            agent_activity_log.changed_at
           FROM raw.agent_activity_log
        ), renamed AS (
         SELECT source.agent_id,
            source.activity_id,
            source.lead_id,
            source.activity_type,
            source.revenue_text,
                CASE
                    WHEN
                    CASE
                        WHEN (octet_length(source.revenue_text) <= 15) THEN (source.revenue_text ~ '^\s*[+-]?\d+(\.\d+)?\s*$'::text)
                        ELSE (source.revenue_text ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'::text)
                    END THEN round((
                    CASE
                        WHEN ((((source.revenue_text COLLATE "C") >= '!'::text) AND ((source.revenue_text COLLATE "C") <= '~'::text)) AND ((("right"(source.revenue_text, 1) COLLATE "C") >= '!'::text) AND (("right"(source.revenue_text, 1) COLLATE "C") <= '~'::text))) THEN source.revenue_text
                        ELSE regexp_replace(source.revenue_text, '^[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$'::text, ''::text, 'g'::text)
                    END)::numeric, 2)
                    ELSE (0)::numeric
                END AS revenue,
            COALESCE(
                CASE
                    WHEN (octet_length(source.revenue_text) <= 15) THEN (source.revenue_text ~ '^\s*[+-]?\d+(\.\d+)?\s*$'::text)
                    ELSE (source.revenue_text ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'::text)
                END, false) AS is_revenue_readable,
            COALESCE((source.origin = 'trigger'::text), false) AS is_logged_by_trigger,
            ((source.occurred_at AT TIME ZONE 'UTC'::text))::date AS date,
            source.occurred_at
           FROM source
        )
 SELECT agent_id,
    activity_id,
    lead_id,
    activity_type,
    revenue_text,
    revenue,
    is_revenue_readable,
    is_logged_by_trigger,
    date,
    occurred_at
   FROM renamed;
ALTER VIEW staging.stg_agent_activity_log OWNER TO agent_analytics;
COMMENT ON VIEW staging.stg_agent_activity_log IS 'One row per logged activity, in our names and types, with its revenue read and rounded once. Feeds `int_conversions` and the response clock of `int_leads`.';
COMMENT ON COLUMN staging.stg_agent_activity_log.agent_id IS 'Agent who logged the activity; an empty string where it names nobody.';
COMMENT ON COLUMN staging.stg_agent_activity_log.activity_id IS 'The log''s id of the activity.';
COMMENT ON COLUMN staging.stg_agent_activity_log.lead_id IS 'The lead that it is about, if any.';
COMMENT ON COLUMN staging.stg_agent_activity_log.activity_type IS 'Kind of activity; `conversion` and `assignment` carry meaning here.';
COMMENT ON COLUMN staging.stg_agent_activity_log.revenue_text IS 'The revenue as the log has it.';
COMMENT ON COLUMN staging.stg_agent_activity_log.revenue IS 'The revenue, rounded half away from zero to 2 places; 0 where it cannot be read.';
COMMENT ON COLUMN staging.stg_agent_activity_log.is_revenue_readable IS 'Whether the text is a number of at most 15 digits before the decimal point.';
COMMENT ON COLUMN staging.stg_agent_activity_log.is_logged_by_trigger IS 'Whether the trigger on leads logged it, not a person or the CRM.';
COMMENT ON COLUMN staging.stg_agent_activity_log.date IS 'Day of `occurred_at` in the business time zone.';
COMMENT ON COLUMN staging.stg_agent_activity_log.occurred_at IS 'When it happened.';
CREATE VIEW staging.stg_leads AS
 WITH source AS (
         SELECT leads.agent_id,
            leads.lead_id,
            leads.source,
            leads.disposition,
            leads.response_time_hours,
            leads.satisfaction_rating,
            leads.created_at,
            leads.contacted_at,
            leads.interested_at,
            leads.changed_at
           FROM raw.leads
        ), source_names AS (
         SELECT source_names."from",
            source_names."to"
           FROM staging.source_names
        ), renamed AS (
         SELECT source.agent_id,
            source.lead_id,
            NULLIF(
                CASE
                    WHEN ((((source.source COLLATE "C") >= '!'::text) AND ((source.source COLLATE "C") <= '~'::text)) AND ((("right"(source.source, 1) COLLATE "C") >= '!'::text) AND (("right"(source.source, 1) COLLATE "C") <= '~'::text))) THEN source.source
                    ELSE regexp_replace(source.source, '^[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$'::text, ''::text, 'g'::text)
                END, ''::text) AS source_as_written,
            lower(
                CASE
                    WHEN ((((source.disposition COLLATE "C") >= '!'::text) AND ((source.disposition COLLATE "C") <= '~'::text)) AND ((("right"(source.disposition, 1) COLLATE "C") >= '!'::text) AND (("right"(source.disposition, 1) COLLATE "C") <= '~'::text))) THEN source.disposition
                    ELSE regexp_replace(source.disposition, '^[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$'::text, ''::text, 'g'::text)
                END) AS disposition,
            source.response_time_hours,
                CASE
                    WHEN ((source.satisfaction_rating >= 1) AND (source.satisfaction_rating <= 5)) THEN source.satisfaction_rating
                    ELSE NULL::integer
                END AS satisfaction_rating,
            ((source.satisfaction_rating IS NOT NULL) AND ((source.satisfaction_rating < 1) OR (source.satisfaction_rating > 5))) AS is_rating_out_of_range,
            ((source.created_at AT TIME ZONE 'UTC'::text))::date AS lead_date,
            source.created_at,
            source.contacted_at,
            source.interested_at
           FROM source
        ), merged AS (
         SELECT renamed.agent_id,
            renamed.lead_id,
            renamed.source_as_written,
            renamed.disposition,
            renamed.response_time_hours,
            renamed.satisfaction_rating,
            renamed.is_rating_out_of_range,
            renamed.lead_date,
            renamed.created_at,
            renamed.contacted_at,
            renamed.interested_at,
            COALESCE(source_names."to", renamed.source_as_written) AS source_name
           FROM (renamed
             LEFT JOIN source_names ON ((renamed.source_as_written = source_names."from")))
        )
 SELECT agent_id,
    lead_id,
    COALESCE(
        CASE
            WHEN (lower(source_name) <> 'unknown'::text) THEN source_name
            ELSE NULL::text
        END, 'Unknown'::text) AS source,
    disposition,
    response_time_hours,
    satisfaction_rating,
    is_rating_out_of_range,
    lead_date,
    created_at,
    contacted_at,
    interested_at
   FROM merged;
ALTER VIEW staging.stg_leads OWNER TO agent_analytics;
COMMENT ON VIEW staging.stg_leads IS 'One row per lead of the CRM, in our names and types, with its source and disposition cleaned. Feeds `int_leads` and `int_conversions`, and the checks on the source.';
COMMENT ON COLUMN staging.stg_leads.agent_id IS 'Agent to whom the lead is assigned now; an empty string where it is assigned to nobody.';
COMMENT ON COLUMN staging.stg_leads.lead_id IS 'The CRM''s id of the lead.';
COMMENT ON COLUMN staging.stg_leads.source IS 'Where the lead came from: trimmed, spellings merged by the seed `source_names`, `Unknown` where the CRM has nothing or any spelling of that word.';
COMMENT ON COLUMN staging.stg_leads.disposition IS 'Stage of the lead in the CRM''s words, trimmed and in lower case.';
COMMENT ON COLUMN staging.stg_leads.response_time_hours IS 'Hours to the first answer where the CRM keeps them itself.';
COMMENT ON COLUMN staging.stg_leads.satisfaction_rating IS 'Rating from 1 to 5; null where there is none or it is out of range.';
COMMENT ON COLUMN staging.stg_leads.is_rating_out_of_range IS 'Whether the CRM has a rating that is not from 1 to 5.';
COMMENT ON COLUMN staging.stg_leads.lead_date IS 'Date of the lead''s cohort, the day of `created_at` in the business time zone.';
COMMENT ON COLUMN staging.stg_leads.created_at IS 'When the lead came in.';
COMMENT ON COLUMN staging.stg_leads.contacted_at IS 'When the lead was first contacted.';
COMMENT ON COLUMN staging.stg_leads.interested_at IS 'When the lead first showed interest.';
COPY insights.agent_insights (agent_id, insight_id, "position", type, title, message, metric, value, change, is_better, evidence, records, rule_version) FROM stdin;
ana	goal_behind:0:monthly revenue	1	action	Your monthly revenue goal is behind	You are at 1040.5, the target is 2000.	goal	1040.5	\N	f	{"n": 29, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
ben	goal_behind:0:monthly conversions	1	action	Your monthly conversions goal is behind	You are at 1, the target is 2.	goal	1	\N	f	{"n": 29, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
cem	goal_behind:0:quarterly hours to respond	1	action	Your quarterly hours to respond goal is behind	You are at 4, the target is 2.	goal	4	\N	f	{"n": 60, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
\.
COPY insights.agent_month_trend (agent_id, change, reason) FROM stdin;
ana	620.3	\N
ben	-20.0	\N
cem	\N	previous_zero
dot	0.0	\N
\.
COPY insights.agent_trends (agent_id, date_range, metric, current_value, previous_value, change, change_points, unit, is_better, reason) FROM stdin;
cem	7	leads	0	0	0.0	\N	pct	\N	\N
ana	7	leads	2	0	\N	\N	pct	\N	previous_zero
ben	7	leads	0	1	-100.0	\N	pct	f	\N
dot	7	leads	1	0	\N	\N	pct	\N	previous_zero
cem	30	leads	2	0	\N	\N	pct	\N	previous_zero
ana	30	leads	4	2	100.0	\N	pct	t	\N
ben	30	leads	2	1	100.0	\N	pct	t	\N
dot	30	leads	1	0	\N	\N	pct	\N	previous_zero
cem	90	leads	2	0	\N	\N	pct	\N	previous_zero
ana	90	leads	6	0	\N	\N	pct	\N	previous_zero
ben	90	leads	3	0	\N	\N	pct	\N	previous_zero
dot	90	leads	1	0	\N	\N	pct	\N	previous_zero
cem	365	leads	2	0	\N	\N	pct	\N	previous_zero
ana	365	leads	6	0	\N	\N	pct	\N	previous_zero
ben	365	leads	3	0	\N	\N	pct	\N	previous_zero
dot	365	leads	1	0	\N	\N	pct	\N	previous_zero
cem	7	conversion	\N	\N	\N	\N	pct	\N	no_data
ana	7	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	7	conversion	\N	100.0	\N	\N	pct	\N	no_data
dot	7	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	30	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	30	conversion	50.0	50.0	0.0	0.0	pct	\N	\N
ben	30	conversion	50.0	100.0	-50.0	-50.0	pct	f	\N
dot	30	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	90	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	90	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	90	conversion	66.7	\N	\N	\N	pct	\N	no_data
dot	90	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	365	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	365	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	365	conversion	66.7	\N	\N	\N	pct	\N	no_data
dot	365	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	7	revenue	0.00	75.00	-100.0	\N	pct	f	\N
ana	7	revenue	1000.50	0.00	\N	\N	pct	\N	previous_zero
ben	7	revenue	-100.00	300.00	-133.3	\N	pct	f	\N
dot	7	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	30	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	30	revenue	1052.85	-200.00	626.4	\N	pct	t	\N
ben	30	revenue	200.00	250.01	-20.0	\N	pct	f	\N
dot	30	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	90	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	90	revenue	852.85	0.00	\N	\N	pct	\N	previous_zero
ben	90	revenue	450.01	0.00	\N	\N	pct	\N	previous_zero
dot	90	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	365	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	365	revenue	852.85	0.00	\N	\N	pct	\N	previous_zero
ben	365	revenue	450.01	0.00	\N	\N	pct	\N	previous_zero
dot	365	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	7	response	\N	\N	\N	\N	pct	\N	no_data
ben	7	response	\N	4.0	\N	\N	pct	\N	no_data
dot	7	response	\N	\N	\N	\N	pct	\N	no_data
cem	30	response	4.0	\N	\N	\N	pct	\N	no_data
ben	30	response	4.0	0.0	\N	\N	pct	\N	previous_zero
dot	30	response	\N	\N	\N	\N	pct	\N	no_data
cem	90	response	4.0	\N	\N	\N	pct	\N	no_data
ben	90	response	2.7	\N	\N	\N	pct	\N	no_data
dot	90	response	\N	\N	\N	\N	pct	\N	no_data
cem	365	response	4.0	\N	\N	\N	pct	\N	no_data
ben	365	response	2.7	\N	\N	\N	pct	\N	no_data
dot	365	response	\N	\N	\N	\N	pct	\N	no_data
cem	7	responseMedian	\N	\N	\N	\N	pct	\N	no_data
ben	7	responseMedian	\N	4.0	\N	\N	pct	\N	no_data
dot	7	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	30	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	30	responseMedian	4.0	0.0	\N	\N	pct	\N	previous_zero
dot	30	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	90	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	90	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
dot	90	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	365	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	365	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
dot	365	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	7	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	7	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	7	satisfaction	\N	3.0	\N	\N	pct	\N	no_data
dot	7	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	30	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	7	response	1.9	\N	\N	\N	pct	\N	no_data
ana	30	response	1.6	2.0	-20.8	\N	pct	t	\N
ana	90	response	1.7	\N	\N	\N	pct	\N	no_data
ana	365	response	1.7	\N	\N	\N	pct	\N	no_data
ana	7	responseMedian	1.9	\N	\N	\N	pct	\N	no_data
ana	30	responseMedian	1.0	2.0	-50.0	\N	pct	t	\N
ana	90	responseMedian	1.5	\N	\N	\N	pct	\N	no_data
ana	365	responseMedian	1.5	\N	\N	\N	pct	\N	no_data
ana	30	satisfaction	4.5	3.0	50.0	\N	pct	t	\N
ben	30	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	30	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	90	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	90	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	90	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	90	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	365	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	365	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	365	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	365	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	7	ranking	\N	\N	\N	\N	places	\N	no_data
ana	7	ranking	1	\N	\N	\N	places	\N	no_data
ben	7	ranking	\N	1	\N	\N	places	\N	no_data
dot	7	ranking	2	\N	\N	\N	places	\N	no_data
cem	30	ranking	2	\N	\N	\N	places	\N	no_data
ana	30	ranking	1	2	1	\N	places	t	\N
ben	30	ranking	2	1	-1	\N	places	f	\N
dot	30	ranking	4	\N	\N	\N	places	\N	no_data
cem	90	ranking	3	\N	\N	\N	places	\N	no_data
ana	90	ranking	1	\N	\N	\N	places	\N	no_data
ben	90	ranking	2	\N	\N	\N	places	\N	no_data
dot	90	ranking	4	\N	\N	\N	places	\N	no_data
cem	365	ranking	3	\N	\N	\N	places	\N	no_data
ana	365	ranking	1	\N	\N	\N	places	\N	no_data
ben	365	ranking	2	\N	\N	\N	places	\N	no_data
dot	365	ranking	4	\N	\N	\N	places	\N	no_data
\.
COPY insights.insight_basis (agent_id, date_range, metric, value) FROM stdin;
ana	30	leads_handled	4.000000
ana	90	leads_handled	6.000000
ben	30	leads_handled	2.000000
ben	90	leads_handled	3.000000
cem	30	leads_handled	2.000000
cem	90	leads_handled	2.000000
dot	30	leads_handled	1.000000
dot	90	leads_handled	1.000000
ana	30	conversions_booked	4.000000
ana	90	conversions_booked	4.000000
ben	30	conversions_booked	1.000000
ben	90	conversions_booked	3.000000
cem	30	conversions_booked	2.000000
cem	90	conversions_booked	2.000000
dot	30	conversions_booked	0.000000
dot	90	conversions_booked	0.000000
ana	30	conversion_rate_pct	50.000000
ana	90	conversion_rate_pct	50.000000
ben	30	conversion_rate_pct	50.000000
ben	90	conversion_rate_pct	66.700000
cem	30	conversion_rate_pct	50.000000
cem	90	conversion_rate_pct	50.000000
dot	30	conversion_rate_pct	0.000000
dot	90	conversion_rate_pct	0.000000
ana	30	total_revenue	1052.850000
ana	90	total_revenue	852.850000
ben	30	total_revenue	200.000000
ben	90	total_revenue	450.010000
cem	30	total_revenue	75.000000
cem	90	total_revenue	75.000000
dot	30	total_revenue	0.000000
dot	90	total_revenue	0.000000
ben	30	response_time_hours	4.000000
ben	90	response_time_hours	2.700000
cem	30	response_time_hours	4.000000
cem	90	response_time_hours	4.000000
ana	30	satisfaction_score	4.500000
ana	90	satisfaction_score	4.000000
ben	30	satisfaction_score	3.000000
ben	90	satisfaction_score	3.000000
ben	30	unresponded_count	0.000000
ben	90	unresponded_count	0.000000
cem	30	unresponded_count	0.000000
cem	90	unresponded_count	0.000000
dot	30	unresponded_count	1.000000
dot	90	unresponded_count	1.000000
ana	30	rank	1.000000
ana	90	rank	1.000000
ben	30	rank	2.000000
ben	90	rank	2.000000
cem	30	rank	2.000000
cem	90	rank	3.000000
dot	30	rank	4.000000
dot	90	rank	4.000000
ana	30	response_time_hours	1.600000
ana	90	response_time_hours	1.700000
ana	30	unresponded_count	1.000000
ana	90	unresponded_count	1.000000
ana	0	goals	1 2000.00 behind; 2 2.00 achieved
ben	0	goals	4 2.00 behind
cem	0	goals	5 2.00 behind
\.
COPY insights.marts_state (singleton, as_of, fingerprint, load_ids, is_wholly_changed, is_checked, checks, unaccounted_writes) FROM stdin;
t	2024-02-29	a4f0d76f64b2087a	{}	f	t	3c3d39bf30f2277a	{"16467": ["17237", 0], "16480": ["17244", 0], "17275": ["17275", 13], "17284": ["17284", 16], "17297": ["17297", 53], "17312": ["17312", 29], "17321": ["17321", 6], "17326": ["17326", 48], "17336": ["17336", 2190], "17345": ["17345", 324], "17355": ["17355", 48], "17365": ["17365", 6], "17373": ["17373", 24], "17587": ["17587", 17], "17604": ["17604", 16]}
\.
COPY intermediate.int_agents (agent_id) FROM stdin;
cem
ben
dot
ana
\.
COPY intermediate.int_conversions (agent_id, activity_id, lead_id, source, revenue, is_refund, is_revenue_readable, date, occurred_at) FROM stdin;
ana	1	L06	Web	-200.00	t	t	2024-01-20	2024-01-20 12:00:00+00
ben	11	L12	Web	0	f	f	2024-01-12	2024-01-12 09:00:00+00
ben	10	L12	Web	250.01	f	t	2024-01-11	2024-01-11 09:00:00+00
ana	8	L03	Web	1000.50	f	t	2024-02-27	2024-02-27 15:00:00+00
ana	7	X99	Unknown	40.00	f	t	2024-02-10	2024-02-10 10:00:00+00
	20	L13	Web	50.00	f	t	2024-02-16	2024-02-16 10:00:00+00
cem	17	L08	Referral	75.00	f	t	2024-02-21	2024-02-21 10:00:00+00
cem	16	L08	Referral	0	f	f	2024-02-20	2024-02-20 10:00:00+00
ben	14	L08	Referral	-100.00	t	t	2024-02-25	2024-02-25 09:00:00+00
ben	13	L08	Referral	300.00	f	t	2024-02-20	2024-02-20 09:00:00+00
ana	2	L05	Referral	12.35	f	t	2024-01-31	2024-01-31 00:00:00+00
ana	6	L02	Unknown	0	f	f	2024-02-06	2024-02-06 10:00:00+00
cem	18	L09	Unknown	500.00	f	t	2024-03-05	2024-03-05 10:00:00+00
\.
COPY intermediate.int_leads (agent_id, lead_id, source, response_hours, satisfaction_rating, is_contacted, is_interested, is_converted, is_unresponded, is_response_negative, date, contacted_on, interested_on, converted_on, answered_on, contacted_weekday, contacted_hour) FROM stdin;
	L13	Web	0.500000	\N	t	t	t	f	f	2024-02-15	2024-02-15	2024-02-16	2024-02-16	2024-02-15	4	10
ana	L01	Web	1.000000	\N	t	f	f	f	f	2024-02-01	2024-02-01	\N	\N	2024-02-01	4	12
ana	L02	Unknown	\N	5	t	t	t	t	f	2024-02-05	2024-02-06	2024-02-06	2024-02-06	\N	\N	\N
ana	L03	Web	3.500000	4	t	t	t	f	f	2024-02-26	2024-02-26	2024-02-26	2024-02-27	2024-02-26	1	20
ana	L05	Referral	2.000000	3	t	t	t	f	f	2024-01-30	2024-01-31	2024-01-31	2024-01-31	2024-01-31	3	1
ana	L06	Web	\N	\N	t	f	f	f	t	2024-01-01	2023-12-31	\N	\N	2023-12-31	7	23
ben	L07	Web	4.000000	3	t	f	f	f	f	2024-02-10	2024-02-10	\N	\N	2024-02-10	6	13
ben	L08	Referral	4.000000	3	t	t	t	f	f	2024-02-19	2024-02-19	2024-02-20	2024-02-20	2024-02-19	1	14
ben	L12	Web	0.000000	\N	t	t	t	f	f	2024-01-10	2024-01-10	2024-01-11	2024-01-11	2024-01-10	3	9
ben	L14	Web	1.000000	1	t	t	t	f	f	2024-03-01	2024-03-01	\N	\N	2024-03-01	5	1
cem	L09	Unknown	2.000000	\N	t	t	t	f	f	2024-02-12	2024-02-12	2024-03-05	2024-03-05	2024-02-12	1	10
cem	L10	Web	6.000000	\N	t	f	f	f	f	2024-02-13	2024-02-13	\N	\N	2024-02-13	2	12
dot	L11	Unknown	\N	\N	f	f	f	t	f	2024-02-27	\N	\N	\N	\N	\N	\N
ana	L04	Unknown	0.250000	\N	t	f	f	f	f	2024-02-29	2024-02-29	\N	\N	2024-02-29	4	23
\.
COPY marts.agent_funnel (agent_id, date_range, assigned, contacted, interested, converted, contact_rate_pct, interest_rate_pct, conversion_rate_pct, contacted_of_assigned_pct, interested_of_contacted_pct, converted_of_interested_pct) FROM stdin;
ben	7	0	0	0	0	\N	\N	\N	\N	\N	\N
ben	30	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
ben	90	3	3	2	2	100.0	66.7	66.7	100.0	66.7	100.0
ben	365	3	3	2	2	100.0	66.7	66.7	100.0	66.7	100.0
cem	7	0	0	0	0	\N	\N	\N	\N	\N	\N
cem	30	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
cem	90	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
cem	365	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
dot	7	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	30	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	90	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	365	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
ana	7	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
ana	30	4	4	2	2	100.0	50.0	50.0	100.0	50.0	100.0
ana	90	6	6	3	3	100.0	50.0	50.0	100.0	50.0	100.0
ana	365	6	6	3	3	100.0	50.0	50.0	100.0	50.0	100.0
\.
COPY marts.agent_kpis (agent_id, date_range, period, leads_handled, leads_this_week, leads_contacted, leads_interested, leads_converted, conversion_rate_pct, total_revenue, conversions_booked, response_hours_total, response_count, response_time_hours, response_time_median_hours, response_time_median_exact_hours, satisfaction_total, satisfaction_count, satisfaction_score) FROM stdin;
cem	7	current	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ben	7	current	0	0	0	0	0	\N	-100.00	0	0.000000	0	\N	\N	\N	0	0	\N
dot	7	current	1	1	0	0	0	0.0	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	30	current	2	0	2	1	1	50.0	75.00	2	8.000000	2	4.0	4.0	4.0000000	0	0	\N
ben	30	current	2	0	2	1	1	50.0	200.00	1	8.000000	2	4.0	4.0	4.0000000	6	2	3.0
dot	30	current	1	1	0	0	0	0.0	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	90	current	2	0	2	1	1	50.0	75.00	2	8.000000	2	4.0	4.0	4.0000000	0	0	\N
ben	90	current	3	0	3	2	2	66.7	450.01	3	8.000000	3	2.7	4.0	4.0000000	6	2	3.0
dot	90	current	1	1	0	0	0	0.0	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	365	current	2	0	2	1	1	50.0	75.00	2	8.000000	2	4.0	4.0	4.0000000	0	0	\N
ben	365	current	3	0	3	2	2	66.7	450.01	3	8.000000	3	2.7	4.0	4.0000000	6	2	3.0
dot	365	current	1	1	0	0	0	0.0	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	7	previous	0	0	0	0	0	\N	75.00	2	0.000000	0	\N	\N	\N	0	0	\N
ben	7	previous	1	0	1	1	1	100.0	300.00	1	4.000000	1	4.0	4.0	4.0000000	3	1	3.0
dot	7	previous	0	1	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	30	previous	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ben	30	previous	1	0	1	1	1	100.0	250.01	2	0.000000	1	0.0	0.0	0.0000000	0	0	\N
dot	30	previous	0	1	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	90	previous	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ben	90	previous	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
dot	90	previous	0	1	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
cem	365	previous	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ben	365	previous	0	0	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
dot	365	previous	0	1	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ana	7	current	2	2	2	1	1	50.0	1000.50	1	3.750000	2	1.9	1.9	1.8750000	4	1	4.0
ana	30	current	4	2	4	2	2	50.0	1052.85	4	4.750000	3	1.6	1.0	1.0000000	9	2	4.5
ana	90	current	6	2	6	3	3	50.0	852.85	4	6.750000	4	1.7	1.5	1.5000000	12	3	4.0
ana	365	current	6	2	6	3	3	50.0	852.85	4	6.750000	4	1.7	1.5	1.5000000	12	3	4.0
ana	7	previous	0	2	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ana	30	previous	2	2	2	1	1	50.0	-200.00	0	2.000000	1	2.0	2.0	2.0000000	3	1	3.0
ana	90	previous	0	2	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
ana	365	previous	0	2	0	0	0	\N	0.00	0	0.000000	0	\N	\N	\N	0	0	\N
\.
COPY marts.agent_lead_sources (agent_id, date_range, source, lead_count, converted_count, conversion_rate_pct, revenue) FROM stdin;
dot	30	Unknown	1	0	0.0	0.00
cem	30	Unknown	1	1	100.0	0.00
cem	365	Unknown	1	1	100.0	0.00
cem	365	Web	1	0	0.0	0.00
ben	365	Web	2	1	50.0	250.01
dot	90	Unknown	1	0	0.0	0.00
ben	90	Referral	1	1	100.0	200.00
ben	365	Referral	1	1	100.0	200.00
cem	90	Web	1	0	0.0	0.00
ben	90	Web	2	1	50.0	250.01
ben	30	Web	1	0	0.0	0.00
dot	7	Unknown	1	0	0.0	0.00
dot	365	Unknown	1	0	0.0	0.00
cem	90	Unknown	1	1	100.0	0.00
cem	30	Web	1	0	0.0	0.00
ben	30	Referral	1	1	100.0	200.00
cem	30	Referral	0	0	\N	75.00
cem	90	Referral	0	0	\N	75.00
cem	365	Referral	0	0	\N	75.00
ben	7	Referral	0	0	\N	-100.00
ana	365	Referral	1	1	100.0	12.35
ana	365	Web	3	1	33.3	800.50
ana	90	Unknown	2	1	50.0	40.00
ana	30	Web	2	1	50.0	1000.50
ana	365	Unknown	2	1	50.0	40.00
ana	7	Web	1	1	100.0	1000.50
ana	30	Referral	0	0	\N	12.35
ana	90	Referral	1	1	100.0	12.35
ana	90	Web	3	1	33.3	800.50
ana	30	Unknown	2	1	50.0	40.00
ana	7	Unknown	1	0	0.0	0.00
\.
COPY marts.agent_measures (agent_id, date_range, measure, value) FROM stdin;
ana	7	revenue_per_conversion	1000.500000
ana	30	revenue_per_conversion	263.210000
ana	90	revenue_per_conversion	213.210000
ana	365	revenue_per_conversion	213.210000
ben	7	revenue_per_conversion	\N
ben	30	revenue_per_conversion	200.000000
ben	90	revenue_per_conversion	150.000000
ben	365	revenue_per_conversion	150.000000
cem	7	revenue_per_conversion	\N
cem	30	revenue_per_conversion	37.500000
cem	90	revenue_per_conversion	37.500000
cem	365	revenue_per_conversion	37.500000
dot	7	revenue_per_conversion	\N
dot	30	revenue_per_conversion	\N
dot	90	revenue_per_conversion	\N
dot	365	revenue_per_conversion	\N
\.
COPY marts.agent_performance_metrics (agent_id, date, leads_assigned, leads_contacted, leads_interested, leads_converted, revenue_generated, conversions_booked, response_hours_total, response_count, response_time_avg_hours, unresponded_count, negative_response_count, satisfaction_total, satisfaction_count, satisfaction_score, created_at) FROM stdin;
	2024-02-15	1	1	1	1	0.00	0	0.500000	1	0.500000	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
	2024-02-16	0	0	0	0	50.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-01-01	1	1	0	0	0.00	0	0.000000	0	\N	0	1	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-01-20	0	0	0	0	-200.00	0	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-01-30	1	1	1	1	0.00	0	2.000000	1	2.000000	0	0	3	1	3.000000	2025-01-15 17:45:37.506074+00
ana	2024-01-31	0	0	0	0	12.35	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-02-01	1	1	0	0	0.00	0	1.000000	1	1.000000	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-02-05	1	1	1	1	0.00	0	0.000000	0	\N	1	0	5	1	5.000000	2025-01-15 17:45:37.506074+00
ana	2024-02-06	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-02-10	0	0	0	0	40.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-02-26	1	1	1	1	0.00	0	3.500000	1	3.500000	0	0	4	1	4.000000	2025-01-15 17:45:37.506074+00
ana	2024-02-27	0	0	0	0	1000.50	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-01-10	1	1	1	1	0.00	0	0.000000	1	0.000000	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-01-11	0	0	0	0	250.01	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-01-12	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-02-10	1	1	0	0	0.00	0	4.000000	1	4.000000	0	0	3	1	3.000000	2025-01-15 17:45:37.506074+00
ben	2024-02-19	1	1	1	1	0.00	0	4.000000	1	4.000000	0	0	3	1	3.000000	2025-01-15 17:45:37.506074+00
ben	2024-02-20	0	0	0	0	300.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-02-25	0	0	0	0	-100.00	0	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
ben	2024-03-01	1	1	1	1	0.00	0	1.000000	1	1.000000	0	0	1	1	1.000000	2025-01-15 17:45:37.506074+00
cem	2024-02-12	1	1	1	1	0.00	0	2.000000	1	2.000000	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
cem	2024-02-13	1	1	0	0	0.00	0	6.000000	1	6.000000	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
cem	2024-02-20	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
cem	2024-02-21	0	0	0	0	75.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
cem	2024-03-05	0	0	0	0	500.00	1	0.000000	0	\N	0	0	0	0	\N	2025-01-15 17:45:37.506074+00
dot	2024-02-27	1	0	0	0	0.00	0	0.000000	0	\N	1	0	0	0	\N	2025-01-15 17:45:37.506074+00
ana	2024-02-29	1	1	0	0	0.00	0	0.250000	1	0.250000	0	0	0	0	\N	2025-01-15 17:46:16.722295+00
\.
COPY marts.agent_response_rolling (agent_id, date, rolling_7d_hours, rolling_30d_hours) FROM stdin;
ben	2023-03-02	\N	\N
ben	2023-03-03	\N	\N
ben	2023-03-04	\N	\N
ben	2023-03-05	\N	\N
ben	2023-03-06	\N	\N
ben	2023-03-07	\N	\N
ben	2023-03-08	\N	\N
ben	2023-03-09	\N	\N
ben	2023-03-10	\N	\N
ben	2023-03-11	\N	\N
ben	2023-03-12	\N	\N
ben	2023-03-13	\N	\N
ben	2023-03-14	\N	\N
ben	2023-03-15	\N	\N
ben	2023-03-16	\N	\N
ben	2023-03-17	\N	\N
ben	2023-03-18	\N	\N
ben	2023-03-19	\N	\N
ben	2023-03-20	\N	\N
ben	2023-03-21	\N	\N
ben	2023-03-22	\N	\N
ben	2023-03-23	\N	\N
ben	2023-03-24	\N	\N
ben	2023-03-25	\N	\N
ben	2023-03-26	\N	\N
ben	2023-03-27	\N	\N
ben	2023-03-28	\N	\N
ben	2023-03-29	\N	\N
ben	2023-03-30	\N	\N
ben	2023-03-31	\N	\N
ben	2023-04-01	\N	\N
ben	2023-04-02	\N	\N
ben	2023-04-03	\N	\N
ben	2023-04-04	\N	\N
ben	2023-04-05	\N	\N
ben	2023-04-06	\N	\N
ben	2023-04-07	\N	\N
ben	2023-04-08	\N	\N
ben	2023-04-09	\N	\N
ben	2023-04-10	\N	\N
ben	2023-04-11	\N	\N
ben	2023-04-12	\N	\N
ben	2023-04-13	\N	\N
ben	2023-04-14	\N	\N
ben	2023-04-15	\N	\N
ben	2023-04-16	\N	\N
ben	2023-04-17	\N	\N
ben	2023-04-18	\N	\N
ben	2023-04-19	\N	\N
ben	2023-04-20	\N	\N
ben	2023-04-21	\N	\N
ben	2023-04-22	\N	\N
ben	2023-04-23	\N	\N
ben	2023-04-24	\N	\N
ben	2023-04-25	\N	\N
ben	2023-04-26	\N	\N
ben	2023-04-27	\N	\N
ben	2023-04-28	\N	\N
ben	2023-04-29	\N	\N
ben	2023-04-30	\N	\N
ben	2023-05-01	\N	\N
ben	2023-05-02	\N	\N
ben	2023-05-03	\N	\N
ben	2023-05-04	\N	\N
ben	2023-05-05	\N	\N
ben	2023-05-06	\N	\N
ben	2023-05-07	\N	\N
ben	2023-05-08	\N	\N
ben	2023-05-09	\N	\N
ben	2023-05-10	\N	\N
ben	2023-05-11	\N	\N
ben	2023-05-12	\N	\N
ben	2023-05-13	\N	\N
ben	2023-05-14	\N	\N
ben	2023-05-15	\N	\N
ben	2023-05-16	\N	\N
ben	2023-05-17	\N	\N
ben	2023-05-18	\N	\N
ben	2023-05-19	\N	\N
ben	2023-05-20	\N	\N
ben	2023-05-21	\N	\N
ben	2023-05-22	\N	\N
ben	2023-05-23	\N	\N
ben	2023-05-24	\N	\N
ben	2023-05-25	\N	\N
ben	2023-05-26	\N	\N
ben	2023-05-27	\N	\N
ben	2023-05-28	\N	\N
ben	2023-05-29	\N	\N
ben	2023-05-30	\N	\N
ben	2023-05-31	\N	\N
ben	2023-06-01	\N	\N
ben	2023-06-02	\N	\N
ben	2023-06-03	\N	\N
ben	2023-06-04	\N	\N
ben	2023-06-05	\N	\N
ben	2023-06-06	\N	\N
ben	2023-06-07	\N	\N
ben	2023-06-08	\N	\N
ben	2023-06-09	\N	\N
ben	2023-06-10	\N	\N
ben	2023-06-11	\N	\N
ben	2023-06-12	\N	\N
ben	2023-06-13	\N	\N
ben	2023-06-14	\N	\N
ben	2023-06-15	\N	\N
ben	2023-06-16	\N	\N
ben	2023-06-17	\N	\N
ben	2023-06-18	\N	\N
ben	2023-06-19	\N	\N
ben	2023-06-20	\N	\N
ben	2023-06-21	\N	\N
ben	2023-06-22	\N	\N
ben	2023-06-23	\N	\N
ben	2023-06-24	\N	\N
ben	2023-06-25	\N	\N
ben	2023-06-26	\N	\N
ben	2023-06-27	\N	\N
ben	2023-06-28	\N	\N
ben	2023-06-29	\N	\N
ben	2023-06-30	\N	\N
ben	2023-07-01	\N	\N
ben	2023-07-02	\N	\N
ben	2023-07-03	\N	\N
ben	2023-07-04	\N	\N
ben	2023-07-05	\N	\N
ben	2023-07-06	\N	\N
ben	2023-07-07	\N	\N
ben	2023-07-08	\N	\N
ben	2023-07-09	\N	\N
ben	2023-07-10	\N	\N
ben	2023-07-11	\N	\N
ben	2023-07-12	\N	\N
ben	2023-07-13	\N	\N
ben	2023-07-14	\N	\N
ben	2023-07-15	\N	\N
ben	2023-07-16	\N	\N
ben	2023-07-17	\N	\N
ben	2023-07-18	\N	\N
ben	2023-07-19	\N	\N
ben	2023-07-20	\N	\N
ben	2023-07-21	\N	\N
ben	2023-07-22	\N	\N
ben	2023-07-23	\N	\N
ben	2023-07-24	\N	\N
ben	2023-07-25	\N	\N
ben	2023-07-26	\N	\N
ben	2023-07-27	\N	\N
ben	2023-07-28	\N	\N
ben	2023-07-29	\N	\N
ben	2023-07-30	\N	\N
ben	2023-07-31	\N	\N
ben	2023-08-01	\N	\N
ben	2023-08-02	\N	\N
ben	2023-08-03	\N	\N
ben	2023-08-04	\N	\N
ben	2023-08-05	\N	\N
ben	2023-08-06	\N	\N
ben	2023-08-07	\N	\N
ben	2023-08-08	\N	\N
ben	2023-08-09	\N	\N
ben	2023-08-10	\N	\N
ben	2023-08-11	\N	\N
ben	2023-08-12	\N	\N
ben	2023-08-13	\N	\N
ben	2023-08-14	\N	\N
ben	2023-08-15	\N	\N
ben	2023-08-16	\N	\N
ben	2023-08-17	\N	\N
ben	2023-08-18	\N	\N
ben	2023-08-19	\N	\N
ben	2023-08-20	\N	\N
ben	2023-08-21	\N	\N
ben	2023-08-22	\N	\N
ben	2023-08-23	\N	\N
ben	2023-08-24	\N	\N
ben	2023-08-25	\N	\N
ben	2023-08-26	\N	\N
ben	2023-08-27	\N	\N
ben	2023-08-28	\N	\N
ben	2023-08-29	\N	\N
ben	2023-08-30	\N	\N
ben	2023-08-31	\N	\N
ben	2023-09-01	\N	\N
ben	2023-09-02	\N	\N
ben	2023-09-03	\N	\N
ben	2023-09-04	\N	\N
ben	2023-09-05	\N	\N
ben	2023-09-06	\N	\N
ben	2023-09-07	\N	\N
ben	2023-09-08	\N	\N
ben	2023-09-09	\N	\N
ben	2023-09-10	\N	\N
ben	2023-09-11	\N	\N
ben	2023-09-12	\N	\N
ben	2023-09-13	\N	\N
ben	2023-09-14	\N	\N
ben	2023-09-15	\N	\N
ben	2023-09-16	\N	\N
ben	2023-09-17	\N	\N
ben	2023-09-18	\N	\N
ben	2023-09-19	\N	\N
ben	2023-09-20	\N	\N
ben	2023-09-21	\N	\N
ben	2023-09-22	\N	\N
ben	2023-09-23	\N	\N
ben	2023-09-24	\N	\N
ben	2023-09-25	\N	\N
ben	2023-09-26	\N	\N
ben	2023-09-27	\N	\N
ben	2023-09-28	\N	\N
ben	2023-09-29	\N	\N
ben	2023-09-30	\N	\N
ben	2023-10-01	\N	\N
ben	2023-10-02	\N	\N
ben	2023-10-03	\N	\N
ben	2023-10-04	\N	\N
ben	2023-10-05	\N	\N
ben	2023-10-06	\N	\N
ben	2023-10-07	\N	\N
ben	2023-10-08	\N	\N
ben	2023-10-09	\N	\N
ben	2023-10-10	\N	\N
ben	2023-10-11	\N	\N
ben	2023-10-12	\N	\N
ben	2023-10-13	\N	\N
ben	2023-10-14	\N	\N
ben	2023-10-15	\N	\N
ben	2023-10-16	\N	\N
ben	2023-10-17	\N	\N
ben	2023-10-18	\N	\N
ben	2023-10-19	\N	\N
ben	2023-10-20	\N	\N
ben	2023-10-21	\N	\N
ben	2023-10-22	\N	\N
ben	2023-10-23	\N	\N
ben	2023-10-24	\N	\N
ben	2023-10-25	\N	\N
ben	2023-10-26	\N	\N
ben	2023-10-27	\N	\N
ben	2023-10-28	\N	\N
ben	2023-10-29	\N	\N
ben	2023-10-30	\N	\N
ben	2023-10-31	\N	\N
ben	2023-11-01	\N	\N
ben	2023-11-02	\N	\N
ben	2023-11-03	\N	\N
ben	2023-11-04	\N	\N
ben	2023-11-05	\N	\N
ben	2023-11-06	\N	\N
ben	2023-11-07	\N	\N
ben	2023-11-08	\N	\N
ben	2023-11-09	\N	\N
ben	2023-11-10	\N	\N
ben	2023-11-11	\N	\N
ben	2023-11-12	\N	\N
ben	2023-11-13	\N	\N
ben	2023-11-14	\N	\N
ben	2023-11-15	\N	\N
ben	2023-11-16	\N	\N
ben	2023-11-17	\N	\N
ben	2023-11-18	\N	\N
ben	2023-11-19	\N	\N
ben	2023-11-20	\N	\N
ben	2023-11-21	\N	\N
ben	2023-11-22	\N	\N
ben	2023-11-23	\N	\N
ben	2023-11-24	\N	\N
ben	2023-11-25	\N	\N
ben	2023-11-26	\N	\N
ben	2023-11-27	\N	\N
ben	2023-11-28	\N	\N
ben	2023-11-29	\N	\N
ben	2023-11-30	\N	\N
ben	2023-12-01	\N	\N
ben	2023-12-02	\N	\N
ben	2023-12-03	\N	\N
ben	2023-12-04	\N	\N
ben	2023-12-05	\N	\N
ben	2023-12-06	\N	\N
ben	2023-12-07	\N	\N
ben	2023-12-08	\N	\N
ben	2023-12-09	\N	\N
ben	2023-12-10	\N	\N
ben	2023-12-11	\N	\N
ben	2023-12-12	\N	\N
ben	2023-12-13	\N	\N
ben	2023-12-14	\N	\N
ben	2023-12-15	\N	\N
ben	2023-12-16	\N	\N
ben	2023-12-17	\N	\N
ben	2023-12-18	\N	\N
ben	2023-12-19	\N	\N
ben	2023-12-20	\N	\N
ben	2023-12-21	\N	\N
ben	2023-12-22	\N	\N
ben	2023-12-23	\N	\N
ben	2023-12-24	\N	\N
ben	2023-12-25	\N	\N
ben	2023-12-26	\N	\N
ben	2023-12-27	\N	\N
ben	2023-12-28	\N	\N
ben	2023-12-29	\N	\N
ben	2023-12-30	\N	\N
ben	2023-12-31	\N	\N
ben	2024-01-01	\N	\N
ben	2024-01-02	\N	\N
ben	2024-01-03	\N	\N
ben	2024-01-04	\N	\N
ben	2024-01-05	\N	\N
ben	2024-01-06	\N	\N
ben	2024-01-07	\N	\N
ben	2024-01-08	\N	\N
ben	2024-01-09	\N	\N
ben	2024-01-10	0.0	0.0
ben	2024-01-11	0.0	0.0
ben	2024-01-12	0.0	0.0
ben	2024-01-13	0.0	0.0
ben	2024-01-14	0.0	0.0
ben	2024-01-15	0.0	0.0
ben	2024-01-16	0.0	0.0
ben	2024-01-17	\N	0.0
ben	2024-01-18	\N	0.0
ben	2024-01-19	\N	0.0
ben	2024-01-20	\N	0.0
ben	2024-01-21	\N	0.0
ben	2024-01-22	\N	0.0
ben	2024-01-23	\N	0.0
ben	2024-01-24	\N	0.0
ben	2024-01-25	\N	0.0
ben	2024-01-26	\N	0.0
ben	2024-01-27	\N	0.0
ben	2024-01-28	\N	0.0
ben	2024-01-29	\N	0.0
ben	2024-01-30	\N	0.0
ben	2024-01-31	\N	0.0
ben	2024-02-01	\N	0.0
ben	2024-02-02	\N	0.0
ben	2024-02-03	\N	0.0
ben	2024-02-04	\N	0.0
ben	2024-02-05	\N	0.0
ben	2024-02-06	\N	0.0
ben	2024-02-07	\N	0.0
ben	2024-02-08	\N	0.0
ben	2024-02-09	\N	\N
ben	2024-02-10	4.0	4.0
ben	2024-02-11	4.0	4.0
ben	2024-02-12	4.0	4.0
ben	2024-02-13	4.0	4.0
ben	2024-02-14	4.0	4.0
ben	2024-02-15	4.0	4.0
ben	2024-02-16	4.0	4.0
ben	2024-02-17	\N	4.0
ben	2024-02-18	\N	4.0
ben	2024-02-19	4.0	4.0
ben	2024-02-20	4.0	4.0
ben	2024-02-21	4.0	4.0
ben	2024-02-22	4.0	4.0
ben	2024-02-23	4.0	4.0
ben	2024-02-24	4.0	4.0
ben	2024-02-25	4.0	4.0
ben	2024-02-26	\N	4.0
ben	2024-02-27	\N	4.0
ben	2024-02-28	\N	4.0
ben	2024-02-29	\N	4.0
cem	2023-03-02	\N	\N
cem	2023-03-03	\N	\N
cem	2023-03-04	\N	\N
cem	2023-03-05	\N	\N
cem	2023-03-06	\N	\N
cem	2023-03-07	\N	\N
cem	2023-03-08	\N	\N
cem	2023-03-09	\N	\N
cem	2023-03-10	\N	\N
cem	2023-03-11	\N	\N
cem	2023-03-12	\N	\N
cem	2023-03-13	\N	\N
cem	2023-03-14	\N	\N
cem	2023-03-15	\N	\N
cem	2023-03-16	\N	\N
cem	2023-03-17	\N	\N
cem	2023-03-18	\N	\N
cem	2023-03-19	\N	\N
cem	2023-03-20	\N	\N
cem	2023-03-21	\N	\N
cem	2023-03-22	\N	\N
cem	2023-03-23	\N	\N
cem	2023-03-24	\N	\N
cem	2023-03-25	\N	\N
cem	2023-03-26	\N	\N
cem	2023-03-27	\N	\N
cem	2023-03-28	\N	\N
cem	2023-03-29	\N	\N
cem	2023-03-30	\N	\N
cem	2023-03-31	\N	\N
cem	2023-04-01	\N	\N
cem	2023-04-02	\N	\N
cem	2023-04-03	\N	\N
cem	2023-04-04	\N	\N
cem	2023-04-05	\N	\N
cem	2023-04-06	\N	\N
cem	2023-04-07	\N	\N
cem	2023-04-08	\N	\N
cem	2023-04-09	\N	\N
cem	2023-04-10	\N	\N
cem	2023-04-11	\N	\N
cem	2023-04-12	\N	\N
cem	2023-04-13	\N	\N
cem	2023-04-14	\N	\N
cem	2023-04-15	\N	\N
cem	2023-04-16	\N	\N
cem	2023-04-17	\N	\N
cem	2023-04-18	\N	\N
cem	2023-04-19	\N	\N
cem	2023-04-20	\N	\N
cem	2023-04-21	\N	\N
cem	2023-04-22	\N	\N
cem	2023-04-23	\N	\N
cem	2023-04-24	\N	\N
cem	2023-04-25	\N	\N
cem	2023-04-26	\N	\N
cem	2023-04-27	\N	\N
cem	2023-04-28	\N	\N
cem	2023-04-29	\N	\N
cem	2023-04-30	\N	\N
cem	2023-05-01	\N	\N
cem	2023-05-02	\N	\N
cem	2023-05-03	\N	\N
cem	2023-05-04	\N	\N
cem	2023-05-05	\N	\N
cem	2023-05-06	\N	\N
cem	2023-05-07	\N	\N
cem	2023-05-08	\N	\N
cem	2023-05-09	\N	\N
cem	2023-05-10	\N	\N
cem	2023-05-11	\N	\N
cem	2023-05-12	\N	\N
cem	2023-05-13	\N	\N
cem	2023-05-14	\N	\N
cem	2023-05-15	\N	\N
cem	2023-05-16	\N	\N
cem	2023-05-17	\N	\N
cem	2023-05-18	\N	\N
cem	2023-05-19	\N	\N
cem	2023-05-20	\N	\N
cem	2023-05-21	\N	\N
cem	2023-05-22	\N	\N
cem	2023-05-23	\N	\N
cem	2023-05-24	\N	\N
cem	2023-05-25	\N	\N
cem	2023-05-26	\N	\N
cem	2023-05-27	\N	\N
cem	2023-05-28	\N	\N
cem	2023-05-29	\N	\N
cem	2023-05-30	\N	\N
cem	2023-05-31	\N	\N
cem	2023-06-01	\N	\N
cem	2023-06-02	\N	\N
cem	2023-06-03	\N	\N
cem	2023-06-04	\N	\N
cem	2023-06-05	\N	\N
cem	2023-06-06	\N	\N
cem	2023-06-07	\N	\N
cem	2023-06-08	\N	\N
cem	2023-06-09	\N	\N
cem	2023-06-10	\N	\N
cem	2023-06-11	\N	\N
cem	2023-06-12	\N	\N
cem	2023-06-13	\N	\N
cem	2023-06-14	\N	\N
cem	2023-06-15	\N	\N
cem	2023-06-16	\N	\N
cem	2023-06-17	\N	\N
cem	2023-06-18	\N	\N
cem	2023-06-19	\N	\N
cem	2023-06-20	\N	\N
cem	2023-06-21	\N	\N
cem	2023-06-22	\N	\N
cem	2023-06-23	\N	\N
cem	2023-06-24	\N	\N
cem	2023-06-25	\N	\N
cem	2023-06-26	\N	\N
cem	2023-06-27	\N	\N
cem	2023-06-28	\N	\N
cem	2023-06-29	\N	\N
cem	2023-06-30	\N	\N
cem	2023-07-01	\N	\N
cem	2023-07-02	\N	\N
cem	2023-07-03	\N	\N
cem	2023-07-04	\N	\N
cem	2023-07-05	\N	\N
cem	2023-07-06	\N	\N
cem	2023-07-07	\N	\N
cem	2023-07-08	\N	\N
cem	2023-07-09	\N	\N
cem	2023-07-10	\N	\N
cem	2023-07-11	\N	\N
cem	2023-07-12	\N	\N
cem	2023-07-13	\N	\N
cem	2023-07-14	\N	\N
cem	2023-07-15	\N	\N
cem	2023-07-16	\N	\N
cem	2023-07-17	\N	\N
cem	2023-07-18	\N	\N
cem	2023-07-19	\N	\N
cem	2023-07-20	\N	\N
cem	2023-07-21	\N	\N
cem	2023-07-22	\N	\N
cem	2023-07-23	\N	\N
cem	2023-07-24	\N	\N
cem	2023-07-25	\N	\N
cem	2023-07-26	\N	\N
cem	2023-07-27	\N	\N
cem	2023-07-28	\N	\N
cem	2023-07-29	\N	\N
cem	2023-07-30	\N	\N
cem	2023-07-31	\N	\N
cem	2023-08-01	\N	\N
cem	2023-08-02	\N	\N
cem	2023-08-03	\N	\N
cem	2023-08-04	\N	\N
cem	2023-08-05	\N	\N
cem	2023-08-06	\N	\N
cem	2023-08-07	\N	\N
cem	2023-08-08	\N	\N
cem	2023-08-09	\N	\N
cem	2023-08-10	\N	\N
cem	2023-08-11	\N	\N
cem	2023-08-12	\N	\N
cem	2023-08-13	\N	\N
cem	2023-08-14	\N	\N
cem	2023-08-15	\N	\N
cem	2023-08-16	\N	\N
cem	2023-08-17	\N	\N
cem	2023-08-18	\N	\N
cem	2023-08-19	\N	\N
cem	2023-08-20	\N	\N
cem	2023-08-21	\N	\N
cem	2023-08-22	\N	\N
cem	2023-08-23	\N	\N
cem	2023-08-24	\N	\N
cem	2023-08-25	\N	\N
cem	2023-08-26	\N	\N
cem	2023-08-27	\N	\N
cem	2023-08-28	\N	\N
cem	2023-08-29	\N	\N
cem	2023-08-30	\N	\N
cem	2023-08-31	\N	\N
cem	2023-09-01	\N	\N
cem	2023-09-02	\N	\N
cem	2023-09-03	\N	\N
cem	2023-09-04	\N	\N
cem	2023-09-05	\N	\N
cem	2023-09-06	\N	\N
cem	2023-09-07	\N	\N
cem	2023-09-08	\N	\N
cem	2023-09-09	\N	\N
cem	2023-09-10	\N	\N
cem	2023-09-11	\N	\N
cem	2023-09-12	\N	\N
cem	2023-09-13	\N	\N
cem	2023-09-14	\N	\N
cem	2023-09-15	\N	\N
cem	2023-09-16	\N	\N
cem	2023-09-17	\N	\N
cem	2023-09-18	\N	\N
cem	2023-09-19	\N	\N
cem	2023-09-20	\N	\N
cem	2023-09-21	\N	\N
cem	2023-09-22	\N	\N
cem	2023-09-23	\N	\N
cem	2023-09-24	\N	\N
cem	2023-09-25	\N	\N
cem	2023-09-26	\N	\N
cem	2023-09-27	\N	\N
cem	2023-09-28	\N	\N
cem	2023-09-29	\N	\N
cem	2023-09-30	\N	\N
cem	2023-10-01	\N	\N
cem	2023-10-02	\N	\N
cem	2023-10-03	\N	\N
cem	2023-10-04	\N	\N
cem	2023-10-05	\N	\N
cem	2023-10-06	\N	\N
cem	2023-10-07	\N	\N
cem	2023-10-08	\N	\N
cem	2023-10-09	\N	\N
cem	2023-10-10	\N	\N
cem	2023-10-11	\N	\N
cem	2023-10-12	\N	\N
cem	2023-10-13	\N	\N
cem	2023-10-14	\N	\N
cem	2023-10-15	\N	\N
cem	2023-10-16	\N	\N
cem	2023-10-17	\N	\N
cem	2023-10-18	\N	\N
cem	2023-10-19	\N	\N
cem	2023-10-20	\N	\N
cem	2023-10-21	\N	\N
cem	2023-10-22	\N	\N
cem	2023-10-23	\N	\N
cem	2023-10-24	\N	\N
cem	2023-10-25	\N	\N
cem	2023-10-26	\N	\N
cem	2023-10-27	\N	\N
cem	2023-10-28	\N	\N
cem	2023-10-29	\N	\N
cem	2023-10-30	\N	\N
cem	2023-10-31	\N	\N
cem	2023-11-01	\N	\N
cem	2023-11-02	\N	\N
cem	2023-11-03	\N	\N
cem	2023-11-04	\N	\N
cem	2023-11-05	\N	\N
cem	2023-11-06	\N	\N
cem	2023-11-07	\N	\N
cem	2023-11-08	\N	\N
cem	2023-11-09	\N	\N
cem	2023-11-10	\N	\N
cem	2023-11-11	\N	\N
cem	2023-11-12	\N	\N
cem	2023-11-13	\N	\N
cem	2023-11-14	\N	\N
cem	2023-11-15	\N	\N
cem	2023-11-16	\N	\N
cem	2023-11-17	\N	\N
cem	2023-11-18	\N	\N
cem	2023-11-19	\N	\N
cem	2023-11-20	\N	\N
cem	2023-11-21	\N	\N
cem	2023-11-22	\N	\N
cem	2023-11-23	\N	\N
cem	2023-11-24	\N	\N
cem	2023-11-25	\N	\N
cem	2023-11-26	\N	\N
cem	2023-11-27	\N	\N
cem	2023-11-28	\N	\N
cem	2023-11-29	\N	\N
cem	2023-11-30	\N	\N
cem	2023-12-01	\N	\N
cem	2023-12-02	\N	\N
cem	2023-12-03	\N	\N
cem	2023-12-04	\N	\N
cem	2023-12-05	\N	\N
cem	2023-12-06	\N	\N
cem	2023-12-07	\N	\N
cem	2023-12-08	\N	\N
cem	2023-12-09	\N	\N
cem	2023-12-10	\N	\N
cem	2023-12-11	\N	\N
cem	2023-12-12	\N	\N
cem	2023-12-13	\N	\N
cem	2023-12-14	\N	\N
cem	2023-12-15	\N	\N
cem	2023-12-16	\N	\N
cem	2023-12-17	\N	\N
cem	2023-12-18	\N	\N
cem	2023-12-19	\N	\N
cem	2023-12-20	\N	\N
cem	2023-12-21	\N	\N
cem	2023-12-22	\N	\N
cem	2023-12-23	\N	\N
cem	2023-12-24	\N	\N
cem	2023-12-25	\N	\N
cem	2023-12-26	\N	\N
cem	2023-12-27	\N	\N
cem	2023-12-28	\N	\N
cem	2023-12-29	\N	\N
cem	2023-12-30	\N	\N
cem	2023-12-31	\N	\N
cem	2024-01-01	\N	\N
cem	2024-01-02	\N	\N
cem	2024-01-03	\N	\N
cem	2024-01-04	\N	\N
cem	2024-01-05	\N	\N
cem	2024-01-06	\N	\N
cem	2024-01-07	\N	\N
cem	2024-01-08	\N	\N
cem	2024-01-09	\N	\N
cem	2024-01-10	\N	\N
cem	2024-01-11	\N	\N
cem	2024-01-12	\N	\N
cem	2024-01-13	\N	\N
cem	2024-01-14	\N	\N
cem	2024-01-15	\N	\N
cem	2024-01-16	\N	\N
cem	2024-01-17	\N	\N
cem	2024-01-18	\N	\N
cem	2024-01-19	\N	\N
cem	2024-01-20	\N	\N
cem	2024-01-21	\N	\N
cem	2024-01-22	\N	\N
cem	2024-01-23	\N	\N
cem	2024-01-24	\N	\N
cem	2024-01-25	\N	\N
cem	2024-01-26	\N	\N
cem	2024-01-27	\N	\N
cem	2024-01-28	\N	\N
cem	2024-01-29	\N	\N
cem	2024-01-30	\N	\N
cem	2024-01-31	\N	\N
cem	2024-02-01	\N	\N
cem	2024-02-02	\N	\N
cem	2024-02-03	\N	\N
cem	2024-02-04	\N	\N
cem	2024-02-05	\N	\N
cem	2024-02-06	\N	\N
cem	2024-02-07	\N	\N
cem	2024-02-08	\N	\N
cem	2024-02-09	\N	\N
cem	2024-02-10	\N	\N
cem	2024-02-11	\N	\N
cem	2024-02-12	2.0	2.0
cem	2024-02-13	4.0	4.0
cem	2024-02-14	4.0	4.0
cem	2024-02-15	4.0	4.0
cem	2024-02-16	4.0	4.0
cem	2024-02-17	4.0	4.0
cem	2024-02-18	4.0	4.0
cem	2024-02-19	6.0	4.0
cem	2024-02-20	\N	4.0
cem	2024-02-21	\N	4.0
cem	2024-02-22	\N	4.0
cem	2024-02-23	\N	4.0
cem	2024-02-24	\N	4.0
cem	2024-02-25	\N	4.0
cem	2024-02-26	\N	4.0
cem	2024-02-27	\N	4.0
cem	2024-02-28	\N	4.0
cem	2024-02-29	\N	4.0
dot	2023-03-02	\N	\N
dot	2023-03-03	\N	\N
dot	2023-03-04	\N	\N
dot	2023-03-05	\N	\N
dot	2023-03-06	\N	\N
dot	2023-03-07	\N	\N
dot	2023-03-08	\N	\N
dot	2023-03-09	\N	\N
dot	2023-03-10	\N	\N
dot	2023-03-11	\N	\N
dot	2023-03-12	\N	\N
dot	2023-03-13	\N	\N
dot	2023-03-14	\N	\N
dot	2023-03-15	\N	\N
dot	2023-03-16	\N	\N
dot	2023-03-17	\N	\N
dot	2023-03-18	\N	\N
dot	2023-03-19	\N	\N
dot	2023-03-20	\N	\N
dot	2023-03-21	\N	\N
dot	2023-03-22	\N	\N
dot	2023-03-23	\N	\N
dot	2023-03-24	\N	\N
dot	2023-03-25	\N	\N
dot	2023-03-26	\N	\N
dot	2023-03-27	\N	\N
dot	2023-03-28	\N	\N
dot	2023-03-29	\N	\N
dot	2023-03-30	\N	\N
dot	2023-03-31	\N	\N
dot	2023-04-01	\N	\N
dot	2023-04-02	\N	\N
dot	2023-04-03	\N	\N
dot	2023-04-04	\N	\N
dot	2023-04-05	\N	\N
dot	2023-04-06	\N	\N
dot	2023-04-07	\N	\N
dot	2023-04-08	\N	\N
dot	2023-04-09	\N	\N
dot	2023-04-10	\N	\N
dot	2023-04-11	\N	\N
dot	2023-04-12	\N	\N
dot	2023-04-13	\N	\N
dot	2023-04-14	\N	\N
dot	2023-04-15	\N	\N
dot	2023-04-16	\N	\N
dot	2023-04-17	\N	\N
dot	2023-04-18	\N	\N
dot	2023-04-19	\N	\N
dot	2023-04-20	\N	\N
dot	2023-04-21	\N	\N
dot	2023-04-22	\N	\N
dot	2023-04-23	\N	\N
dot	2023-04-24	\N	\N
dot	2023-04-25	\N	\N
dot	2023-04-26	\N	\N
dot	2023-04-27	\N	\N
dot	2023-04-28	\N	\N
dot	2023-04-29	\N	\N
dot	2023-04-30	\N	\N
dot	2023-05-01	\N	\N
dot	2023-05-02	\N	\N
dot	2023-05-03	\N	\N
dot	2023-05-04	\N	\N
dot	2023-05-05	\N	\N
dot	2023-05-06	\N	\N
dot	2023-05-07	\N	\N
dot	2023-05-08	\N	\N
dot	2023-05-09	\N	\N
dot	2023-05-10	\N	\N
dot	2023-05-11	\N	\N
dot	2023-05-12	\N	\N
dot	2023-05-13	\N	\N
dot	2023-05-14	\N	\N
dot	2023-05-15	\N	\N
dot	2023-05-16	\N	\N
dot	2023-05-17	\N	\N
dot	2023-05-18	\N	\N
dot	2023-05-19	\N	\N
dot	2023-05-20	\N	\N
dot	2023-05-21	\N	\N
dot	2023-05-22	\N	\N
dot	2023-05-23	\N	\N
dot	2023-05-24	\N	\N
dot	2023-05-25	\N	\N
dot	2023-05-26	\N	\N
dot	2023-05-27	\N	\N
dot	2023-05-28	\N	\N
dot	2023-05-29	\N	\N
dot	2023-05-30	\N	\N
dot	2023-05-31	\N	\N
dot	2023-06-01	\N	\N
dot	2023-06-02	\N	\N
dot	2023-06-03	\N	\N
dot	2023-06-04	\N	\N
dot	2023-06-05	\N	\N
dot	2023-06-06	\N	\N
dot	2023-06-07	\N	\N
dot	2023-06-08	\N	\N
dot	2023-06-09	\N	\N
dot	2023-06-10	\N	\N
dot	2023-06-11	\N	\N
dot	2023-06-12	\N	\N
dot	2023-06-13	\N	\N
dot	2023-06-14	\N	\N
dot	2023-06-15	\N	\N
dot	2023-06-16	\N	\N
dot	2023-06-17	\N	\N
dot	2023-06-18	\N	\N
dot	2023-06-19	\N	\N
dot	2023-06-20	\N	\N
dot	2023-06-21	\N	\N
dot	2023-06-22	\N	\N
dot	2023-06-23	\N	\N
dot	2023-06-24	\N	\N
dot	2023-06-25	\N	\N
dot	2023-06-26	\N	\N
dot	2023-06-27	\N	\N
dot	2023-06-28	\N	\N
dot	2023-06-29	\N	\N
dot	2023-06-30	\N	\N
dot	2023-07-01	\N	\N
dot	2023-07-02	\N	\N
dot	2023-07-03	\N	\N
dot	2023-07-04	\N	\N
dot	2023-07-05	\N	\N
dot	2023-07-06	\N	\N
dot	2023-07-07	\N	\N
dot	2023-07-08	\N	\N
dot	2023-07-09	\N	\N
dot	2023-07-10	\N	\N
dot	2023-07-11	\N	\N
dot	2023-07-12	\N	\N
dot	2023-07-13	\N	\N
dot	2023-07-14	\N	\N
dot	2023-07-15	\N	\N
dot	2023-07-16	\N	\N
dot	2023-07-17	\N	\N
dot	2023-07-18	\N	\N
dot	2023-07-19	\N	\N
dot	2023-07-20	\N	\N
dot	2023-07-21	\N	\N
dot	2023-07-22	\N	\N
dot	2023-07-23	\N	\N
dot	2023-07-24	\N	\N
dot	2023-07-25	\N	\N
dot	2023-07-26	\N	\N
dot	2023-07-27	\N	\N
dot	2023-07-28	\N	\N
dot	2023-07-29	\N	\N
dot	2023-07-30	\N	\N
dot	2023-07-31	\N	\N
dot	2023-08-01	\N	\N
dot	2023-08-02	\N	\N
dot	2023-08-03	\N	\N
dot	2023-08-04	\N	\N
dot	2023-08-05	\N	\N
dot	2023-08-06	\N	\N
dot	2023-08-07	\N	\N
dot	2023-08-08	\N	\N
dot	2023-08-09	\N	\N
dot	2023-08-10	\N	\N
dot	2023-08-11	\N	\N
dot	2023-08-12	\N	\N
dot	2023-08-13	\N	\N
dot	2023-08-14	\N	\N
dot	2023-08-15	\N	\N
dot	2023-08-16	\N	\N
dot	2023-08-17	\N	\N
dot	2023-08-18	\N	\N
dot	2023-08-19	\N	\N
dot	2023-08-20	\N	\N
dot	2023-08-21	\N	\N
dot	2023-08-22	\N	\N
dot	2023-08-23	\N	\N
dot	2023-08-24	\N	\N
dot	2023-08-25	\N	\N
dot	2023-08-26	\N	\N
dot	2023-08-27	\N	\N
dot	2023-08-28	\N	\N
dot	2023-08-29	\N	\N
dot	2023-08-30	\N	\N
dot	2023-08-31	\N	\N
dot	2023-09-01	\N	\N
dot	2023-09-02	\N	\N
dot	2023-09-03	\N	\N
dot	2023-09-04	\N	\N
dot	2023-09-05	\N	\N
dot	2023-09-06	\N	\N
dot	2023-09-07	\N	\N
dot	2023-09-08	\N	\N
dot	2023-09-09	\N	\N
dot	2023-09-10	\N	\N
dot	2023-09-11	\N	\N
dot	2023-09-12	\N	\N
dot	2023-09-13	\N	\N
dot	2023-09-14	\N	\N
dot	2023-09-15	\N	\N
dot	2023-09-16	\N	\N
dot	2023-09-17	\N	\N
dot	2023-09-18	\N	\N
dot	2023-09-19	\N	\N
dot	2023-09-20	\N	\N
dot	2023-09-21	\N	\N
dot	2023-09-22	\N	\N
dot	2023-09-23	\N	\N
dot	2023-09-24	\N	\N
dot	2023-09-25	\N	\N
dot	2023-09-26	\N	\N
dot	2023-09-27	\N	\N
dot	2023-09-28	\N	\N
dot	2023-09-29	\N	\N
dot	2023-09-30	\N	\N
dot	2023-10-01	\N	\N
dot	2023-10-02	\N	\N
dot	2023-10-03	\N	\N
dot	2023-10-04	\N	\N
dot	2023-10-05	\N	\N
dot	2023-10-06	\N	\N
dot	2023-10-07	\N	\N
dot	2023-10-08	\N	\N
dot	2023-10-09	\N	\N
dot	2023-10-10	\N	\N
dot	2023-10-11	\N	\N
dot	2023-10-12	\N	\N
dot	2023-10-13	\N	\N
dot	2023-10-14	\N	\N
dot	2023-10-15	\N	\N
dot	2023-10-16	\N	\N
dot	2023-10-17	\N	\N
dot	2023-10-18	\N	\N
dot	2023-10-19	\N	\N
dot	2023-10-20	\N	\N
dot	2023-10-21	\N	\N
dot	2023-10-22	\N	\N
dot	2023-10-23	\N	\N
dot	2023-10-24	\N	\N
dot	2023-10-25	\N	\N
dot	2023-10-26	\N	\N
dot	2023-10-27	\N	\N
dot	2023-10-28	\N	\N
dot	2023-10-29	\N	\N
dot	2023-10-30	\N	\N
dot	2023-10-31	\N	\N
dot	2023-11-01	\N	\N
dot	2023-11-02	\N	\N
dot	2023-11-03	\N	\N
dot	2023-11-04	\N	\N
dot	2023-11-05	\N	\N
dot	2023-11-06	\N	\N
dot	2023-11-07	\N	\N
dot	2023-11-08	\N	\N
dot	2023-11-09	\N	\N
dot	2023-11-10	\N	\N
dot	2023-11-11	\N	\N
dot	2023-11-12	\N	\N
dot	2023-11-13	\N	\N
dot	2023-11-14	\N	\N
dot	2023-11-15	\N	\N
dot	2023-11-16	\N	\N
dot	2023-11-17	\N	\N
dot	2023-11-18	\N	\N
dot	2023-11-19	\N	\N
dot	2023-11-20	\N	\N
dot	2023-11-21	\N	\N
dot	2023-11-22	\N	\N
dot	2023-11-23	\N	\N
dot	2023-11-24	\N	\N
dot	2023-11-25	\N	\N
dot	2023-11-26	\N	\N
dot	2023-11-27	\N	\N
dot	2023-11-28	\N	\N
dot	2023-11-29	\N	\N
dot	2023-11-30	\N	\N
dot	2023-12-01	\N	\N
dot	2023-12-02	\N	\N
dot	2023-12-03	\N	\N
dot	2023-12-04	\N	\N
dot	2023-12-05	\N	\N
dot	2023-12-06	\N	\N
dot	2023-12-07	\N	\N
dot	2023-12-08	\N	\N
dot	2023-12-09	\N	\N
dot	2023-12-10	\N	\N
dot	2023-12-11	\N	\N
dot	2023-12-12	\N	\N
dot	2023-12-13	\N	\N
dot	2023-12-14	\N	\N
dot	2023-12-15	\N	\N
dot	2023-12-16	\N	\N
dot	2023-12-17	\N	\N
dot	2023-12-18	\N	\N
dot	2023-12-19	\N	\N
dot	2023-12-20	\N	\N
dot	2023-12-21	\N	\N
dot	2023-12-22	\N	\N
dot	2023-12-23	\N	\N
dot	2023-12-24	\N	\N
dot	2023-12-25	\N	\N
dot	2023-12-26	\N	\N
dot	2023-12-27	\N	\N
dot	2023-12-28	\N	\N
dot	2023-12-29	\N	\N
dot	2023-12-30	\N	\N
dot	2023-12-31	\N	\N
dot	2024-01-01	\N	\N
dot	2024-01-02	\N	\N
dot	2024-01-03	\N	\N
dot	2024-01-04	\N	\N
dot	2024-01-05	\N	\N
dot	2024-01-06	\N	\N
dot	2024-01-07	\N	\N
dot	2024-01-08	\N	\N
dot	2024-01-09	\N	\N
dot	2024-01-10	\N	\N
dot	2024-01-11	\N	\N
dot	2024-01-12	\N	\N
dot	2024-01-13	\N	\N
dot	2024-01-14	\N	\N
dot	2024-01-15	\N	\N
dot	2024-01-16	\N	\N
dot	2024-01-17	\N	\N
dot	2024-01-18	\N	\N
dot	2024-01-19	\N	\N
dot	2024-01-20	\N	\N
dot	2024-01-21	\N	\N
dot	2024-01-22	\N	\N
dot	2024-01-23	\N	\N
dot	2024-01-24	\N	\N
dot	2024-01-25	\N	\N
dot	2024-01-26	\N	\N
dot	2024-01-27	\N	\N
dot	2024-01-28	\N	\N
dot	2024-01-29	\N	\N
dot	2024-01-30	\N	\N
dot	2024-01-31	\N	\N
dot	2024-02-01	\N	\N
dot	2024-02-02	\N	\N
dot	2024-02-03	\N	\N
dot	2024-02-04	\N	\N
dot	2024-02-05	\N	\N
dot	2024-02-06	\N	\N
dot	2024-02-07	\N	\N
dot	2024-02-08	\N	\N
dot	2024-02-09	\N	\N
dot	2024-02-10	\N	\N
dot	2024-02-11	\N	\N
dot	2024-02-12	\N	\N
dot	2024-02-13	\N	\N
dot	2024-02-14	\N	\N
dot	2024-02-15	\N	\N
dot	2024-02-16	\N	\N
dot	2024-02-17	\N	\N
dot	2024-02-18	\N	\N
dot	2024-02-19	\N	\N
dot	2024-02-20	\N	\N
dot	2024-02-21	\N	\N
dot	2024-02-22	\N	\N
dot	2024-02-23	\N	\N
dot	2024-02-24	\N	\N
dot	2024-02-25	\N	\N
dot	2024-02-26	\N	\N
dot	2024-02-27	\N	\N
dot	2024-02-28	\N	\N
dot	2024-02-29	\N	\N
ana	2023-03-02	\N	\N
ana	2023-03-03	\N	\N
ana	2023-03-04	\N	\N
ana	2023-03-05	\N	\N
ana	2023-03-06	\N	\N
ana	2023-03-07	\N	\N
ana	2023-03-08	\N	\N
ana	2023-03-09	\N	\N
ana	2023-03-10	\N	\N
ana	2023-03-11	\N	\N
ana	2023-03-12	\N	\N
ana	2023-03-13	\N	\N
ana	2023-03-14	\N	\N
ana	2023-03-15	\N	\N
ana	2023-03-16	\N	\N
ana	2023-03-17	\N	\N
ana	2023-03-18	\N	\N
ana	2023-03-19	\N	\N
ana	2023-03-20	\N	\N
ana	2023-03-21	\N	\N
ana	2023-03-22	\N	\N
ana	2023-03-23	\N	\N
ana	2023-03-24	\N	\N
ana	2023-03-25	\N	\N
ana	2023-03-26	\N	\N
ana	2023-03-27	\N	\N
ana	2023-03-28	\N	\N
ana	2023-03-29	\N	\N
ana	2023-03-30	\N	\N
ana	2023-03-31	\N	\N
ana	2023-04-01	\N	\N
ana	2023-04-02	\N	\N
ana	2023-04-03	\N	\N
ana	2023-04-04	\N	\N
ana	2023-04-05	\N	\N
ana	2023-04-06	\N	\N
ana	2023-04-07	\N	\N
ana	2023-04-08	\N	\N
ana	2023-04-09	\N	\N
ana	2023-04-10	\N	\N
ana	2023-04-11	\N	\N
ana	2023-04-12	\N	\N
ana	2023-04-13	\N	\N
ana	2023-04-14	\N	\N
ana	2023-04-15	\N	\N
ana	2023-04-16	\N	\N
ana	2023-04-17	\N	\N
ana	2023-04-18	\N	\N
ana	2023-04-19	\N	\N
ana	2023-04-20	\N	\N
ana	2023-04-21	\N	\N
ana	2023-04-22	\N	\N
ana	2023-04-23	\N	\N
ana	2023-04-24	\N	\N
ana	2023-04-25	\N	\N
ana	2023-04-26	\N	\N
ana	2023-04-27	\N	\N
ana	2023-04-28	\N	\N
ana	2023-04-29	\N	\N
ana	2023-04-30	\N	\N
ana	2023-05-01	\N	\N
ana	2023-05-02	\N	\N
ana	2023-05-03	\N	\N
ana	2023-05-04	\N	\N
ana	2023-05-05	\N	\N
ana	2023-05-06	\N	\N
ana	2023-05-07	\N	\N
ana	2023-05-08	\N	\N
ana	2023-05-09	\N	\N
ana	2023-05-10	\N	\N
ana	2023-05-11	\N	\N
ana	2023-05-12	\N	\N
ana	2023-05-13	\N	\N
ana	2023-05-14	\N	\N
ana	2023-05-15	\N	\N
ana	2023-05-16	\N	\N
ana	2023-05-17	\N	\N
ana	2023-05-18	\N	\N
ana	2023-05-19	\N	\N
ana	2023-05-20	\N	\N
ana	2023-05-21	\N	\N
ana	2023-05-22	\N	\N
ana	2023-05-23	\N	\N
ana	2023-05-24	\N	\N
ana	2023-05-25	\N	\N
ana	2023-05-26	\N	\N
ana	2023-05-27	\N	\N
ana	2023-05-28	\N	\N
ana	2023-05-29	\N	\N
ana	2023-05-30	\N	\N
ana	2023-05-31	\N	\N
ana	2023-06-01	\N	\N
ana	2023-06-02	\N	\N
ana	2023-06-03	\N	\N
ana	2023-06-04	\N	\N
ana	2023-06-05	\N	\N
ana	2023-06-06	\N	\N
ana	2023-06-07	\N	\N
ana	2023-06-08	\N	\N
ana	2023-06-09	\N	\N
ana	2023-06-10	\N	\N
ana	2023-06-11	\N	\N
ana	2023-06-12	\N	\N
ana	2023-06-13	\N	\N
ana	2023-06-14	\N	\N
ana	2023-06-15	\N	\N
ana	2023-06-16	\N	\N
ana	2023-06-17	\N	\N
ana	2023-06-18	\N	\N
ana	2023-06-19	\N	\N
ana	2023-06-20	\N	\N
ana	2023-06-21	\N	\N
ana	2023-06-22	\N	\N
ana	2023-06-23	\N	\N
ana	2023-06-24	\N	\N
ana	2023-06-25	\N	\N
ana	2023-06-26	\N	\N
ana	2023-06-27	\N	\N
ana	2023-06-28	\N	\N
ana	2023-06-29	\N	\N
ana	2023-06-30	\N	\N
ana	2023-07-01	\N	\N
ana	2023-07-02	\N	\N
ana	2023-07-03	\N	\N
ana	2023-07-04	\N	\N
ana	2023-07-05	\N	\N
ana	2023-07-06	\N	\N
ana	2023-07-07	\N	\N
ana	2023-07-08	\N	\N
ana	2023-07-09	\N	\N
ana	2023-07-10	\N	\N
ana	2023-07-11	\N	\N
ana	2023-07-12	\N	\N
ana	2023-07-13	\N	\N
ana	2023-07-14	\N	\N
ana	2023-07-15	\N	\N
ana	2023-07-16	\N	\N
ana	2023-07-17	\N	\N
ana	2023-07-18	\N	\N
ana	2023-07-19	\N	\N
ana	2023-07-20	\N	\N
ana	2023-07-21	\N	\N
ana	2023-07-22	\N	\N
ana	2023-07-23	\N	\N
ana	2023-07-24	\N	\N
ana	2023-07-25	\N	\N
ana	2023-07-26	\N	\N
ana	2023-07-27	\N	\N
ana	2023-07-28	\N	\N
ana	2023-07-29	\N	\N
ana	2023-07-30	\N	\N
ana	2023-07-31	\N	\N
ana	2023-08-01	\N	\N
ana	2023-08-02	\N	\N
ana	2023-08-03	\N	\N
ana	2023-08-04	\N	\N
ana	2023-08-05	\N	\N
ana	2023-08-06	\N	\N
ana	2023-08-07	\N	\N
ana	2023-08-08	\N	\N
ana	2023-08-09	\N	\N
ana	2023-08-10	\N	\N
ana	2023-08-11	\N	\N
ana	2023-08-12	\N	\N
ana	2023-08-13	\N	\N
ana	2023-08-14	\N	\N
ana	2023-08-15	\N	\N
ana	2023-08-16	\N	\N
ana	2023-08-17	\N	\N
ana	2023-08-18	\N	\N
ana	2023-08-19	\N	\N
ana	2023-08-20	\N	\N
ana	2023-08-21	\N	\N
ana	2023-08-22	\N	\N
ana	2023-08-23	\N	\N
ana	2023-08-24	\N	\N
ana	2023-08-25	\N	\N
ana	2023-08-26	\N	\N
ana	2023-08-27	\N	\N
ana	2023-08-28	\N	\N
ana	2023-08-29	\N	\N
ana	2023-08-30	\N	\N
ana	2023-08-31	\N	\N
ana	2023-09-01	\N	\N
ana	2023-09-02	\N	\N
ana	2023-09-03	\N	\N
ana	2023-09-04	\N	\N
ana	2023-09-05	\N	\N
ana	2023-09-06	\N	\N
ana	2023-09-07	\N	\N
ana	2023-09-08	\N	\N
ana	2023-09-09	\N	\N
ana	2023-09-10	\N	\N
ana	2023-09-11	\N	\N
ana	2023-09-12	\N	\N
ana	2023-09-13	\N	\N
ana	2023-09-14	\N	\N
ana	2023-09-15	\N	\N
ana	2023-09-16	\N	\N
ana	2023-09-17	\N	\N
ana	2023-09-18	\N	\N
ana	2023-09-19	\N	\N
ana	2023-09-20	\N	\N
ana	2023-09-21	\N	\N
ana	2023-09-22	\N	\N
ana	2023-09-23	\N	\N
ana	2023-09-24	\N	\N
ana	2023-09-25	\N	\N
ana	2023-09-26	\N	\N
ana	2023-09-27	\N	\N
ana	2023-09-28	\N	\N
ana	2023-09-29	\N	\N
ana	2023-09-30	\N	\N
ana	2023-10-01	\N	\N
ana	2023-10-02	\N	\N
ana	2023-10-03	\N	\N
ana	2023-10-04	\N	\N
ana	2023-10-05	\N	\N
ana	2023-10-06	\N	\N
ana	2023-10-07	\N	\N
ana	2023-10-08	\N	\N
ana	2023-10-09	\N	\N
ana	2023-10-10	\N	\N
ana	2023-10-11	\N	\N
ana	2023-10-12	\N	\N
ana	2023-10-13	\N	\N
ana	2023-10-14	\N	\N
ana	2023-10-15	\N	\N
ana	2023-10-16	\N	\N
ana	2023-10-17	\N	\N
ana	2023-10-18	\N	\N
ana	2023-10-19	\N	\N
ana	2023-10-20	\N	\N
ana	2023-10-21	\N	\N
ana	2023-10-22	\N	\N
ana	2023-10-23	\N	\N
ana	2023-10-24	\N	\N
ana	2023-10-25	\N	\N
ana	2023-10-26	\N	\N
ana	2023-10-27	\N	\N
ana	2023-10-28	\N	\N
ana	2023-10-29	\N	\N
ana	2023-10-30	\N	\N
ana	2023-10-31	\N	\N
ana	2023-11-01	\N	\N
ana	2023-11-02	\N	\N
ana	2023-11-03	\N	\N
ana	2023-11-04	\N	\N
ana	2023-11-05	\N	\N
ana	2023-11-06	\N	\N
ana	2023-11-07	\N	\N
ana	2023-11-08	\N	\N
ana	2023-11-09	\N	\N
ana	2023-11-10	\N	\N
ana	2023-11-11	\N	\N
ana	2023-11-12	\N	\N
ana	2023-11-13	\N	\N
ana	2023-11-14	\N	\N
ana	2023-11-15	\N	\N
ana	2023-11-16	\N	\N
ana	2023-11-17	\N	\N
ana	2023-11-18	\N	\N
ana	2023-11-19	\N	\N
ana	2023-11-20	\N	\N
ana	2023-11-21	\N	\N
ana	2023-11-22	\N	\N
ana	2023-11-23	\N	\N
ana	2023-11-24	\N	\N
ana	2023-11-25	\N	\N
ana	2023-11-26	\N	\N
ana	2023-11-27	\N	\N
ana	2023-11-28	\N	\N
ana	2023-11-29	\N	\N
ana	2023-11-30	\N	\N
ana	2023-12-01	\N	\N
ana	2023-12-02	\N	\N
ana	2023-12-03	\N	\N
ana	2023-12-04	\N	\N
ana	2023-12-05	\N	\N
ana	2023-12-06	\N	\N
ana	2023-12-07	\N	\N
ana	2023-12-08	\N	\N
ana	2023-12-09	\N	\N
ana	2023-12-10	\N	\N
ana	2023-12-11	\N	\N
ana	2023-12-12	\N	\N
ana	2023-12-13	\N	\N
ana	2023-12-14	\N	\N
ana	2023-12-15	\N	\N
ana	2023-12-16	\N	\N
ana	2023-12-17	\N	\N
ana	2023-12-18	\N	\N
ana	2023-12-19	\N	\N
ana	2023-12-20	\N	\N
ana	2023-12-21	\N	\N
ana	2023-12-22	\N	\N
ana	2023-12-23	\N	\N
ana	2023-12-24	\N	\N
ana	2023-12-25	\N	\N
ana	2023-12-26	\N	\N
ana	2023-12-27	\N	\N
ana	2023-12-28	\N	\N
ana	2023-12-29	\N	\N
ana	2023-12-30	\N	\N
ana	2023-12-31	\N	\N
ana	2024-01-01	\N	\N
ana	2024-01-02	\N	\N
ana	2024-01-03	\N	\N
ana	2024-01-04	\N	\N
ana	2024-01-05	\N	\N
ana	2024-01-06	\N	\N
ana	2024-01-07	\N	\N
ana	2024-01-08	\N	\N
ana	2024-01-09	\N	\N
ana	2024-01-10	\N	\N
ana	2024-01-11	\N	\N
ana	2024-01-12	\N	\N
ana	2024-01-13	\N	\N
ana	2024-01-14	\N	\N
ana	2024-01-15	\N	\N
ana	2024-01-16	\N	\N
ana	2024-01-17	\N	\N
ana	2024-01-18	\N	\N
ana	2024-01-19	\N	\N
ana	2024-01-20	\N	\N
ana	2024-01-21	\N	\N
ana	2024-01-22	\N	\N
ana	2024-01-23	\N	\N
ana	2024-01-24	\N	\N
ana	2024-01-25	\N	\N
ana	2024-01-26	\N	\N
ana	2024-01-27	\N	\N
ana	2024-01-28	\N	\N
ana	2024-01-29	\N	\N
ana	2024-01-30	2.0	2.0
ana	2024-01-31	2.0	2.0
ana	2024-02-01	1.5	1.5
ana	2024-02-02	1.5	1.5
ana	2024-02-03	1.5	1.5
ana	2024-02-04	1.5	1.5
ana	2024-02-05	1.5	1.5
ana	2024-02-06	1.0	1.5
ana	2024-02-07	1.0	1.5
ana	2024-02-08	\N	1.5
ana	2024-02-09	\N	1.5
ana	2024-02-10	\N	1.5
ana	2024-02-11	\N	1.5
ana	2024-02-12	\N	1.5
ana	2024-02-13	\N	1.5
ana	2024-02-14	\N	1.5
ana	2024-02-15	\N	1.5
ana	2024-02-16	\N	1.5
ana	2024-02-17	\N	1.5
ana	2024-02-18	\N	1.5
ana	2024-02-19	\N	1.5
ana	2024-02-20	\N	1.5
ana	2024-02-21	\N	1.5
ana	2024-02-22	\N	1.5
ana	2024-02-23	\N	1.5
ana	2024-02-24	\N	1.5
ana	2024-02-25	\N	1.5
ana	2024-02-26	3.5	2.2
ana	2024-02-27	3.5	2.2
ana	2024-02-28	3.5	2.2
ana	2024-02-29	1.9	1.6
\.
COPY marts.agent_response_times (agent_id, date_range, period, mean_hours, median_hours, median_exact_hours, p90_hours, responded_count, unresponded_count, negative_count, under_1h_count, from_1h_to_4h_count, from_4h_to_8h_count, from_8h_to_24h_count, from_24h_count) FROM stdin;
cem	7	current	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ben	7	current	\N	\N	\N	\N	0	0	0	0	0	0	0	0
dot	7	current	\N	\N	\N	\N	0	1	0	0	0	0	0	0
cem	30	current	4.0	4.0	4.0000000	5.6	2	0	0	0	1	1	0	0
ben	30	current	4.0	4.0	4.0000000	4.0	2	0	0	0	0	2	0	0
dot	30	current	\N	\N	\N	\N	0	1	0	0	0	0	0	0
cem	90	current	4.0	4.0	4.0000000	5.6	2	0	0	0	1	1	0	0
ben	90	current	2.7	4.0	4.0000000	4.0	3	0	0	1	0	2	0	0
dot	90	current	\N	\N	\N	\N	0	1	0	0	0	0	0	0
cem	365	current	4.0	4.0	4.0000000	5.6	2	0	0	0	1	1	0	0
ben	365	current	2.7	4.0	4.0000000	4.0	3	0	0	1	0	2	0	0
dot	365	current	\N	\N	\N	\N	0	1	0	0	0	0	0	0
cem	7	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ben	7	previous	4.0	4.0	4.0000000	4.0	1	0	0	0	0	1	0	0
dot	7	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
cem	30	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ben	30	previous	0.0	0.0	0.0000000	0.0	1	0	0	1	0	0	0	0
dot	30	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
cem	90	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ben	90	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
dot	90	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
cem	365	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ben	365	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
dot	365	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ana	7	current	1.9	1.9	1.8750000	3.2	2	0	0	1	1	0	0	0
ana	30	current	1.6	1.0	1.0000000	3.0	3	1	0	1	2	0	0	0
ana	90	current	1.7	1.5	1.5000000	3.1	4	1	1	1	3	0	0	0
ana	365	current	1.7	1.5	1.5000000	3.1	4	1	1	1	3	0	0	0
ana	7	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ana	30	previous	2.0	2.0	2.0000000	2.0	1	0	1	0	1	0	0	0
ana	90	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
ana	365	previous	\N	\N	\N	\N	0	0	0	0	0	0	0	0
\.
COPY marts.agent_revenue_summary (agent_id, best_date, best_date_revenue, month_total, month_revenue_to_date, previous_month_revenue_to_date) FROM stdin;
ben	2024-02-20	300.00	200.00	200.00	250.01
cem	2024-02-21	75.00	75.00	75.00	0.00
dot	\N	\N	0.00	0.00	0.00
ana	2024-02-27	1000.50	1040.50	1040.50	-200.00
\.
COPY marts.agent_revenue_trends (agent_id, period, date, revenue) FROM stdin;
cem	daily	2024-02-29	0.00
ben	daily	2024-02-29	0.00
dot	daily	2024-02-29	0.00
cem	daily	2024-02-28	0.00
ben	daily	2024-02-28	0.00
dot	daily	2024-02-28	0.00
cem	daily	2024-02-27	0.00
ben	daily	2024-02-27	0.00
dot	daily	2024-02-27	0.00
cem	daily	2024-02-26	0.00
ben	daily	2024-02-26	0.00
dot	daily	2024-02-26	0.00
cem	daily	2024-02-25	0.00
ben	daily	2024-02-25	-100.00
dot	daily	2024-02-25	0.00
cem	daily	2024-02-24	0.00
ben	daily	2024-02-24	0.00
dot	daily	2024-02-24	0.00
cem	daily	2024-02-23	0.00
ben	daily	2024-02-23	0.00
dot	daily	2024-02-23	0.00
cem	daily	2024-02-22	0.00
ben	daily	2024-02-22	0.00
dot	daily	2024-02-22	0.00
cem	daily	2024-02-21	75.00
ben	daily	2024-02-21	0.00
dot	daily	2024-02-21	0.00
cem	daily	2024-02-20	0.00
ben	daily	2024-02-20	300.00
dot	daily	2024-02-20	0.00
cem	daily	2024-02-19	0.00
ben	daily	2024-02-19	0.00
dot	daily	2024-02-19	0.00
cem	daily	2024-02-18	0.00
ben	daily	2024-02-18	0.00
dot	daily	2024-02-18	0.00
cem	daily	2024-02-17	0.00
ben	daily	2024-02-17	0.00
dot	daily	2024-02-17	0.00
cem	daily	2024-02-16	0.00
ben	daily	2024-02-16	0.00
dot	daily	2024-02-16	0.00
cem	daily	2024-02-15	0.00
ben	daily	2024-02-15	0.00
dot	daily	2024-02-15	0.00
cem	daily	2024-02-14	0.00
ben	daily	2024-02-14	0.00
dot	daily	2024-02-14	0.00
cem	daily	2024-02-13	0.00
ben	daily	2024-02-13	0.00
dot	daily	2024-02-13	0.00
cem	daily	2024-02-12	0.00
ben	daily	2024-02-12	0.00
dot	daily	2024-02-12	0.00
cem	daily	2024-02-11	0.00
ben	daily	2024-02-11	0.00
dot	daily	2024-02-11	0.00
cem	daily	2024-02-10	0.00
ben	daily	2024-02-10	0.00
dot	daily	2024-02-10	0.00
cem	daily	2024-02-09	0.00
ben	daily	2024-02-09	0.00
dot	daily	2024-02-09	0.00
cem	daily	2024-02-08	0.00
ben	daily	2024-02-08	0.00
dot	daily	2024-02-08	0.00
cem	daily	2024-02-07	0.00
ben	daily	2024-02-07	0.00
dot	daily	2024-02-07	0.00
cem	daily	2024-02-06	0.00
ben	daily	2024-02-06	0.00
dot	daily	2024-02-06	0.00
cem	daily	2024-02-05	0.00
ben	daily	2024-02-05	0.00
dot	daily	2024-02-05	0.00
cem	daily	2024-02-04	0.00
ben	daily	2024-02-04	0.00
dot	daily	2024-02-04	0.00
cem	daily	2024-02-03	0.00
ben	daily	2024-02-03	0.00
dot	daily	2024-02-03	0.00
cem	daily	2024-02-02	0.00
ben	daily	2024-02-02	0.00
dot	daily	2024-02-02	0.00
cem	daily	2024-02-01	0.00
ben	daily	2024-02-01	0.00
dot	daily	2024-02-01	0.00
cem	daily	2024-01-31	0.00
ben	daily	2024-01-31	0.00
dot	daily	2024-01-31	0.00
cem	weekly	2024-02-26	0.00
ben	weekly	2024-02-26	0.00
dot	weekly	2024-02-26	0.00
cem	weekly	2024-02-19	75.00
ben	weekly	2024-02-19	200.00
dot	weekly	2024-02-19	0.00
cem	weekly	2024-02-12	0.00
ben	weekly	2024-02-12	0.00
dot	weekly	2024-02-12	0.00
cem	weekly	2024-02-05	0.00
ben	weekly	2024-02-05	0.00
dot	weekly	2024-02-05	0.00
cem	weekly	2024-01-29	0.00
ben	weekly	2024-01-29	0.00
dot	weekly	2024-01-29	0.00
cem	weekly	2024-01-22	0.00
ben	weekly	2024-01-22	0.00
dot	weekly	2024-01-22	0.00
cem	weekly	2024-01-15	0.00
ben	weekly	2024-01-15	0.00
dot	weekly	2024-01-15	0.00
cem	weekly	2024-01-08	0.00
ben	weekly	2024-01-08	250.01
dot	weekly	2024-01-08	0.00
cem	weekly	2024-01-01	0.00
ben	weekly	2024-01-01	0.00
dot	weekly	2024-01-01	0.00
cem	weekly	2023-12-25	0.00
ben	weekly	2023-12-25	0.00
dot	weekly	2023-12-25	0.00
cem	weekly	2023-12-18	0.00
ben	weekly	2023-12-18	0.00
dot	weekly	2023-12-18	0.00
cem	weekly	2023-12-11	0.00
ben	weekly	2023-12-11	0.00
dot	weekly	2023-12-11	0.00
cem	monthly	2024-02-01	75.00
ben	monthly	2024-02-01	200.00
dot	monthly	2024-02-01	0.00
cem	monthly	2024-01-01	0.00
ben	monthly	2024-01-01	250.01
dot	monthly	2024-01-01	0.00
cem	monthly	2023-12-01	0.00
ben	monthly	2023-12-01	0.00
dot	monthly	2023-12-01	0.00
cem	monthly	2023-11-01	0.00
ben	monthly	2023-11-01	0.00
dot	monthly	2023-11-01	0.00
cem	monthly	2023-10-01	0.00
ben	monthly	2023-10-01	0.00
dot	monthly	2023-10-01	0.00
cem	monthly	2023-09-01	0.00
ben	monthly	2023-09-01	0.00
dot	monthly	2023-09-01	0.00
cem	monthly	2023-08-01	0.00
ben	monthly	2023-08-01	0.00
dot	monthly	2023-08-01	0.00
cem	monthly	2023-07-01	0.00
ben	monthly	2023-07-01	0.00
dot	monthly	2023-07-01	0.00
cem	monthly	2023-06-01	0.00
ben	monthly	2023-06-01	0.00
dot	monthly	2023-06-01	0.00
cem	monthly	2023-05-01	0.00
ben	monthly	2023-05-01	0.00
dot	monthly	2023-05-01	0.00
cem	monthly	2023-04-01	0.00
ben	monthly	2023-04-01	0.00
dot	monthly	2023-04-01	0.00
cem	monthly	2023-03-01	0.00
ben	monthly	2023-03-01	0.00
dot	monthly	2023-03-01	0.00
ana	daily	2024-02-29	0.00
ana	daily	2024-02-28	0.00
ana	daily	2024-02-27	1000.50
ana	daily	2024-02-26	0.00
ana	daily	2024-02-25	0.00
ana	daily	2024-02-24	0.00
ana	daily	2024-02-23	0.00
ana	daily	2024-02-22	0.00
ana	daily	2024-02-21	0.00
ana	daily	2024-02-20	0.00
ana	daily	2024-02-19	0.00
ana	daily	2024-02-18	0.00
ana	daily	2024-02-17	0.00
ana	daily	2024-02-16	0.00
ana	daily	2024-02-15	0.00
ana	daily	2024-02-14	0.00
ana	daily	2024-02-13	0.00
ana	daily	2024-02-12	0.00
ana	daily	2024-02-11	0.00
ana	daily	2024-02-10	40.00
ana	daily	2024-02-09	0.00
ana	daily	2024-02-08	0.00
ana	daily	2024-02-07	0.00
ana	daily	2024-02-06	0.00
ana	daily	2024-02-05	0.00
ana	daily	2024-02-04	0.00
ana	daily	2024-02-03	0.00
ana	daily	2024-02-02	0.00
ana	daily	2024-02-01	0.00
ana	daily	2024-01-31	12.35
ana	weekly	2024-02-26	1000.50
ana	weekly	2024-02-19	0.00
ana	weekly	2024-02-12	0.00
ana	weekly	2024-02-05	40.00
ana	weekly	2024-01-29	12.35
ana	weekly	2024-01-22	0.00
ana	weekly	2024-01-15	-200.00
ana	weekly	2024-01-08	0.00
ana	weekly	2024-01-01	0.00
ana	weekly	2023-12-25	0.00
ana	weekly	2023-12-18	0.00
ana	weekly	2023-12-11	0.00
ana	monthly	2024-02-01	1040.50
ana	monthly	2024-01-01	-187.65
ana	monthly	2023-12-01	0.00
ana	monthly	2023-11-01	0.00
ana	monthly	2023-10-01	0.00
ana	monthly	2023-09-01	0.00
ana	monthly	2023-08-01	0.00
ana	monthly	2023-07-01	0.00
ana	monthly	2023-06-01	0.00
ana	monthly	2023-05-01	0.00
ana	monthly	2023-04-01	0.00
ana	monthly	2023-03-01	0.00
\.
COPY marts.agent_team_ranking (agent_id, date_range, period, conversion_component, satisfaction_component, response_component, score, rank, total_agents) FROM stdin;
ana	7	current	0.500000	0.750000	0.722590	0.643148	1	2
dot	7	current	0.000000	\N	\N	0.000000	2	2
ben	7	previous	1.000000	0.500000	0.500000	0.700000	1	1
ana	30	current	0.500000	0.875000	0.760050	0.696263	1	4
ben	30	current	0.500000	0.500000	0.500000	0.500000	2	4
cem	30	current	0.500000	\N	0.500000	0.500000	2	4
dot	30	current	0.000000	\N	\N	0.000000	4	4
ben	30	previous	1.000000	\N	1.000000	1.000000	1	2
ana	30	previous	0.500000	0.500000	0.707107	0.551777	2	2
ana	90	current	0.500000	0.750000	0.746454	0.649113	1	4
ben	90	current	0.666667	0.500000	0.629961	0.599157	2	4
cem	90	current	0.500000	\N	0.500000	0.500000	3	4
dot	90	current	0.000000	\N	\N	0.000000	4	4
ana	365	current	0.500000	0.750000	0.746454	0.649113	1	4
ben	365	current	0.666667	0.500000	0.629961	0.599157	2	4
cem	365	current	0.500000	\N	0.500000	0.500000	3	4
dot	365	current	0.000000	\N	\N	0.000000	4	4
\.
COPY raw.agent_activity_log (agent_id, activity_id, lead_id, activity_type, revenue_text, origin, occurred_at, changed_at) FROM stdin;
	20	L13	conversion	50	\N	2024-02-16 10:00:00+00	2024-02-16 10:00:00+00
ana	1	L06	conversion	-200	\N	2024-01-20 12:00:00+00	2024-01-20 12:00:00+00
ana	2	L05	conversion	 12.345 	\N	2024-01-31 00:00:00+00	2024-01-31 00:00:00+00
ana	4	L01	assignment	\N	\N	2024-02-01 11:00:00+00	2024-02-01 11:00:00+00
ana	5	L01	assignment	\N	\N	2024-02-01 13:00:00+00	2024-02-01 13:00:00+00
ana	6	L02	conversion	\N	trigger	2024-02-06 10:00:00+00	2024-02-06 10:00:00+00
ana	7	X99	conversion	40	\N	2024-02-10 10:00:00+00	2024-02-10 10:00:00+00
ana	8	L03	conversion	1000.50	\N	2024-02-27 15:00:00+00	2024-02-27 15:00:00+00
ana	9	L03	conversion	1000.50	trigger	2024-02-28 14:00:00+00	2024-02-28 14:00:00+00
ben	3	L01	assignment	\N	\N	2024-02-01 09:30:00+00	2024-02-01 09:30:00+00
ben	10	L12	conversion	250.005	\N	2024-01-11 09:00:00+00	2024-01-11 09:00:00+00
ben	11	L12	conversion	NaN	\N	2024-01-12 09:00:00+00	2024-01-12 09:00:00+00
ben	12	L07	call	\N	\N	2024-02-10 13:00:00+00	2024-02-10 13:00:00+00
ben	13	L08	conversion	300	\N	2024-02-20 09:00:00+00	2024-02-20 09:00:00+00
ben	14	L08	conversion	-100	\N	2024-02-25 09:00:00+00	2024-02-25 09:00:00+00
cem	15	L10	assignment	\N	\N	2024-02-13 06:00:00+00	2024-02-13 06:00:00+00
cem	16	L08	conversion	1,000	\N	2024-02-20 10:00:00+00	2024-02-20 10:00:00+00
cem	17	L08	conversion	75	\N	2024-02-21 10:00:00+00	2024-02-21 10:00:00+00
cem	18	L09	conversion	500	\N	2024-03-05 10:00:00+00	2024-03-05 10:00:00+00
dot	19	L11	email	\N	\N	2024-02-27 11:00:00+00	2024-02-27 11:00:00+00
\.
COPY raw.agent_activity_log_incoming (agent_id, activity_id, lead_id, activity_type, revenue_text, origin, occurred_at, changed_at) FROM stdin;
\.
COPY raw.leads (agent_id, lead_id, source, disposition, response_time_hours, satisfaction_rating, created_at, contacted_at, interested_at, changed_at) FROM stdin;
	L13	Web	open	\N	\N	2024-02-15 10:00:00+00	2024-02-15 10:30:00+00	\N	2024-02-15 10:30:00+00
ana	L01	 Web 	open	\N	\N	2024-02-01 09:00:00+00	2024-02-01 12:00:00+00	\N	2024-02-01 12:00:00+00
ana	L02	UNKNOWN	 Won 	\N	5	2024-02-05 10:00:00+00	\N	\N	2024-02-05 10:00:00+00
ana	L03	Web	\N	3.500000	4	2024-02-26 08:00:00+00	2024-02-26 20:00:00+00	2024-02-26 21:00:00+00	2024-02-26 21:00:00+00
ana	L05	Referral	converted	\N	3	2024-01-30 23:59:59+00	2024-01-31 01:59:59+00	\N	2024-01-31 01:59:59+00
ana	L06	Web	lost	\N	\N	2024-01-01 00:00:00+00	2023-12-31 23:00:00+00	\N	2024-01-01 00:00:00+00
ben	L07	Web	open	\N	3	2024-02-10 09:00:00+00	2024-02-10 13:00:00+00	\N	2024-02-10 13:00:00+00
ben	L08	Referral 	SOLD	\N	3	2024-02-19 10:00:00+00	2024-02-19 14:00:00+00	\N	2024-02-19 14:00:00+00
ben	L12	Web	closed_won	0.000000	\N	2024-01-10 09:00:00+00	2024-01-10 09:20:00+00	\N	2024-01-10 09:20:00+00
ben	L14	Web	won	\N	1	2024-03-01 00:00:00+00	2024-03-01 01:00:00+00	\N	2024-03-01 01:00:00+00
cem	L09	\N	open	\N	\N	2024-02-12 08:00:00+00	2024-02-12 10:00:00+00	\N	2024-02-12 10:00:00+00
cem	L10	Web	lost	\N	\N	2024-02-13 00:00:00+00	2024-02-13 12:00:00+00	\N	2024-02-13 12:00:00+00
dot	L11	\N	open	\N	\N	2024-02-27 10:00:00+00	\N	\N	2024-02-27 10:00:00+00
ana	L04	\N	open	\N	\N	2024-02-29 23:30:00+00	2024-02-29 23:45:00+00	\N	2025-01-15 17:46:11.22482+00
\.
COPY raw.leads_incoming (agent_id, lead_id, source, disposition, response_time_hours, satisfaction_rating, created_at, contacted_at, interested_at, changed_at) FROM stdin;
\.
COPY raw.loads (transaction, loaded_at) FROM stdin;
998	2025-01-15 17:45:35.24885+00
1528	2025-01-15 17:46:14.101225+00
\.
COPY raw.source_marks (table_name, low_water, data_through, read_at, rows_written) FROM stdin;
leads	2025-01-15 17:46:14.089017+00	2025-01-15 17:46:11.22482+00	2025-01-15 17:46:14.101225+00	15
agent_activity_log	2025-01-15 17:46:14.089017+00	2024-03-05 10:00:00+00	2025-01-15 17:46:14.101225+00	20
\.
COPY raw.touched_agent_days (load_id, agent_id, date) FROM stdin;
\.
COPY serving.agent_conversions (agent_id, activity_id, date, lead_id, source, revenue) FROM stdin;
ana	1	2024-01-20	L06	Web	-200.00
ben	11	2024-01-12	L12	Web	0.00
ben	10	2024-01-11	L12	Web	250.01
ana	8	2024-02-27	L03	Web	1000.50
ana	7	2024-02-10	X99	Unknown	40.00
cem	17	2024-02-21	L08	Referral	75.00
cem	16	2024-02-20	L08	Referral	0.00
ben	14	2024-02-25	L08	Referral	-100.00
ben	13	2024-02-20	L08	Referral	300.00
ana	2	2024-01-31	L05	Referral	12.35
ana	6	2024-02-06	L02	Unknown	0.00
\.
COPY serving.agent_funnel (agent_id, date_range, assigned, contacted, interested, converted, contact_rate_pct, interest_rate_pct, conversion_rate_pct, contacted_of_assigned_pct, interested_of_contacted_pct, converted_of_interested_pct) FROM stdin;
ben	7	0	0	0	0	\N	\N	\N	\N	\N	\N
ben	30	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
ben	90	3	3	2	2	100.0	66.7	66.7	100.0	66.7	100.0
ben	365	3	3	2	2	100.0	66.7	66.7	100.0	66.7	100.0
cem	7	0	0	0	0	\N	\N	\N	\N	\N	\N
cem	30	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
cem	90	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
cem	365	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
dot	7	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	30	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	90	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
dot	365	1	0	0	0	0.0	0.0	0.0	0.0	\N	\N
ana	7	2	2	1	1	100.0	50.0	50.0	100.0	50.0	100.0
ana	30	4	4	2	2	100.0	50.0	50.0	100.0	50.0	100.0
ana	90	6	6	3	3	100.0	50.0	50.0	100.0	50.0	100.0
ana	365	6	6	3	3	100.0	50.0	50.0	100.0	50.0	100.0
\.
COPY serving.agent_insights (agent_id, insight_id, "position", type, title, message, metric, value, change, is_better, evidence, records, rule_version) FROM stdin;
ana	goal_behind:0:monthly revenue	1	action	Your monthly revenue goal is behind	You are at 1040.5, the target is 2000.	goal	1040.5	\N	f	{"n": 29, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
ben	goal_behind:0:monthly conversions	1	action	Your monthly conversions goal is behind	You are at 1, the target is 2.	goal	1	\N	f	{"n": 29, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
cem	goal_behind:0:quarterly hours to respond	1	action	Your quarterly hours to respond goal is behind	You are at 4, the target is 2.	goal	4	\N	f	{"n": 60, "p": null, "test": "pace, no test", "window": "the goal's period", "n_before": null, "statistic": null}	\N	1
\.
COPY serving.agent_kpis (agent_id, date_range, leads_handled, leads_this_week, conversion_rate_pct, total_revenue, response_time_hours, response_time_median_hours, satisfaction_score, satisfaction_count) FROM stdin;
ben	7	0	0	\N	-100.00	\N	\N	\N	0
ben	30	2	0	50.0	200.00	4.0	4.0	3.0	2
ben	90	3	0	66.7	450.01	2.7	4.0	3.0	2
ben	365	3	0	66.7	450.01	2.7	4.0	3.0	2
cem	7	0	0	\N	0.00	\N	\N	\N	0
cem	30	2	0	50.0	75.00	4.0	4.0	\N	0
cem	90	2	0	50.0	75.00	4.0	4.0	\N	0
cem	365	2	0	50.0	75.00	4.0	4.0	\N	0
dot	7	1	1	0.0	0.00	\N	\N	\N	0
dot	30	1	1	0.0	0.00	\N	\N	\N	0
dot	90	1	1	0.0	0.00	\N	\N	\N	0
dot	365	1	1	0.0	0.00	\N	\N	\N	0
ana	7	2	2	50.0	1000.50	1.9	1.9	4.0	1
ana	30	4	2	50.0	1052.85	1.6	1.0	4.5	2
ana	90	6	2	50.0	852.85	1.7	1.5	4.0	3
ana	365	6	2	50.0	852.85	1.7	1.5	4.0	3
\.
COPY serving.agent_lead_sources (agent_id, date_range, source, lead_count, converted_count, conversion_rate_pct, revenue) FROM stdin;
ana	365	Unknown	2	1	50.0	40.00
dot	30	Unknown	1	0	0.0	0.00
cem	30	Unknown	1	1	100.0	0.00
ana	30	Unknown	2	1	50.0	40.00
cem	365	Unknown	1	1	100.0	0.00
cem	365	Web	1	0	0.0	0.00
ben	365	Web	2	1	50.0	250.01
dot	90	Unknown	1	0	0.0	0.00
ben	90	Referral	1	1	100.0	200.00
ben	365	Referral	1	1	100.0	200.00
ana	365	Referral	1	1	100.0	12.35
ana	365	Web	3	1	33.3	800.50
cem	90	Web	1	0	0.0	0.00
ben	90	Web	2	1	50.0	250.01
ana	7	Web	1	1	100.0	1000.50
ben	30	Web	1	0	0.0	0.00
ana	90	Referral	1	1	100.0	12.35
ana	90	Web	3	1	33.3	800.50
dot	7	Unknown	1	0	0.0	0.00
dot	365	Unknown	1	0	0.0	0.00
cem	90	Unknown	1	1	100.0	0.00
cem	30	Web	1	0	0.0	0.00
ben	30	Referral	1	1	100.0	200.00
ana	90	Unknown	2	1	50.0	40.00
ana	30	Web	2	1	50.0	1000.50
ana	7	Unknown	1	0	0.0	0.00
ana	30	Referral	0	0	\N	12.35
cem	30	Referral	0	0	\N	75.00
cem	90	Referral	0	0	\N	75.00
cem	365	Referral	0	0	\N	75.00
ben	7	Referral	0	0	\N	-100.00
\.
COPY serving.agent_leads (agent_id, lead_id, date, source, is_contacted, is_interested, is_converted, is_unresponded, response_hours, satisfaction_rating, contacted_on, interested_on, converted_on) FROM stdin;
ana	L01	2024-02-01	Web	t	f	f	f	1.000000	\N	2024-02-01	\N	\N
ana	L02	2024-02-05	Unknown	t	t	t	t	\N	5	2024-02-06	2024-02-06	2024-02-06
ana	L03	2024-02-26	Web	t	t	t	f	3.500000	4	2024-02-26	2024-02-26	2024-02-27
ana	L05	2024-01-30	Referral	t	t	t	f	2.000000	3	2024-01-31	2024-01-31	2024-01-31
ana	L06	2024-01-01	Web	t	f	f	f	\N	\N	2023-12-31	\N	\N
ben	L07	2024-02-10	Web	t	f	f	f	4.000000	3	2024-02-10	\N	\N
ben	L08	2024-02-19	Referral	t	t	t	f	4.000000	3	2024-02-19	2024-02-20	2024-02-20
ben	L12	2024-01-10	Web	t	t	t	f	0.000000	\N	2024-01-10	2024-01-11	2024-01-11
cem	L09	2024-02-12	Unknown	t	t	t	f	2.000000	\N	2024-02-12	2024-03-05	2024-03-05
cem	L10	2024-02-13	Web	t	f	f	f	6.000000	\N	2024-02-13	\N	\N
dot	L11	2024-02-27	Unknown	f	f	f	t	\N	\N	\N	\N	\N
ana	L04	2024-02-29	Unknown	t	f	f	f	0.250000	\N	2024-02-29	\N	\N
\.
COPY serving.agent_measures (agent_id, date_range, measure, value) FROM stdin;
ana	7	revenue_per_conversion	1000.500000
ana	30	revenue_per_conversion	263.210000
ana	90	revenue_per_conversion	213.210000
ana	365	revenue_per_conversion	213.210000
ben	7	revenue_per_conversion	\N
ben	30	revenue_per_conversion	200.000000
ben	90	revenue_per_conversion	150.000000
ben	365	revenue_per_conversion	150.000000
cem	7	revenue_per_conversion	\N
cem	30	revenue_per_conversion	37.500000
cem	90	revenue_per_conversion	37.500000
cem	365	revenue_per_conversion	37.500000
dot	7	revenue_per_conversion	\N
dot	30	revenue_per_conversion	\N
dot	90	revenue_per_conversion	\N
dot	365	revenue_per_conversion	\N
\.
COPY serving.agent_month_trend (agent_id, change, reason) FROM stdin;
ana	620.3	\N
ben	-20.0	\N
cem	\N	previous_zero
dot	0.0	\N
\.
COPY serving.agent_performance_metrics (agent_id, date, leads_assigned, leads_contacted, leads_interested, leads_converted, revenue_generated, conversions_booked, response_hours_total, response_count, response_time_avg_hours, unresponded_count, satisfaction_total, satisfaction_count, satisfaction_score) FROM stdin;
ana	2024-01-01	1	1	0	0	0.00	0	0.000000	0	\N	0	0	0	\N
ana	2024-01-20	0	0	0	0	-200.00	0	0.000000	0	\N	0	0	0	\N
ana	2024-01-30	1	1	1	1	0.00	0	2.000000	1	2.000000	0	3	1	3.000000
ana	2024-01-31	0	0	0	0	12.35	1	0.000000	0	\N	0	0	0	\N
ana	2024-02-01	1	1	0	0	0.00	0	1.000000	1	1.000000	0	0	0	\N
ana	2024-02-05	1	1	1	1	0.00	0	0.000000	0	\N	1	5	1	5.000000
ana	2024-02-06	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	\N
ana	2024-02-10	0	0	0	0	40.00	1	0.000000	0	\N	0	0	0	\N
ana	2024-02-26	1	1	1	1	0.00	0	3.500000	1	3.500000	0	4	1	4.000000
ana	2024-02-27	0	0	0	0	1000.50	1	0.000000	0	\N	0	0	0	\N
ben	2024-01-10	1	1	1	1	0.00	0	0.000000	1	0.000000	0	0	0	\N
ben	2024-01-11	0	0	0	0	250.01	1	0.000000	0	\N	0	0	0	\N
ben	2024-01-12	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	\N
ben	2024-02-10	1	1	0	0	0.00	0	4.000000	1	4.000000	0	3	1	3.000000
ben	2024-02-19	1	1	1	1	0.00	0	4.000000	1	4.000000	0	3	1	3.000000
ben	2024-02-20	0	0	0	0	300.00	1	0.000000	0	\N	0	0	0	\N
ben	2024-02-25	0	0	0	0	-100.00	0	0.000000	0	\N	0	0	0	\N
ben	2024-03-01	1	1	1	1	0.00	0	1.000000	1	1.000000	0	1	1	1.000000
cem	2024-02-12	1	1	1	1	0.00	0	2.000000	1	2.000000	0	0	0	\N
cem	2024-02-13	1	1	0	0	0.00	0	6.000000	1	6.000000	0	0	0	\N
cem	2024-02-20	0	0	0	0	0.00	1	0.000000	0	\N	0	0	0	\N
cem	2024-02-21	0	0	0	0	75.00	1	0.000000	0	\N	0	0	0	\N
cem	2024-03-05	0	0	0	0	500.00	1	0.000000	0	\N	0	0	0	\N
dot	2024-02-27	1	0	0	0	0.00	0	0.000000	0	\N	1	0	0	\N
ana	2024-02-29	1	1	0	0	0.00	0	0.250000	1	0.250000	0	0	0	\N
\.
COPY serving.agent_response_rolling (agent_id, date, rolling_7d_hours, rolling_30d_hours) FROM stdin;
ana	2023-03-02	\N	\N
ana	2023-03-03	\N	\N
ana	2023-03-04	\N	\N
ana	2023-03-05	\N	\N
ana	2023-03-06	\N	\N
ana	2023-03-07	\N	\N
ana	2023-03-08	\N	\N
ana	2023-03-09	\N	\N
ana	2023-03-10	\N	\N
ana	2023-03-11	\N	\N
ana	2023-03-12	\N	\N
ana	2023-03-13	\N	\N
ana	2023-03-14	\N	\N
ana	2023-03-15	\N	\N
ana	2023-03-16	\N	\N
ana	2023-03-17	\N	\N
ana	2023-03-18	\N	\N
ana	2023-03-19	\N	\N
ana	2023-03-20	\N	\N
ana	2023-03-21	\N	\N
ana	2023-03-22	\N	\N
ana	2023-03-23	\N	\N
ana	2023-03-24	\N	\N
ana	2023-03-25	\N	\N
ana	2023-03-26	\N	\N
ana	2023-03-27	\N	\N
ana	2023-03-28	\N	\N
ana	2023-03-29	\N	\N
ana	2023-03-30	\N	\N
ana	2023-03-31	\N	\N
ana	2023-04-01	\N	\N
ana	2023-04-02	\N	\N
ana	2023-04-03	\N	\N
ana	2023-04-04	\N	\N
ana	2023-04-05	\N	\N
ana	2023-04-06	\N	\N
ana	2023-04-07	\N	\N
ana	2023-04-08	\N	\N
ana	2023-04-09	\N	\N
ana	2023-04-10	\N	\N
ana	2023-04-11	\N	\N
ana	2023-04-12	\N	\N
ana	2023-04-13	\N	\N
ana	2023-04-14	\N	\N
ana	2023-04-15	\N	\N
ana	2023-04-16	\N	\N
ana	2023-04-17	\N	\N
ana	2023-04-18	\N	\N
ana	2023-04-19	\N	\N
ana	2023-04-20	\N	\N
ana	2023-04-21	\N	\N
ana	2023-04-22	\N	\N
ana	2023-04-23	\N	\N
ana	2023-04-24	\N	\N
ana	2023-04-25	\N	\N
ana	2023-04-26	\N	\N
ana	2023-04-27	\N	\N
ana	2023-04-28	\N	\N
ana	2023-04-29	\N	\N
ana	2023-04-30	\N	\N
ana	2023-05-01	\N	\N
ana	2023-05-02	\N	\N
ana	2023-05-03	\N	\N
ana	2023-05-04	\N	\N
ana	2023-05-05	\N	\N
ana	2023-05-06	\N	\N
ana	2023-05-07	\N	\N
ana	2023-05-08	\N	\N
ana	2023-05-09	\N	\N
ana	2023-05-10	\N	\N
ana	2023-05-11	\N	\N
ana	2023-05-12	\N	\N
ana	2023-05-13	\N	\N
ana	2023-05-14	\N	\N
ana	2023-05-15	\N	\N
ana	2023-05-16	\N	\N
ana	2023-05-17	\N	\N
ana	2023-05-18	\N	\N
ana	2023-05-19	\N	\N
ana	2023-05-20	\N	\N
ana	2023-05-21	\N	\N
ana	2023-05-22	\N	\N
ana	2023-05-23	\N	\N
ana	2023-05-24	\N	\N
ana	2023-05-25	\N	\N
ana	2023-05-26	\N	\N
ana	2023-05-27	\N	\N
ana	2023-05-28	\N	\N
ana	2023-05-29	\N	\N
ana	2023-05-30	\N	\N
ana	2023-05-31	\N	\N
ana	2023-06-01	\N	\N
ana	2023-06-02	\N	\N
ana	2023-06-03	\N	\N
ana	2023-06-04	\N	\N
ana	2023-06-05	\N	\N
ana	2023-06-06	\N	\N
ana	2023-06-07	\N	\N
ana	2023-06-08	\N	\N
ana	2023-06-09	\N	\N
ana	2023-06-10	\N	\N
ana	2023-06-11	\N	\N
ana	2023-06-12	\N	\N
ana	2023-06-13	\N	\N
ana	2023-06-14	\N	\N
ana	2023-06-15	\N	\N
ana	2023-06-16	\N	\N
ana	2023-06-17	\N	\N
ana	2023-06-18	\N	\N
ana	2023-06-19	\N	\N
ana	2023-06-20	\N	\N
ana	2023-06-21	\N	\N
ana	2023-06-22	\N	\N
ana	2023-06-23	\N	\N
ana	2023-06-24	\N	\N
ana	2023-06-25	\N	\N
ana	2023-06-26	\N	\N
ana	2023-06-27	\N	\N
ana	2023-06-28	\N	\N
ana	2023-06-29	\N	\N
ana	2023-06-30	\N	\N
ana	2023-07-01	\N	\N
ana	2023-07-02	\N	\N
ana	2023-07-03	\N	\N
ana	2023-07-04	\N	\N
ana	2023-07-05	\N	\N
ana	2023-07-06	\N	\N
ana	2023-07-07	\N	\N
ana	2023-07-08	\N	\N
ana	2023-07-09	\N	\N
ana	2023-07-10	\N	\N
ana	2023-07-11	\N	\N
ana	2023-07-12	\N	\N
ana	2023-07-13	\N	\N
ana	2023-07-14	\N	\N
ana	2023-07-15	\N	\N
ana	2023-07-16	\N	\N
ana	2023-07-17	\N	\N
ana	2023-07-18	\N	\N
ana	2023-07-19	\N	\N
ana	2023-07-20	\N	\N
ana	2023-07-21	\N	\N
ana	2023-07-22	\N	\N
ana	2023-07-23	\N	\N
ana	2023-07-24	\N	\N
ana	2023-07-25	\N	\N
ana	2023-07-26	\N	\N
ana	2023-07-27	\N	\N
ana	2023-07-28	\N	\N
ana	2023-07-29	\N	\N
ana	2023-07-30	\N	\N
ana	2023-07-31	\N	\N
ana	2023-08-01	\N	\N
ana	2023-08-02	\N	\N
ana	2023-08-03	\N	\N
ana	2023-08-04	\N	\N
ana	2023-08-05	\N	\N
ana	2023-08-06	\N	\N
ana	2023-08-07	\N	\N
ana	2023-08-08	\N	\N
ana	2023-08-09	\N	\N
ana	2023-08-10	\N	\N
ana	2023-08-11	\N	\N
ana	2023-08-12	\N	\N
ana	2023-08-13	\N	\N
ana	2023-08-14	\N	\N
ana	2023-08-15	\N	\N
ana	2023-08-16	\N	\N
ana	2023-08-17	\N	\N
ana	2023-08-18	\N	\N
ana	2023-08-19	\N	\N
ana	2023-08-20	\N	\N
ana	2023-08-21	\N	\N
ana	2023-08-22	\N	\N
ana	2023-08-23	\N	\N
ana	2023-08-24	\N	\N
ana	2023-08-25	\N	\N
ana	2023-08-26	\N	\N
ana	2023-08-27	\N	\N
ana	2023-08-28	\N	\N
ana	2023-08-29	\N	\N
ana	2023-08-30	\N	\N
ana	2023-08-31	\N	\N
ana	2023-09-01	\N	\N
ana	2023-09-02	\N	\N
ana	2023-09-03	\N	\N
ana	2023-09-04	\N	\N
ana	2023-09-05	\N	\N
ana	2023-09-06	\N	\N
ana	2023-09-07	\N	\N
ana	2023-09-08	\N	\N
ana	2023-09-09	\N	\N
ana	2023-09-10	\N	\N
ana	2023-09-11	\N	\N
ana	2023-09-12	\N	\N
ana	2023-09-13	\N	\N
ana	2023-09-14	\N	\N
ana	2023-09-15	\N	\N
ana	2023-09-16	\N	\N
ana	2023-09-17	\N	\N
ana	2023-09-18	\N	\N
ana	2023-09-19	\N	\N
ana	2023-09-20	\N	\N
ana	2023-09-21	\N	\N
ana	2023-09-22	\N	\N
ana	2023-09-23	\N	\N
ana	2023-09-24	\N	\N
ana	2023-09-25	\N	\N
ana	2023-09-26	\N	\N
ana	2023-09-27	\N	\N
ana	2023-09-28	\N	\N
ana	2023-09-29	\N	\N
ana	2023-09-30	\N	\N
ana	2023-10-01	\N	\N
ana	2023-10-02	\N	\N
ana	2023-10-03	\N	\N
ana	2023-10-04	\N	\N
ana	2023-10-05	\N	\N
ana	2023-10-06	\N	\N
ana	2023-10-07	\N	\N
ana	2023-10-08	\N	\N
ana	2023-10-09	\N	\N
ana	2023-10-10	\N	\N
ana	2023-10-11	\N	\N
ana	2023-10-12	\N	\N
ana	2023-10-13	\N	\N
ana	2023-10-14	\N	\N
ana	2023-10-15	\N	\N
ana	2023-10-16	\N	\N
ana	2023-10-17	\N	\N
ana	2023-10-18	\N	\N
ana	2023-10-19	\N	\N
ana	2023-10-20	\N	\N
ana	2023-10-21	\N	\N
ana	2023-10-22	\N	\N
ana	2023-10-23	\N	\N
ana	2023-10-24	\N	\N
ana	2023-10-25	\N	\N
ana	2023-10-26	\N	\N
ana	2023-10-27	\N	\N
ana	2023-10-28	\N	\N
ana	2023-10-29	\N	\N
ana	2023-10-30	\N	\N
ana	2023-10-31	\N	\N
ana	2023-11-01	\N	\N
ana	2023-11-02	\N	\N
ana	2023-11-03	\N	\N
ana	2023-11-04	\N	\N
ana	2023-11-05	\N	\N
ana	2023-11-06	\N	\N
ana	2023-11-07	\N	\N
ana	2023-11-08	\N	\N
ana	2023-11-09	\N	\N
ana	2023-11-10	\N	\N
ana	2023-11-11	\N	\N
ana	2023-11-12	\N	\N
ana	2023-11-13	\N	\N
ana	2023-11-14	\N	\N
ana	2023-11-15	\N	\N
ana	2023-11-16	\N	\N
ana	2023-11-17	\N	\N
ana	2023-11-18	\N	\N
ana	2023-11-19	\N	\N
ana	2023-11-20	\N	\N
ana	2023-11-21	\N	\N
ana	2023-11-22	\N	\N
ana	2023-11-23	\N	\N
ana	2023-11-24	\N	\N
ana	2023-11-25	\N	\N
ana	2023-11-26	\N	\N
ana	2023-11-27	\N	\N
ana	2023-11-28	\N	\N
ana	2023-11-29	\N	\N
ana	2023-11-30	\N	\N
ana	2023-12-01	\N	\N
ana	2023-12-02	\N	\N
ana	2023-12-03	\N	\N
ana	2023-12-04	\N	\N
ana	2023-12-05	\N	\N
ana	2023-12-06	\N	\N
ana	2023-12-07	\N	\N
ana	2023-12-08	\N	\N
ana	2023-12-09	\N	\N
ana	2023-12-10	\N	\N
ana	2023-12-11	\N	\N
ana	2023-12-12	\N	\N
ana	2023-12-13	\N	\N
ana	2023-12-14	\N	\N
ana	2023-12-15	\N	\N
ana	2023-12-16	\N	\N
ana	2023-12-17	\N	\N
ana	2023-12-18	\N	\N
ana	2023-12-19	\N	\N
ana	2023-12-20	\N	\N
ana	2023-12-21	\N	\N
ana	2023-12-22	\N	\N
ana	2023-12-23	\N	\N
ana	2023-12-24	\N	\N
ana	2023-12-25	\N	\N
ana	2023-12-26	\N	\N
ana	2023-12-27	\N	\N
ana	2023-12-28	\N	\N
ana	2023-12-29	\N	\N
ana	2023-12-30	\N	\N
ana	2023-12-31	\N	\N
ana	2024-01-01	\N	\N
ana	2024-01-02	\N	\N
ana	2024-01-03	\N	\N
ana	2024-01-04	\N	\N
ana	2024-01-05	\N	\N
ana	2024-01-06	\N	\N
ana	2024-01-07	\N	\N
ana	2024-01-08	\N	\N
ana	2024-01-09	\N	\N
ana	2024-01-10	\N	\N
ana	2024-01-11	\N	\N
ana	2024-01-12	\N	\N
ana	2024-01-13	\N	\N
ana	2024-01-14	\N	\N
ana	2024-01-15	\N	\N
ana	2024-01-16	\N	\N
ana	2024-01-17	\N	\N
ana	2024-01-18	\N	\N
ana	2024-01-19	\N	\N
ana	2024-01-20	\N	\N
ana	2024-01-21	\N	\N
ana	2024-01-22	\N	\N
ana	2024-01-23	\N	\N
ana	2024-01-24	\N	\N
ana	2024-01-25	\N	\N
ana	2024-01-26	\N	\N
ana	2024-01-27	\N	\N
ana	2024-01-28	\N	\N
ana	2024-01-29	\N	\N
ana	2024-01-30	2.0	2.0
ana	2024-01-31	2.0	2.0
ana	2024-02-01	1.5	1.5
ana	2024-02-02	1.5	1.5
ana	2024-02-03	1.5	1.5
ana	2024-02-04	1.5	1.5
ana	2024-02-05	1.5	1.5
ana	2024-02-06	1.0	1.5
ana	2024-02-07	1.0	1.5
ana	2024-02-08	\N	1.5
ana	2024-02-09	\N	1.5
ana	2024-02-10	\N	1.5
ana	2024-02-11	\N	1.5
ana	2024-02-12	\N	1.5
ana	2024-02-13	\N	1.5
ana	2024-02-14	\N	1.5
ana	2024-02-15	\N	1.5
ana	2024-02-16	\N	1.5
ana	2024-02-17	\N	1.5
ana	2024-02-18	\N	1.5
ana	2024-02-19	\N	1.5
ana	2024-02-20	\N	1.5
ana	2024-02-21	\N	1.5
ana	2024-02-22	\N	1.5
ana	2024-02-23	\N	1.5
ana	2024-02-24	\N	1.5
ana	2024-02-25	\N	1.5
ana	2024-02-26	3.5	2.2
ana	2024-02-27	3.5	2.2
ana	2024-02-28	3.5	2.2
ben	2023-03-02	\N	\N
ben	2023-03-03	\N	\N
ben	2023-03-04	\N	\N
ben	2023-03-05	\N	\N
ben	2023-03-06	\N	\N
ben	2023-03-07	\N	\N
ben	2023-03-08	\N	\N
ben	2023-03-09	\N	\N
ben	2023-03-10	\N	\N
ben	2023-03-11	\N	\N
ben	2023-03-12	\N	\N
ben	2023-03-13	\N	\N
ben	2023-03-14	\N	\N
ben	2023-03-15	\N	\N
ben	2023-03-16	\N	\N
ben	2023-03-17	\N	\N
ben	2023-03-18	\N	\N
ben	2023-03-19	\N	\N
ben	2023-03-20	\N	\N
ben	2023-03-21	\N	\N
ben	2023-03-22	\N	\N
ben	2023-03-23	\N	\N
ben	2023-03-24	\N	\N
ben	2023-03-25	\N	\N
ben	2023-03-26	\N	\N
ben	2023-03-27	\N	\N
ben	2023-03-28	\N	\N
ben	2023-03-29	\N	\N
ben	2023-03-30	\N	\N
ben	2023-03-31	\N	\N
ben	2023-04-01	\N	\N
ben	2023-04-02	\N	\N
ben	2023-04-03	\N	\N
ben	2023-04-04	\N	\N
ben	2023-04-05	\N	\N
ben	2023-04-06	\N	\N
ben	2023-04-07	\N	\N
ben	2023-04-08	\N	\N
ben	2023-04-09	\N	\N
ben	2023-04-10	\N	\N
ben	2023-04-11	\N	\N
ben	2023-04-12	\N	\N
ben	2023-04-13	\N	\N
ben	2023-04-14	\N	\N
ben	2023-04-15	\N	\N
ben	2023-04-16	\N	\N
ben	2023-04-17	\N	\N
ben	2023-04-18	\N	\N
ben	2023-04-19	\N	\N
ben	2023-04-20	\N	\N
ben	2023-04-21	\N	\N
ben	2023-04-22	\N	\N
ben	2023-04-23	\N	\N
ben	2023-04-24	\N	\N
ben	2023-04-25	\N	\N
ben	2023-04-26	\N	\N
ben	2023-04-27	\N	\N
ben	2023-04-28	\N	\N
ben	2023-04-29	\N	\N
ben	2023-04-30	\N	\N
ben	2023-05-01	\N	\N
ben	2023-05-02	\N	\N
ben	2023-05-03	\N	\N
ben	2023-05-04	\N	\N
ben	2023-05-05	\N	\N
ben	2023-05-06	\N	\N
ben	2023-05-07	\N	\N
ben	2023-05-08	\N	\N
ben	2023-05-09	\N	\N
ben	2023-05-10	\N	\N
ben	2023-05-11	\N	\N
ben	2023-05-12	\N	\N
ben	2023-05-13	\N	\N
ben	2023-05-14	\N	\N
ben	2023-05-15	\N	\N
ben	2023-05-16	\N	\N
ben	2023-05-17	\N	\N
ben	2023-05-18	\N	\N
ben	2023-05-19	\N	\N
ben	2023-05-20	\N	\N
ben	2023-05-21	\N	\N
ben	2023-05-22	\N	\N
ben	2023-05-23	\N	\N
ben	2023-05-24	\N	\N
ben	2023-05-25	\N	\N
ben	2023-05-26	\N	\N
ben	2023-05-27	\N	\N
ben	2023-05-28	\N	\N
ben	2023-05-29	\N	\N
ben	2023-05-30	\N	\N
ben	2023-05-31	\N	\N
ben	2023-06-01	\N	\N
ben	2023-06-02	\N	\N
ben	2023-06-03	\N	\N
ben	2023-06-04	\N	\N
ben	2023-06-05	\N	\N
ben	2023-06-06	\N	\N
ben	2023-06-07	\N	\N
ben	2023-06-08	\N	\N
ben	2023-06-09	\N	\N
ben	2023-06-10	\N	\N
ben	2023-06-11	\N	\N
ben	2023-06-12	\N	\N
ben	2023-06-13	\N	\N
ben	2023-06-14	\N	\N
ben	2023-06-15	\N	\N
ben	2023-06-16	\N	\N
ben	2023-06-17	\N	\N
ben	2023-06-18	\N	\N
ben	2023-06-19	\N	\N
ben	2023-06-20	\N	\N
ben	2023-06-21	\N	\N
ben	2023-06-22	\N	\N
ben	2023-06-23	\N	\N
ben	2023-06-24	\N	\N
ben	2023-06-25	\N	\N
ben	2023-06-26	\N	\N
ben	2023-06-27	\N	\N
ben	2023-06-28	\N	\N
ben	2023-06-29	\N	\N
ben	2023-06-30	\N	\N
ben	2023-07-01	\N	\N
ben	2023-07-02	\N	\N
ben	2023-07-03	\N	\N
ben	2023-07-04	\N	\N
ben	2023-07-05	\N	\N
ben	2023-07-06	\N	\N
ben	2023-07-07	\N	\N
ben	2023-07-08	\N	\N
ben	2023-07-09	\N	\N
ben	2023-07-10	\N	\N
ben	2023-07-11	\N	\N
ben	2023-07-12	\N	\N
ben	2023-07-13	\N	\N
ben	2023-07-14	\N	\N
ben	2023-07-15	\N	\N
ben	2023-07-16	\N	\N
ben	2023-07-17	\N	\N
ben	2023-07-18	\N	\N
ben	2023-07-19	\N	\N
ben	2023-07-20	\N	\N
ben	2023-07-21	\N	\N
ben	2023-07-22	\N	\N
ben	2023-07-23	\N	\N
ben	2023-07-24	\N	\N
ben	2023-07-25	\N	\N
ben	2023-07-26	\N	\N
ben	2023-07-27	\N	\N
ben	2023-07-28	\N	\N
ben	2023-07-29	\N	\N
ben	2023-07-30	\N	\N
ben	2023-07-31	\N	\N
ben	2023-08-01	\N	\N
ben	2023-08-02	\N	\N
ben	2023-08-03	\N	\N
ben	2023-08-04	\N	\N
ben	2023-08-05	\N	\N
ben	2023-08-06	\N	\N
ben	2023-08-07	\N	\N
ben	2023-08-08	\N	\N
ben	2023-08-09	\N	\N
ben	2023-08-10	\N	\N
ben	2023-08-11	\N	\N
ben	2023-08-12	\N	\N
ben	2023-08-13	\N	\N
ben	2023-08-14	\N	\N
ben	2023-08-15	\N	\N
ben	2023-08-16	\N	\N
ben	2023-08-17	\N	\N
ben	2023-08-18	\N	\N
ben	2023-08-19	\N	\N
ben	2023-08-20	\N	\N
ben	2023-08-21	\N	\N
ben	2023-08-22	\N	\N
ben	2023-08-23	\N	\N
ben	2023-08-24	\N	\N
ben	2023-08-25	\N	\N
ben	2023-08-26	\N	\N
ben	2023-08-27	\N	\N
ben	2023-08-28	\N	\N
ben	2023-08-29	\N	\N
ben	2023-08-30	\N	\N
ben	2023-08-31	\N	\N
ben	2023-09-01	\N	\N
ben	2023-09-02	\N	\N
ben	2023-09-03	\N	\N
ben	2023-09-04	\N	\N
ben	2023-09-05	\N	\N
ben	2023-09-06	\N	\N
ben	2023-09-07	\N	\N
ben	2023-09-08	\N	\N
ben	2023-09-09	\N	\N
ben	2023-09-10	\N	\N
ben	2023-09-11	\N	\N
ben	2023-09-12	\N	\N
ben	2023-09-13	\N	\N
ben	2023-09-14	\N	\N
ben	2023-09-15	\N	\N
ben	2023-09-16	\N	\N
ben	2023-09-17	\N	\N
ben	2023-09-18	\N	\N
ben	2023-09-19	\N	\N
ben	2023-09-20	\N	\N
ben	2023-09-21	\N	\N
ben	2023-09-22	\N	\N
ben	2023-09-23	\N	\N
ben	2023-09-24	\N	\N
ben	2023-09-25	\N	\N
ben	2023-09-26	\N	\N
ben	2023-09-27	\N	\N
ben	2023-09-28	\N	\N
ben	2023-09-29	\N	\N
ben	2023-09-30	\N	\N
ben	2023-10-01	\N	\N
ben	2023-10-02	\N	\N
ben	2023-10-03	\N	\N
ben	2023-10-04	\N	\N
ben	2023-10-05	\N	\N
ben	2023-10-06	\N	\N
ben	2023-10-07	\N	\N
ben	2023-10-08	\N	\N
ben	2023-10-09	\N	\N
ben	2023-10-10	\N	\N
ben	2023-10-11	\N	\N
ben	2023-10-12	\N	\N
ben	2023-10-13	\N	\N
ben	2023-10-14	\N	\N
ben	2023-10-15	\N	\N
ben	2023-10-16	\N	\N
ben	2023-10-17	\N	\N
ben	2023-10-18	\N	\N
ben	2023-10-19	\N	\N
ben	2023-10-20	\N	\N
ben	2023-10-21	\N	\N
ben	2023-10-22	\N	\N
ben	2023-10-23	\N	\N
ben	2023-10-24	\N	\N
ben	2023-10-25	\N	\N
ben	2023-10-26	\N	\N
ben	2023-10-27	\N	\N
ben	2023-10-28	\N	\N
ben	2023-10-29	\N	\N
ben	2023-10-30	\N	\N
ben	2023-10-31	\N	\N
ben	2023-11-01	\N	\N
ben	2023-11-02	\N	\N
ben	2023-11-03	\N	\N
ben	2023-11-04	\N	\N
ben	2023-11-05	\N	\N
ben	2023-11-06	\N	\N
ben	2023-11-07	\N	\N
ben	2023-11-08	\N	\N
ben	2023-11-09	\N	\N
ben	2023-11-10	\N	\N
ben	2023-11-11	\N	\N
ben	2023-11-12	\N	\N
ben	2023-11-13	\N	\N
ben	2023-11-14	\N	\N
ben	2023-11-15	\N	\N
ben	2023-11-16	\N	\N
ben	2023-11-17	\N	\N
ben	2023-11-18	\N	\N
ben	2023-11-19	\N	\N
ben	2023-11-20	\N	\N
ben	2023-11-21	\N	\N
ben	2023-11-22	\N	\N
ben	2023-11-23	\N	\N
ben	2023-11-24	\N	\N
ben	2023-11-25	\N	\N
ben	2023-11-26	\N	\N
ben	2023-11-27	\N	\N
ben	2023-11-28	\N	\N
ben	2023-11-29	\N	\N
ben	2023-11-30	\N	\N
ben	2023-12-01	\N	\N
ben	2023-12-02	\N	\N
ben	2023-12-03	\N	\N
ben	2023-12-04	\N	\N
ben	2023-12-05	\N	\N
ben	2023-12-06	\N	\N
ben	2023-12-07	\N	\N
ben	2023-12-08	\N	\N
ben	2023-12-09	\N	\N
ben	2023-12-10	\N	\N
ben	2023-12-11	\N	\N
ben	2023-12-12	\N	\N
ben	2023-12-13	\N	\N
ben	2023-12-14	\N	\N
ben	2023-12-15	\N	\N
ben	2023-12-16	\N	\N
ben	2023-12-17	\N	\N
ben	2023-12-18	\N	\N
ben	2023-12-19	\N	\N
ben	2023-12-20	\N	\N
ben	2023-12-21	\N	\N
ben	2023-12-22	\N	\N
ben	2023-12-23	\N	\N
ben	2023-12-24	\N	\N
ben	2023-12-25	\N	\N
ben	2023-12-26	\N	\N
ben	2023-12-27	\N	\N
ben	2023-12-28	\N	\N
ben	2023-12-29	\N	\N
ben	2023-12-30	\N	\N
ben	2023-12-31	\N	\N
ben	2024-01-01	\N	\N
ben	2024-01-02	\N	\N
ben	2024-01-03	\N	\N
ben	2024-01-04	\N	\N
ben	2024-01-05	\N	\N
ben	2024-01-06	\N	\N
ben	2024-01-07	\N	\N
ben	2024-01-08	\N	\N
ben	2024-01-09	\N	\N
ben	2024-01-10	0.0	0.0
ben	2024-01-11	0.0	0.0
ben	2024-01-12	0.0	0.0
ben	2024-01-13	0.0	0.0
ben	2024-01-14	0.0	0.0
ben	2024-01-15	0.0	0.0
ben	2024-01-16	0.0	0.0
ben	2024-01-17	\N	0.0
ben	2024-01-18	\N	0.0
ben	2024-01-19	\N	0.0
ben	2024-01-20	\N	0.0
ben	2024-01-21	\N	0.0
ben	2024-01-22	\N	0.0
ben	2024-01-23	\N	0.0
ben	2024-01-24	\N	0.0
ben	2024-01-25	\N	0.0
ben	2024-01-26	\N	0.0
ben	2024-01-27	\N	0.0
ben	2024-01-28	\N	0.0
ben	2024-01-29	\N	0.0
ben	2024-01-30	\N	0.0
ben	2024-01-31	\N	0.0
ben	2024-02-01	\N	0.0
ben	2024-02-02	\N	0.0
ben	2024-02-03	\N	0.0
ben	2024-02-04	\N	0.0
ben	2024-02-05	\N	0.0
ben	2024-02-06	\N	0.0
ben	2024-02-07	\N	0.0
ben	2024-02-08	\N	0.0
ben	2024-02-09	\N	\N
ben	2024-02-10	4.0	4.0
ben	2024-02-11	4.0	4.0
ben	2024-02-12	4.0	4.0
ben	2024-02-13	4.0	4.0
ben	2024-02-14	4.0	4.0
ben	2024-02-15	4.0	4.0
ben	2024-02-16	4.0	4.0
ben	2024-02-17	\N	4.0
ben	2024-02-18	\N	4.0
ben	2024-02-19	4.0	4.0
ben	2024-02-20	4.0	4.0
ben	2024-02-21	4.0	4.0
ben	2024-02-22	4.0	4.0
ben	2024-02-23	4.0	4.0
ben	2024-02-24	4.0	4.0
ben	2024-02-25	4.0	4.0
ben	2024-02-26	\N	4.0
ben	2024-02-27	\N	4.0
ben	2024-02-28	\N	4.0
ben	2024-02-29	\N	4.0
cem	2023-03-02	\N	\N
cem	2023-03-03	\N	\N
cem	2023-03-04	\N	\N
cem	2023-03-05	\N	\N
cem	2023-03-06	\N	\N
cem	2023-03-07	\N	\N
cem	2023-03-08	\N	\N
cem	2023-03-09	\N	\N
cem	2023-03-10	\N	\N
cem	2023-03-11	\N	\N
cem	2023-03-12	\N	\N
cem	2023-03-13	\N	\N
cem	2023-03-14	\N	\N
cem	2023-03-15	\N	\N
cem	2023-03-16	\N	\N
cem	2023-03-17	\N	\N
cem	2023-03-18	\N	\N
cem	2023-03-19	\N	\N
cem	2023-03-20	\N	\N
cem	2023-03-21	\N	\N
cem	2023-03-22	\N	\N
cem	2023-03-23	\N	\N
cem	2023-03-24	\N	\N
cem	2023-03-25	\N	\N
cem	2023-03-26	\N	\N
cem	2023-03-27	\N	\N
cem	2023-03-28	\N	\N
cem	2023-03-29	\N	\N
cem	2023-03-30	\N	\N
cem	2023-03-31	\N	\N
cem	2023-04-01	\N	\N
cem	2023-04-02	\N	\N
cem	2023-04-03	\N	\N
cem	2023-04-04	\N	\N
cem	2023-04-05	\N	\N
cem	2023-04-06	\N	\N
cem	2023-04-07	\N	\N
cem	2023-04-08	\N	\N
cem	2023-04-09	\N	\N
cem	2023-04-10	\N	\N
cem	2023-04-11	\N	\N
cem	2023-04-12	\N	\N
cem	2023-04-13	\N	\N
cem	2023-04-14	\N	\N
cem	2023-04-15	\N	\N
cem	2023-04-16	\N	\N
cem	2023-04-17	\N	\N
cem	2023-04-18	\N	\N
cem	2023-04-19	\N	\N
cem	2023-04-20	\N	\N
cem	2023-04-21	\N	\N
cem	2023-04-22	\N	\N
cem	2023-04-23	\N	\N
cem	2023-04-24	\N	\N
cem	2023-04-25	\N	\N
cem	2023-04-26	\N	\N
cem	2023-04-27	\N	\N
cem	2023-04-28	\N	\N
cem	2023-04-29	\N	\N
cem	2023-04-30	\N	\N
cem	2023-05-01	\N	\N
cem	2023-05-02	\N	\N
cem	2023-05-03	\N	\N
cem	2023-05-04	\N	\N
cem	2023-05-05	\N	\N
cem	2023-05-06	\N	\N
cem	2023-05-07	\N	\N
cem	2023-05-08	\N	\N
cem	2023-05-09	\N	\N
cem	2023-05-10	\N	\N
cem	2023-05-11	\N	\N
cem	2023-05-12	\N	\N
cem	2023-05-13	\N	\N
cem	2023-05-14	\N	\N
cem	2023-05-15	\N	\N
cem	2023-05-16	\N	\N
cem	2023-05-17	\N	\N
cem	2023-05-18	\N	\N
cem	2023-05-19	\N	\N
cem	2023-05-20	\N	\N
cem	2023-05-21	\N	\N
cem	2023-05-22	\N	\N
cem	2023-05-23	\N	\N
cem	2023-05-24	\N	\N
cem	2023-05-25	\N	\N
cem	2023-05-26	\N	\N
cem	2023-05-27	\N	\N
cem	2023-05-28	\N	\N
cem	2023-05-29	\N	\N
cem	2023-05-30	\N	\N
cem	2023-05-31	\N	\N
cem	2023-06-01	\N	\N
cem	2023-06-02	\N	\N
cem	2023-06-03	\N	\N
cem	2023-06-04	\N	\N
cem	2023-06-05	\N	\N
cem	2023-06-06	\N	\N
cem	2023-06-07	\N	\N
cem	2023-06-08	\N	\N
cem	2023-06-09	\N	\N
cem	2023-06-10	\N	\N
cem	2023-06-11	\N	\N
cem	2023-06-12	\N	\N
cem	2023-06-13	\N	\N
cem	2023-06-14	\N	\N
cem	2023-06-15	\N	\N
cem	2023-06-16	\N	\N
cem	2023-06-17	\N	\N
cem	2023-06-18	\N	\N
cem	2023-06-19	\N	\N
cem	2023-06-20	\N	\N
cem	2023-06-21	\N	\N
cem	2023-06-22	\N	\N
cem	2023-06-23	\N	\N
cem	2023-06-24	\N	\N
cem	2023-06-25	\N	\N
cem	2023-06-26	\N	\N
cem	2023-06-27	\N	\N
cem	2023-06-28	\N	\N
cem	2023-06-29	\N	\N
cem	2023-06-30	\N	\N
cem	2023-07-01	\N	\N
cem	2023-07-02	\N	\N
cem	2023-07-03	\N	\N
cem	2023-07-04	\N	\N
cem	2023-07-05	\N	\N
cem	2023-07-06	\N	\N
cem	2023-07-07	\N	\N
cem	2023-07-08	\N	\N
cem	2023-07-09	\N	\N
cem	2023-07-10	\N	\N
cem	2023-07-11	\N	\N
cem	2023-07-12	\N	\N
cem	2023-07-13	\N	\N
cem	2023-07-14	\N	\N
cem	2023-07-15	\N	\N
cem	2023-07-16	\N	\N
cem	2023-07-17	\N	\N
cem	2023-07-18	\N	\N
cem	2023-07-19	\N	\N
cem	2023-07-20	\N	\N
cem	2023-07-21	\N	\N
cem	2023-07-22	\N	\N
cem	2023-07-23	\N	\N
cem	2023-07-24	\N	\N
cem	2023-07-25	\N	\N
cem	2023-07-26	\N	\N
cem	2023-07-27	\N	\N
cem	2023-07-28	\N	\N
cem	2023-07-29	\N	\N
cem	2023-07-30	\N	\N
cem	2023-07-31	\N	\N
cem	2023-08-01	\N	\N
cem	2023-08-02	\N	\N
cem	2023-08-03	\N	\N
cem	2023-08-04	\N	\N
cem	2023-08-05	\N	\N
cem	2023-08-06	\N	\N
cem	2023-08-07	\N	\N
cem	2023-08-08	\N	\N
cem	2023-08-09	\N	\N
cem	2023-08-10	\N	\N
cem	2023-08-11	\N	\N
cem	2023-08-12	\N	\N
cem	2023-08-13	\N	\N
cem	2023-08-14	\N	\N
cem	2023-08-15	\N	\N
cem	2023-08-16	\N	\N
cem	2023-08-17	\N	\N
cem	2023-08-18	\N	\N
cem	2023-08-19	\N	\N
cem	2023-08-20	\N	\N
cem	2023-08-21	\N	\N
cem	2023-08-22	\N	\N
cem	2023-08-23	\N	\N
cem	2023-08-24	\N	\N
cem	2023-08-25	\N	\N
cem	2023-08-26	\N	\N
cem	2023-08-27	\N	\N
cem	2023-08-28	\N	\N
cem	2023-08-29	\N	\N
cem	2023-08-30	\N	\N
cem	2023-08-31	\N	\N
cem	2023-09-01	\N	\N
cem	2023-09-02	\N	\N
cem	2023-09-03	\N	\N
cem	2023-09-04	\N	\N
cem	2023-09-05	\N	\N
cem	2023-09-06	\N	\N
cem	2023-09-07	\N	\N
cem	2023-09-08	\N	\N
cem	2023-09-09	\N	\N
cem	2023-09-10	\N	\N
cem	2023-09-11	\N	\N
cem	2023-09-12	\N	\N
cem	2023-09-13	\N	\N
cem	2023-09-14	\N	\N
cem	2023-09-15	\N	\N
cem	2023-09-16	\N	\N
cem	2023-09-17	\N	\N
cem	2023-09-18	\N	\N
cem	2023-09-19	\N	\N
cem	2023-09-20	\N	\N
cem	2023-09-21	\N	\N
cem	2023-09-22	\N	\N
cem	2023-09-23	\N	\N
cem	2023-09-24	\N	\N
cem	2023-09-25	\N	\N
cem	2023-09-26	\N	\N
cem	2023-09-27	\N	\N
cem	2023-09-28	\N	\N
cem	2023-09-29	\N	\N
cem	2023-09-30	\N	\N
cem	2023-10-01	\N	\N
cem	2023-10-02	\N	\N
cem	2023-10-03	\N	\N
cem	2023-10-04	\N	\N
cem	2023-10-05	\N	\N
cem	2023-10-06	\N	\N
cem	2023-10-07	\N	\N
cem	2023-10-08	\N	\N
cem	2023-10-09	\N	\N
cem	2023-10-10	\N	\N
cem	2023-10-11	\N	\N
cem	2023-10-12	\N	\N
cem	2023-10-13	\N	\N
cem	2023-10-14	\N	\N
cem	2023-10-15	\N	\N
cem	2023-10-16	\N	\N
cem	2023-10-17	\N	\N
cem	2023-10-18	\N	\N
cem	2023-10-19	\N	\N
cem	2023-10-20	\N	\N
cem	2023-10-21	\N	\N
cem	2023-10-22	\N	\N
cem	2023-10-23	\N	\N
cem	2023-10-24	\N	\N
cem	2023-10-25	\N	\N
cem	2023-10-26	\N	\N
cem	2023-10-27	\N	\N
cem	2023-10-28	\N	\N
cem	2023-10-29	\N	\N
cem	2023-10-30	\N	\N
cem	2023-10-31	\N	\N
cem	2023-11-01	\N	\N
cem	2023-11-02	\N	\N
cem	2023-11-03	\N	\N
cem	2023-11-04	\N	\N
cem	2023-11-05	\N	\N
cem	2023-11-06	\N	\N
cem	2023-11-07	\N	\N
cem	2023-11-08	\N	\N
cem	2023-11-09	\N	\N
cem	2023-11-10	\N	\N
cem	2023-11-11	\N	\N
cem	2023-11-12	\N	\N
cem	2023-11-13	\N	\N
cem	2023-11-14	\N	\N
cem	2023-11-15	\N	\N
cem	2023-11-16	\N	\N
cem	2023-11-17	\N	\N
cem	2023-11-18	\N	\N
cem	2023-11-19	\N	\N
cem	2023-11-20	\N	\N
cem	2023-11-21	\N	\N
cem	2023-11-22	\N	\N
cem	2023-11-23	\N	\N
cem	2023-11-24	\N	\N
cem	2023-11-25	\N	\N
cem	2023-11-26	\N	\N
cem	2023-11-27	\N	\N
cem	2023-11-28	\N	\N
cem	2023-11-29	\N	\N
cem	2023-11-30	\N	\N
cem	2023-12-01	\N	\N
cem	2023-12-02	\N	\N
cem	2023-12-03	\N	\N
cem	2023-12-04	\N	\N
cem	2023-12-05	\N	\N
cem	2023-12-06	\N	\N
cem	2023-12-07	\N	\N
cem	2023-12-08	\N	\N
cem	2023-12-09	\N	\N
cem	2023-12-10	\N	\N
cem	2023-12-11	\N	\N
cem	2023-12-12	\N	\N
cem	2023-12-13	\N	\N
cem	2023-12-14	\N	\N
cem	2023-12-15	\N	\N
cem	2023-12-16	\N	\N
cem	2023-12-17	\N	\N
cem	2023-12-18	\N	\N
cem	2023-12-19	\N	\N
cem	2023-12-20	\N	\N
cem	2023-12-21	\N	\N
cem	2023-12-22	\N	\N
cem	2023-12-23	\N	\N
cem	2023-12-24	\N	\N
cem	2023-12-25	\N	\N
cem	2023-12-26	\N	\N
cem	2023-12-27	\N	\N
cem	2023-12-28	\N	\N
cem	2023-12-29	\N	\N
cem	2023-12-30	\N	\N
cem	2023-12-31	\N	\N
cem	2024-01-01	\N	\N
cem	2024-01-02	\N	\N
cem	2024-01-03	\N	\N
cem	2024-01-04	\N	\N
cem	2024-01-05	\N	\N
cem	2024-01-06	\N	\N
cem	2024-01-07	\N	\N
cem	2024-01-08	\N	\N
cem	2024-01-09	\N	\N
cem	2024-01-10	\N	\N
cem	2024-01-11	\N	\N
cem	2024-01-12	\N	\N
cem	2024-01-13	\N	\N
cem	2024-01-14	\N	\N
cem	2024-01-15	\N	\N
cem	2024-01-16	\N	\N
cem	2024-01-17	\N	\N
cem	2024-01-18	\N	\N
cem	2024-01-19	\N	\N
cem	2024-01-20	\N	\N
cem	2024-01-21	\N	\N
cem	2024-01-22	\N	\N
cem	2024-01-23	\N	\N
cem	2024-01-24	\N	\N
cem	2024-01-25	\N	\N
cem	2024-01-26	\N	\N
cem	2024-01-27	\N	\N
cem	2024-01-28	\N	\N
cem	2024-01-29	\N	\N
cem	2024-01-30	\N	\N
cem	2024-01-31	\N	\N
cem	2024-02-01	\N	\N
cem	2024-02-02	\N	\N
cem	2024-02-03	\N	\N
cem	2024-02-04	\N	\N
cem	2024-02-05	\N	\N
cem	2024-02-06	\N	\N
cem	2024-02-07	\N	\N
cem	2024-02-08	\N	\N
cem	2024-02-09	\N	\N
cem	2024-02-10	\N	\N
cem	2024-02-11	\N	\N
cem	2024-02-12	2.0	2.0
cem	2024-02-13	4.0	4.0
cem	2024-02-14	4.0	4.0
cem	2024-02-15	4.0	4.0
cem	2024-02-16	4.0	4.0
cem	2024-02-17	4.0	4.0
cem	2024-02-18	4.0	4.0
cem	2024-02-19	6.0	4.0
cem	2024-02-20	\N	4.0
cem	2024-02-21	\N	4.0
cem	2024-02-22	\N	4.0
cem	2024-02-23	\N	4.0
cem	2024-02-24	\N	4.0
cem	2024-02-25	\N	4.0
cem	2024-02-26	\N	4.0
cem	2024-02-27	\N	4.0
cem	2024-02-28	\N	4.0
cem	2024-02-29	\N	4.0
dot	2023-03-02	\N	\N
dot	2023-03-03	\N	\N
dot	2023-03-04	\N	\N
dot	2023-03-05	\N	\N
dot	2023-03-06	\N	\N
dot	2023-03-07	\N	\N
dot	2023-03-08	\N	\N
dot	2023-03-09	\N	\N
dot	2023-03-10	\N	\N
dot	2023-03-11	\N	\N
dot	2023-03-12	\N	\N
dot	2023-03-13	\N	\N
dot	2023-03-14	\N	\N
dot	2023-03-15	\N	\N
dot	2023-03-16	\N	\N
dot	2023-03-17	\N	\N
dot	2023-03-18	\N	\N
dot	2023-03-19	\N	\N
dot	2023-03-20	\N	\N
dot	2023-03-21	\N	\N
dot	2023-03-22	\N	\N
dot	2023-03-23	\N	\N
dot	2023-03-24	\N	\N
dot	2023-03-25	\N	\N
dot	2023-03-26	\N	\N
dot	2023-03-27	\N	\N
dot	2023-03-28	\N	\N
dot	2023-03-29	\N	\N
dot	2023-03-30	\N	\N
dot	2023-03-31	\N	\N
dot	2023-04-01	\N	\N
dot	2023-04-02	\N	\N
dot	2023-04-03	\N	\N
dot	2023-04-04	\N	\N
dot	2023-04-05	\N	\N
dot	2023-04-06	\N	\N
dot	2023-04-07	\N	\N
dot	2023-04-08	\N	\N
dot	2023-04-09	\N	\N
dot	2023-04-10	\N	\N
dot	2023-04-11	\N	\N
dot	2023-04-12	\N	\N
dot	2023-04-13	\N	\N
dot	2023-04-14	\N	\N
dot	2023-04-15	\N	\N
dot	2023-04-16	\N	\N
dot	2023-04-17	\N	\N
dot	2023-04-18	\N	\N
dot	2023-04-19	\N	\N
dot	2023-04-20	\N	\N
dot	2023-04-21	\N	\N
dot	2023-04-22	\N	\N
dot	2023-04-23	\N	\N
dot	2023-04-24	\N	\N
dot	2023-04-25	\N	\N
dot	2023-04-26	\N	\N
dot	2023-04-27	\N	\N
dot	2023-04-28	\N	\N
dot	2023-04-29	\N	\N
dot	2023-04-30	\N	\N
dot	2023-05-01	\N	\N
dot	2023-05-02	\N	\N
dot	2023-05-03	\N	\N
dot	2023-05-04	\N	\N
dot	2023-05-05	\N	\N
dot	2023-05-06	\N	\N
dot	2023-05-07	\N	\N
dot	2023-05-08	\N	\N
dot	2023-05-09	\N	\N
dot	2023-05-10	\N	\N
dot	2023-05-11	\N	\N
dot	2023-05-12	\N	\N
dot	2023-05-13	\N	\N
dot	2023-05-14	\N	\N
dot	2023-05-15	\N	\N
dot	2023-05-16	\N	\N
dot	2023-05-17	\N	\N
dot	2023-05-18	\N	\N
dot	2023-05-19	\N	\N
dot	2023-05-20	\N	\N
dot	2023-05-21	\N	\N
dot	2023-05-22	\N	\N
dot	2023-05-23	\N	\N
dot	2023-05-24	\N	\N
dot	2023-05-25	\N	\N
dot	2023-05-26	\N	\N
dot	2023-05-27	\N	\N
dot	2023-05-28	\N	\N
dot	2023-05-29	\N	\N
dot	2023-05-30	\N	\N
dot	2023-05-31	\N	\N
dot	2023-06-01	\N	\N
dot	2023-06-02	\N	\N
dot	2023-06-03	\N	\N
dot	2023-06-04	\N	\N
dot	2023-06-05	\N	\N
dot	2023-06-06	\N	\N
dot	2023-06-07	\N	\N
dot	2023-06-08	\N	\N
dot	2023-06-09	\N	\N
dot	2023-06-10	\N	\N
dot	2023-06-11	\N	\N
dot	2023-06-12	\N	\N
dot	2023-06-13	\N	\N
dot	2023-06-14	\N	\N
dot	2023-06-15	\N	\N
dot	2023-06-16	\N	\N
dot	2023-06-17	\N	\N
dot	2023-06-18	\N	\N
dot	2023-06-19	\N	\N
dot	2023-06-20	\N	\N
dot	2023-06-21	\N	\N
dot	2023-06-22	\N	\N
dot	2023-06-23	\N	\N
dot	2023-06-24	\N	\N
dot	2023-06-25	\N	\N
dot	2023-06-26	\N	\N
dot	2023-06-27	\N	\N
dot	2023-06-28	\N	\N
dot	2023-06-29	\N	\N
dot	2023-06-30	\N	\N
dot	2023-07-01	\N	\N
dot	2023-07-02	\N	\N
dot	2023-07-03	\N	\N
dot	2023-07-04	\N	\N
dot	2023-07-05	\N	\N
dot	2023-07-06	\N	\N
dot	2023-07-07	\N	\N
dot	2023-07-08	\N	\N
dot	2023-07-09	\N	\N
dot	2023-07-10	\N	\N
dot	2023-07-11	\N	\N
dot	2023-07-12	\N	\N
dot	2023-07-13	\N	\N
dot	2023-07-14	\N	\N
dot	2023-07-15	\N	\N
dot	2023-07-16	\N	\N
dot	2023-07-17	\N	\N
dot	2023-07-18	\N	\N
dot	2023-07-19	\N	\N
dot	2023-07-20	\N	\N
dot	2023-07-21	\N	\N
dot	2023-07-22	\N	\N
dot	2023-07-23	\N	\N
dot	2023-07-24	\N	\N
dot	2023-07-25	\N	\N
dot	2023-07-26	\N	\N
dot	2023-07-27	\N	\N
dot	2023-07-28	\N	\N
dot	2023-07-29	\N	\N
dot	2023-07-30	\N	\N
dot	2023-07-31	\N	\N
dot	2023-08-01	\N	\N
dot	2023-08-02	\N	\N
dot	2023-08-03	\N	\N
dot	2023-08-04	\N	\N
dot	2023-08-05	\N	\N
dot	2023-08-06	\N	\N
dot	2023-08-07	\N	\N
dot	2023-08-08	\N	\N
dot	2023-08-09	\N	\N
dot	2023-08-10	\N	\N
dot	2023-08-11	\N	\N
dot	2023-08-12	\N	\N
dot	2023-08-13	\N	\N
dot	2023-08-14	\N	\N
dot	2023-08-15	\N	\N
dot	2023-08-16	\N	\N
dot	2023-08-17	\N	\N
dot	2023-08-18	\N	\N
dot	2023-08-19	\N	\N
dot	2023-08-20	\N	\N
dot	2023-08-21	\N	\N
dot	2023-08-22	\N	\N
dot	2023-08-23	\N	\N
dot	2023-08-24	\N	\N
dot	2023-08-25	\N	\N
dot	2023-08-26	\N	\N
dot	2023-08-27	\N	\N
dot	2023-08-28	\N	\N
dot	2023-08-29	\N	\N
dot	2023-08-30	\N	\N
dot	2023-08-31	\N	\N
dot	2023-09-01	\N	\N
dot	2023-09-02	\N	\N
dot	2023-09-03	\N	\N
dot	2023-09-04	\N	\N
dot	2023-09-05	\N	\N
dot	2023-09-06	\N	\N
dot	2023-09-07	\N	\N
dot	2023-09-08	\N	\N
dot	2023-09-09	\N	\N
dot	2023-09-10	\N	\N
dot	2023-09-11	\N	\N
dot	2023-09-12	\N	\N
dot	2023-09-13	\N	\N
dot	2023-09-14	\N	\N
dot	2023-09-15	\N	\N
dot	2023-09-16	\N	\N
dot	2023-09-17	\N	\N
dot	2023-09-18	\N	\N
dot	2023-09-19	\N	\N
dot	2023-09-20	\N	\N
dot	2023-09-21	\N	\N
dot	2023-09-22	\N	\N
dot	2023-09-23	\N	\N
dot	2023-09-24	\N	\N
dot	2023-09-25	\N	\N
dot	2023-09-26	\N	\N
dot	2023-09-27	\N	\N
dot	2023-09-28	\N	\N
dot	2023-09-29	\N	\N
dot	2023-09-30	\N	\N
dot	2023-10-01	\N	\N
dot	2023-10-02	\N	\N
dot	2023-10-03	\N	\N
dot	2023-10-04	\N	\N
dot	2023-10-05	\N	\N
dot	2023-10-06	\N	\N
dot	2023-10-07	\N	\N
dot	2023-10-08	\N	\N
dot	2023-10-09	\N	\N
dot	2023-10-10	\N	\N
dot	2023-10-11	\N	\N
dot	2023-10-12	\N	\N
dot	2023-10-13	\N	\N
dot	2023-10-14	\N	\N
dot	2023-10-15	\N	\N
dot	2023-10-16	\N	\N
dot	2023-10-17	\N	\N
dot	2023-10-18	\N	\N
dot	2023-10-19	\N	\N
dot	2023-10-20	\N	\N
dot	2023-10-21	\N	\N
dot	2023-10-22	\N	\N
dot	2023-10-23	\N	\N
dot	2023-10-24	\N	\N
dot	2023-10-25	\N	\N
dot	2023-10-26	\N	\N
dot	2023-10-27	\N	\N
dot	2023-10-28	\N	\N
dot	2023-10-29	\N	\N
dot	2023-10-30	\N	\N
dot	2023-10-31	\N	\N
dot	2023-11-01	\N	\N
dot	2023-11-02	\N	\N
dot	2023-11-03	\N	\N
dot	2023-11-04	\N	\N
dot	2023-11-05	\N	\N
dot	2023-11-06	\N	\N
dot	2023-11-07	\N	\N
dot	2023-11-08	\N	\N
dot	2023-11-09	\N	\N
dot	2023-11-10	\N	\N
dot	2023-11-11	\N	\N
dot	2023-11-12	\N	\N
dot	2023-11-13	\N	\N
dot	2023-11-14	\N	\N
dot	2023-11-15	\N	\N
dot	2023-11-16	\N	\N
dot	2023-11-17	\N	\N
dot	2023-11-18	\N	\N
dot	2023-11-19	\N	\N
dot	2023-11-20	\N	\N
dot	2023-11-21	\N	\N
dot	2023-11-22	\N	\N
dot	2023-11-23	\N	\N
dot	2023-11-24	\N	\N
dot	2023-11-25	\N	\N
dot	2023-11-26	\N	\N
dot	2023-11-27	\N	\N
dot	2023-11-28	\N	\N
dot	2023-11-29	\N	\N
dot	2023-11-30	\N	\N
dot	2023-12-01	\N	\N
dot	2023-12-02	\N	\N
dot	2023-12-03	\N	\N
dot	2023-12-04	\N	\N
dot	2023-12-05	\N	\N
dot	2023-12-06	\N	\N
dot	2023-12-07	\N	\N
dot	2023-12-08	\N	\N
dot	2023-12-09	\N	\N
dot	2023-12-10	\N	\N
dot	2023-12-11	\N	\N
dot	2023-12-12	\N	\N
dot	2023-12-13	\N	\N
dot	2023-12-14	\N	\N
dot	2023-12-15	\N	\N
dot	2023-12-16	\N	\N
dot	2023-12-17	\N	\N
dot	2023-12-18	\N	\N
dot	2023-12-19	\N	\N
dot	2023-12-20	\N	\N
dot	2023-12-21	\N	\N
dot	2023-12-22	\N	\N
dot	2023-12-23	\N	\N
dot	2023-12-24	\N	\N
dot	2023-12-25	\N	\N
dot	2023-12-26	\N	\N
dot	2023-12-27	\N	\N
dot	2023-12-28	\N	\N
dot	2023-12-29	\N	\N
dot	2023-12-30	\N	\N
dot	2023-12-31	\N	\N
dot	2024-01-01	\N	\N
dot	2024-01-02	\N	\N
dot	2024-01-03	\N	\N
dot	2024-01-04	\N	\N
dot	2024-01-05	\N	\N
dot	2024-01-06	\N	\N
dot	2024-01-07	\N	\N
dot	2024-01-08	\N	\N
dot	2024-01-09	\N	\N
dot	2024-01-10	\N	\N
dot	2024-01-11	\N	\N
dot	2024-01-12	\N	\N
dot	2024-01-13	\N	\N
dot	2024-01-14	\N	\N
dot	2024-01-15	\N	\N
dot	2024-01-16	\N	\N
dot	2024-01-17	\N	\N
dot	2024-01-18	\N	\N
dot	2024-01-19	\N	\N
dot	2024-01-20	\N	\N
dot	2024-01-21	\N	\N
dot	2024-01-22	\N	\N
dot	2024-01-23	\N	\N
dot	2024-01-24	\N	\N
dot	2024-01-25	\N	\N
dot	2024-01-26	\N	\N
dot	2024-01-27	\N	\N
dot	2024-01-28	\N	\N
dot	2024-01-29	\N	\N
dot	2024-01-30	\N	\N
dot	2024-01-31	\N	\N
dot	2024-02-01	\N	\N
dot	2024-02-02	\N	\N
dot	2024-02-03	\N	\N
dot	2024-02-04	\N	\N
dot	2024-02-05	\N	\N
dot	2024-02-06	\N	\N
dot	2024-02-07	\N	\N
dot	2024-02-08	\N	\N
dot	2024-02-09	\N	\N
dot	2024-02-10	\N	\N
dot	2024-02-11	\N	\N
dot	2024-02-12	\N	\N
dot	2024-02-13	\N	\N
dot	2024-02-14	\N	\N
dot	2024-02-15	\N	\N
dot	2024-02-16	\N	\N
dot	2024-02-17	\N	\N
dot	2024-02-18	\N	\N
dot	2024-02-19	\N	\N
dot	2024-02-20	\N	\N
dot	2024-02-21	\N	\N
dot	2024-02-22	\N	\N
dot	2024-02-23	\N	\N
dot	2024-02-24	\N	\N
dot	2024-02-25	\N	\N
dot	2024-02-26	\N	\N
dot	2024-02-27	\N	\N
dot	2024-02-28	\N	\N
dot	2024-02-29	\N	\N
ana	2024-02-29	1.9	1.6
\.
COPY serving.agent_response_times (agent_id, date_range, mean_hours, median_hours, p90_hours, responded_count, unresponded_count, negative_count, under_1h_count, from_1h_to_4h_count, from_4h_to_8h_count, from_8h_to_24h_count, from_24h_count) FROM stdin;
cem	7	\N	\N	\N	0	0	0	0	0	0	0	0
ben	7	\N	\N	\N	0	0	0	0	0	0	0	0
dot	7	\N	\N	\N	0	1	0	0	0	0	0	0
cem	30	4.0	4.0	5.6	2	0	0	0	1	1	0	0
ben	30	4.0	4.0	4.0	2	0	0	0	0	2	0	0
dot	30	\N	\N	\N	0	1	0	0	0	0	0	0
cem	90	4.0	4.0	5.6	2	0	0	0	1	1	0	0
ben	90	2.7	4.0	4.0	3	0	0	1	0	2	0	0
dot	90	\N	\N	\N	0	1	0	0	0	0	0	0
cem	365	4.0	4.0	5.6	2	0	0	0	1	1	0	0
ben	365	2.7	4.0	4.0	3	0	0	1	0	2	0	0
dot	365	\N	\N	\N	0	1	0	0	0	0	0	0
ana	7	1.9	1.9	3.2	2	0	0	1	1	0	0	0
ana	30	1.6	1.0	3.0	3	1	0	1	2	0	0	0
ana	90	1.7	1.5	3.1	4	1	1	1	3	0	0	0
ana	365	1.7	1.5	3.1	4	1	1	1	3	0	0	0
\.
COPY serving.agent_revenue_summary (agent_id, best_date, best_date_revenue, month_total) FROM stdin;
ana	2024-02-27	1000.50	1040.50
ben	2024-02-20	300.00	200.00
cem	2024-02-21	75.00	75.00
dot	\N	\N	0.00
\.
COPY serving.agent_revenue_trends (agent_id, period, date, revenue) FROM stdin;
cem	daily	2024-02-29	0.00
ana	daily	2024-02-29	0.00
ben	daily	2024-02-29	0.00
dot	daily	2024-02-29	0.00
cem	daily	2024-02-28	0.00
ana	daily	2024-02-28	0.00
ben	daily	2024-02-28	0.00
dot	daily	2024-02-28	0.00
cem	daily	2024-02-27	0.00
ana	daily	2024-02-27	1000.50
ben	daily	2024-02-27	0.00
dot	daily	2024-02-27	0.00
cem	daily	2024-02-26	0.00
ana	daily	2024-02-26	0.00
ben	daily	2024-02-26	0.00
dot	daily	2024-02-26	0.00
cem	daily	2024-02-25	0.00
ana	daily	2024-02-25	0.00
ben	daily	2024-02-25	-100.00
dot	daily	2024-02-25	0.00
cem	daily	2024-02-24	0.00
ana	daily	2024-02-24	0.00
ben	daily	2024-02-24	0.00
dot	daily	2024-02-24	0.00
cem	daily	2024-02-23	0.00
ana	daily	2024-02-23	0.00
ben	daily	2024-02-23	0.00
dot	daily	2024-02-23	0.00
cem	daily	2024-02-22	0.00
ana	daily	2024-02-22	0.00
ben	daily	2024-02-22	0.00
dot	daily	2024-02-22	0.00
cem	daily	2024-02-21	75.00
ana	daily	2024-02-21	0.00
ben	daily	2024-02-21	0.00
dot	daily	2024-02-21	0.00
cem	daily	2024-02-20	0.00
ana	daily	2024-02-20	0.00
ben	daily	2024-02-20	300.00
dot	daily	2024-02-20	0.00
cem	daily	2024-02-19	0.00
ana	daily	2024-02-19	0.00
ben	daily	2024-02-19	0.00
dot	daily	2024-02-19	0.00
cem	daily	2024-02-18	0.00
ana	daily	2024-02-18	0.00
ben	daily	2024-02-18	0.00
dot	daily	2024-02-18	0.00
cem	daily	2024-02-17	0.00
ana	daily	2024-02-17	0.00
ben	daily	2024-02-17	0.00
dot	daily	2024-02-17	0.00
cem	daily	2024-02-16	0.00
ana	daily	2024-02-16	0.00
ben	daily	2024-02-16	0.00
dot	daily	2024-02-16	0.00
cem	daily	2024-02-15	0.00
ana	daily	2024-02-15	0.00
ben	daily	2024-02-15	0.00
dot	daily	2024-02-15	0.00
cem	daily	2024-02-14	0.00
ana	daily	2024-02-14	0.00
ben	daily	2024-02-14	0.00
dot	daily	2024-02-14	0.00
cem	daily	2024-02-13	0.00
ana	daily	2024-02-13	0.00
ben	daily	2024-02-13	0.00
dot	daily	2024-02-13	0.00
cem	daily	2024-02-12	0.00
ana	daily	2024-02-12	0.00
ben	daily	2024-02-12	0.00
dot	daily	2024-02-12	0.00
cem	daily	2024-02-11	0.00
ana	daily	2024-02-11	0.00
ben	daily	2024-02-11	0.00
dot	daily	2024-02-11	0.00
cem	daily	2024-02-10	0.00
ana	daily	2024-02-10	40.00
ben	daily	2024-02-10	0.00
dot	daily	2024-02-10	0.00
cem	daily	2024-02-09	0.00
ana	daily	2024-02-09	0.00
ben	daily	2024-02-09	0.00
dot	daily	2024-02-09	0.00
cem	daily	2024-02-08	0.00
ana	daily	2024-02-08	0.00
ben	daily	2024-02-08	0.00
dot	daily	2024-02-08	0.00
cem	daily	2024-02-07	0.00
ana	daily	2024-02-07	0.00
ben	daily	2024-02-07	0.00
dot	daily	2024-02-07	0.00
cem	daily	2024-02-06	0.00
ana	daily	2024-02-06	0.00
ben	daily	2024-02-06	0.00
dot	daily	2024-02-06	0.00
cem	daily	2024-02-05	0.00
ana	daily	2024-02-05	0.00
ben	daily	2024-02-05	0.00
dot	daily	2024-02-05	0.00
cem	daily	2024-02-04	0.00
ana	daily	2024-02-04	0.00
ben	daily	2024-02-04	0.00
dot	daily	2024-02-04	0.00
cem	daily	2024-02-03	0.00
ana	daily	2024-02-03	0.00
ben	daily	2024-02-03	0.00
dot	daily	2024-02-03	0.00
cem	daily	2024-02-02	0.00
ana	daily	2024-02-02	0.00
ben	daily	2024-02-02	0.00
dot	daily	2024-02-02	0.00
cem	daily	2024-02-01	0.00
ana	daily	2024-02-01	0.00
ben	daily	2024-02-01	0.00
dot	daily	2024-02-01	0.00
cem	daily	2024-01-31	0.00
ana	daily	2024-01-31	12.35
ben	daily	2024-01-31	0.00
dot	daily	2024-01-31	0.00
cem	weekly	2024-02-26	0.00
ana	weekly	2024-02-26	1000.50
ben	weekly	2024-02-26	0.00
dot	weekly	2024-02-26	0.00
cem	weekly	2024-02-19	75.00
ana	weekly	2024-02-19	0.00
ben	weekly	2024-02-19	200.00
dot	weekly	2024-02-19	0.00
cem	weekly	2024-02-12	0.00
ana	weekly	2024-02-12	0.00
ben	weekly	2024-02-12	0.00
dot	weekly	2024-02-12	0.00
cem	weekly	2024-02-05	0.00
ana	weekly	2024-02-05	40.00
ben	weekly	2024-02-05	0.00
dot	weekly	2024-02-05	0.00
cem	weekly	2024-01-29	0.00
ana	weekly	2024-01-29	12.35
ben	weekly	2024-01-29	0.00
dot	weekly	2024-01-29	0.00
cem	weekly	2024-01-22	0.00
ana	weekly	2024-01-22	0.00
ben	weekly	2024-01-22	0.00
dot	weekly	2024-01-22	0.00
cem	weekly	2024-01-15	0.00
ana	weekly	2024-01-15	-200.00
ben	weekly	2024-01-15	0.00
dot	weekly	2024-01-15	0.00
cem	weekly	2024-01-08	0.00
ana	weekly	2024-01-08	0.00
ben	weekly	2024-01-08	250.01
dot	weekly	2024-01-08	0.00
cem	weekly	2024-01-01	0.00
ana	weekly	2024-01-01	0.00
ben	weekly	2024-01-01	0.00
dot	weekly	2024-01-01	0.00
cem	weekly	2023-12-25	0.00
ana	weekly	2023-12-25	0.00
ben	weekly	2023-12-25	0.00
dot	weekly	2023-12-25	0.00
cem	weekly	2023-12-18	0.00
ana	weekly	2023-12-18	0.00
ben	weekly	2023-12-18	0.00
dot	weekly	2023-12-18	0.00
cem	weekly	2023-12-11	0.00
ana	weekly	2023-12-11	0.00
ben	weekly	2023-12-11	0.00
dot	weekly	2023-12-11	0.00
cem	monthly	2024-02-01	75.00
ana	monthly	2024-02-01	1040.50
ben	monthly	2024-02-01	200.00
dot	monthly	2024-02-01	0.00
cem	monthly	2024-01-01	0.00
ana	monthly	2024-01-01	-187.65
ben	monthly	2024-01-01	250.01
dot	monthly	2024-01-01	0.00
cem	monthly	2023-12-01	0.00
ana	monthly	2023-12-01	0.00
ben	monthly	2023-12-01	0.00
dot	monthly	2023-12-01	0.00
cem	monthly	2023-11-01	0.00
ana	monthly	2023-11-01	0.00
ben	monthly	2023-11-01	0.00
dot	monthly	2023-11-01	0.00
cem	monthly	2023-10-01	0.00
ana	monthly	2023-10-01	0.00
ben	monthly	2023-10-01	0.00
dot	monthly	2023-10-01	0.00
cem	monthly	2023-09-01	0.00
ana	monthly	2023-09-01	0.00
ben	monthly	2023-09-01	0.00
dot	monthly	2023-09-01	0.00
cem	monthly	2023-08-01	0.00
ana	monthly	2023-08-01	0.00
ben	monthly	2023-08-01	0.00
dot	monthly	2023-08-01	0.00
cem	monthly	2023-07-01	0.00
ana	monthly	2023-07-01	0.00
ben	monthly	2023-07-01	0.00
dot	monthly	2023-07-01	0.00
cem	monthly	2023-06-01	0.00
ana	monthly	2023-06-01	0.00
ben	monthly	2023-06-01	0.00
dot	monthly	2023-06-01	0.00
cem	monthly	2023-05-01	0.00
ana	monthly	2023-05-01	0.00
ben	monthly	2023-05-01	0.00
dot	monthly	2023-05-01	0.00
cem	monthly	2023-04-01	0.00
ana	monthly	2023-04-01	0.00
ben	monthly	2023-04-01	0.00
dot	monthly	2023-04-01	0.00
cem	monthly	2023-03-01	0.00
ana	monthly	2023-03-01	0.00
ben	monthly	2023-03-01	0.00
dot	monthly	2023-03-01	0.00
\.
COPY serving.agent_team_ranking (agent_id, date_range, conversion_component, satisfaction_component, response_component, score, rank, total_agents) FROM stdin;
dot	7	0.000000	\N	\N	0.000000	2	2
ben	30	0.500000	0.500000	0.500000	0.500000	2	4
cem	30	0.500000	\N	0.500000	0.500000	2	4
dot	30	0.000000	\N	\N	0.000000	4	4
ben	90	0.666667	0.500000	0.629961	0.599157	2	4
cem	90	0.500000	\N	0.500000	0.500000	3	4
dot	90	0.000000	\N	\N	0.000000	4	4
ben	365	0.666667	0.500000	0.629961	0.599157	2	4
cem	365	0.500000	\N	0.500000	0.500000	3	4
dot	365	0.000000	\N	\N	0.000000	4	4
ana	7	0.500000	0.750000	0.722590	0.643148	1	2
ana	30	0.500000	0.875000	0.760050	0.696263	1	4
ana	90	0.500000	0.750000	0.746454	0.649113	1	4
ana	365	0.500000	0.750000	0.746454	0.649113	1	4
\.
COPY serving.agent_trends (agent_id, date_range, metric, current_value, previous_value, change, change_points, unit, is_better, reason) FROM stdin;
cem	7	leads	0	0	0.0	\N	pct	\N	\N
ana	7	leads	2	0	\N	\N	pct	\N	previous_zero
ben	7	leads	0	1	-100.0	\N	pct	f	\N
dot	7	leads	1	0	\N	\N	pct	\N	previous_zero
cem	30	leads	2	0	\N	\N	pct	\N	previous_zero
ana	30	leads	4	2	100.0	\N	pct	t	\N
ben	30	leads	2	1	100.0	\N	pct	t	\N
dot	30	leads	1	0	\N	\N	pct	\N	previous_zero
cem	90	leads	2	0	\N	\N	pct	\N	previous_zero
ana	90	leads	6	0	\N	\N	pct	\N	previous_zero
ben	90	leads	3	0	\N	\N	pct	\N	previous_zero
dot	90	leads	1	0	\N	\N	pct	\N	previous_zero
cem	365	leads	2	0	\N	\N	pct	\N	previous_zero
ana	365	leads	6	0	\N	\N	pct	\N	previous_zero
ben	365	leads	3	0	\N	\N	pct	\N	previous_zero
dot	365	leads	1	0	\N	\N	pct	\N	previous_zero
cem	7	conversion	\N	\N	\N	\N	pct	\N	no_data
ana	7	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	7	conversion	\N	100.0	\N	\N	pct	\N	no_data
dot	7	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	30	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	30	conversion	50.0	50.0	0.0	0.0	pct	\N	\N
ben	30	conversion	50.0	100.0	-50.0	-50.0	pct	f	\N
dot	30	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	90	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	90	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	90	conversion	66.7	\N	\N	\N	pct	\N	no_data
dot	90	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	365	conversion	50.0	\N	\N	\N	pct	\N	no_data
ana	365	conversion	50.0	\N	\N	\N	pct	\N	no_data
ben	365	conversion	66.7	\N	\N	\N	pct	\N	no_data
dot	365	conversion	0.0	\N	\N	\N	pct	\N	no_data
cem	7	revenue	0.00	75.00	-100.0	\N	pct	f	\N
ana	7	revenue	1000.50	0.00	\N	\N	pct	\N	previous_zero
ben	7	revenue	-100.00	300.00	-133.3	\N	pct	f	\N
dot	7	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	30	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	30	revenue	1052.85	-200.00	626.4	\N	pct	t	\N
ben	30	revenue	200.00	250.01	-20.0	\N	pct	f	\N
dot	30	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	90	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	90	revenue	852.85	0.00	\N	\N	pct	\N	previous_zero
ben	90	revenue	450.01	0.00	\N	\N	pct	\N	previous_zero
dot	90	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	365	revenue	75.00	0.00	\N	\N	pct	\N	previous_zero
ana	365	revenue	852.85	0.00	\N	\N	pct	\N	previous_zero
ben	365	revenue	450.01	0.00	\N	\N	pct	\N	previous_zero
dot	365	revenue	0.00	0.00	0.0	\N	pct	\N	\N
cem	7	response	\N	\N	\N	\N	pct	\N	no_data
ben	7	response	\N	4.0	\N	\N	pct	\N	no_data
dot	7	response	\N	\N	\N	\N	pct	\N	no_data
cem	30	response	4.0	\N	\N	\N	pct	\N	no_data
ben	30	response	4.0	0.0	\N	\N	pct	\N	previous_zero
dot	30	response	\N	\N	\N	\N	pct	\N	no_data
cem	90	response	4.0	\N	\N	\N	pct	\N	no_data
ben	90	response	2.7	\N	\N	\N	pct	\N	no_data
dot	90	response	\N	\N	\N	\N	pct	\N	no_data
cem	365	response	4.0	\N	\N	\N	pct	\N	no_data
ben	365	response	2.7	\N	\N	\N	pct	\N	no_data
dot	365	response	\N	\N	\N	\N	pct	\N	no_data
cem	7	responseMedian	\N	\N	\N	\N	pct	\N	no_data
ben	7	responseMedian	\N	4.0	\N	\N	pct	\N	no_data
dot	7	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	30	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	30	responseMedian	4.0	0.0	\N	\N	pct	\N	previous_zero
dot	30	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	90	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	90	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
dot	90	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	365	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
ben	365	responseMedian	4.0	\N	\N	\N	pct	\N	no_data
dot	365	responseMedian	\N	\N	\N	\N	pct	\N	no_data
cem	7	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	7	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	7	satisfaction	\N	3.0	\N	\N	pct	\N	no_data
dot	7	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	30	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	7	response	1.9	\N	\N	\N	pct	\N	no_data
ana	30	response	1.6	2.0	-20.8	\N	pct	t	\N
ana	90	response	1.7	\N	\N	\N	pct	\N	no_data
ana	365	response	1.7	\N	\N	\N	pct	\N	no_data
ana	7	responseMedian	1.9	\N	\N	\N	pct	\N	no_data
ana	30	responseMedian	1.0	2.0	-50.0	\N	pct	t	\N
ana	90	responseMedian	1.5	\N	\N	\N	pct	\N	no_data
ana	365	responseMedian	1.5	\N	\N	\N	pct	\N	no_data
ana	30	satisfaction	4.5	3.0	50.0	\N	pct	t	\N
ben	30	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	30	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	90	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	90	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	90	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	90	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	365	satisfaction	\N	\N	\N	\N	pct	\N	no_data
ana	365	satisfaction	4.0	\N	\N	\N	pct	\N	no_data
ben	365	satisfaction	3.0	\N	\N	\N	pct	\N	no_data
dot	365	satisfaction	\N	\N	\N	\N	pct	\N	no_data
cem	7	ranking	\N	\N	\N	\N	places	\N	no_data
ana	7	ranking	1	\N	\N	\N	places	\N	no_data
ben	7	ranking	\N	1	\N	\N	places	\N	no_data
dot	7	ranking	2	\N	\N	\N	places	\N	no_data
cem	30	ranking	2	\N	\N	\N	places	\N	no_data
ana	30	ranking	1	2	1	\N	places	t	\N
ben	30	ranking	2	1	-1	\N	places	f	\N
dot	30	ranking	4	\N	\N	\N	places	\N	no_data
cem	90	ranking	3	\N	\N	\N	places	\N	no_data
ana	90	ranking	1	\N	\N	\N	places	\N	no_data
ben	90	ranking	2	\N	\N	\N	places	\N	no_data
dot	90	ranking	4	\N	\N	\N	places	\N	no_data
cem	365	ranking	3	\N	\N	\N	places	\N	no_data
ana	365	ranking	1	\N	\N	\N	places	\N	no_data
ben	365	ranking	2	\N	\N	\N	places	\N	no_data
dot	365	ranking	4	\N	\N	\N	places	\N	no_data
\.
COPY serving.builds (build_id, built_at, as_of, data_through, time_zone, fingerprint, mode, run_id, ranked_agents) FROM stdin;
1	2025-01-15 17:45:39.137417+00	2024-02-29	2024-03-05 10:00:00+00	UTC	a4f0d76f64b2087a	whole	079823ef-e77e-483a-b9c7-78304172f125	{"7": 2, "30": 4, "90": 4, "365": 4}
2	2025-01-15 17:46:18.520635+00	2024-02-29	2025-01-15 17:46:11.22482+00	UTC	a4f0d76f64b2087a	touched	265f053d-4176-4a4e-8de3-2cea57fe0adc	{"7": 2, "30": 4, "90": 4, "365": 4}
\.
COPY serving.metrics (route, field, "position", text, unit, better, formula, rounding) FROM stdin;
/agent/analytics/kpis	kpis.leadsHandled	0	Leads with a lead date in the window.	leads	higher	sum of leads_assigned	whole number
/agent/analytics/kpis	kpis.leadsThisWeek	1	Leads of the ISO week of the as-of date, up to it; the same for every window.	leads	higher	sum of leads_assigned over the ISO week of the as-of date, up to it	whole number
/agent/analytics/kpis	kpis.conversionRate	2	Converted of handled leads; null without leads.	percent	higher	100 * sum of leads_converted / sum of leads_assigned	1 decimal, half away from zero
/agent/analytics/kpis	kpis.totalRevenue	3	Revenue of the window's conversions.	money	higher	sum of revenue_generated	2 decimals, half away from zero
/agent/analytics/kpis	kpis.responseTimeHours	4	Mean response hours; null without a responded lead.	hours	lower	sum of response_hours_total / sum of response_count	1 decimal, half away from zero
/agent/analytics/kpis	kpis.responseTimeMedianHours	5	Median response hours.	hours	lower	percentile_cont(0.5) over the window's responded leads	1 decimal, half away from zero
/agent/analytics/kpis	kpis.satisfactionScore	6	Mean rating; null without a rating.	rating from 1 to 5	higher	sum of satisfaction_total / sum of satisfaction_count	1 decimal, half away from zero
/agent/analytics/kpis	kpis.satisfactionCount	7	Rated leads.	ratings	\N	sum of satisfaction_count	whole number
/agent/analytics/kpis	kpis.teamRanking	8	Competition rank on the score: 1, 2, 2, 4.	rank	lower	1 + agents with a higher score	whole number
/agent/analytics/kpis	kpis.totalAgents	9	Agents ranked in this window.	agents	\N	agents with at least min_leads_to_rank leads in the window	whole number
/agent/analytics/kpis	trends.ranking	10	Places moved up since the window before; null where one of the two has no rank.	places	higher	previous rank - current rank	whole number
/agent/analytics/kpis	trends.*	11	The window against the one of the same length before it; null where either is undefined or the one before is 0 and this one is not.	percent	as the key figure	100 * (current - previous) / |previous|, from unrounded values	1 decimal, half away from zero
/agent/analytics/kpis	trendDetails.*.current	12	The key figure of the window.	as the key figure	as the key figure	the key figure over the window	as the key figure
/agent/analytics/kpis	trendDetails.*.previous	13	The key figure of the window before.	as the key figure	as the key figure	the key figure over the window before	as the key figure
/agent/analytics/kpis	trendDetails.ranking.change	14	Places moved up since the window before.	places	higher	previous rank - current rank	whole number
/agent/analytics/kpis	trendDetails.*.change	15	The same as in `trends`.	percent	as the key figure	100 * (current - previous) / |previous|, from unrounded values	1 decimal, half away from zero
/agent/analytics/kpis	trendDetails.*.points	16	Difference of a rate in percentage points; null of what is no rate.	percentage points	as the key figure	current - previous, from unrounded values	1 decimal, half away from zero
/agent/analytics/funnel	funnel.assigned	0	Leads of the window.	leads	higher	sum of leads_assigned	whole number
/agent/analytics/funnel	funnel.contacted	1	Leads contacted, or further.	leads	higher	sum of leads_contacted	whole number
/agent/analytics/funnel	funnel.interested	2	Leads interested, or further.	leads	higher	sum of leads_interested	whole number
/agent/analytics/funnel	funnel.converted	3	Leads converted.	leads	higher	sum of leads_converted	whole number
/agent/analytics/funnel	conversionRates.contactRate	4	Contacted of assigned.	percent	higher	100 * contacted / assigned	1 decimal, half away from zero
/agent/analytics/funnel	conversionRates.interestRate	5	Interested of assigned.	percent	higher	100 * interested / assigned	1 decimal, half away from zero
/agent/analytics/funnel	conversionRates.conversionRate	6	Converted of assigned: the KPI of the same name.	percent	higher	100 * converted / assigned	1 decimal, half away from zero
/agent/analytics/funnel	ofPrevious.contactRate	7	Contacted of assigned.	percent	higher	100 * contacted / assigned	1 decimal, half away from zero
/agent/analytics/funnel	ofPrevious.interestRate	8	Interested of contacted.	percent	higher	100 * interested / contacted	1 decimal, half away from zero
/agent/analytics/funnel	ofPrevious.conversionRate	9	Converted of interested.	percent	higher	100 * converted / interested	1 decimal, half away from zero
/agent/analytics/lead-sources	sources[].count	0	Leads of the window from this source.	leads	higher	leads of the window from this source	whole number
/agent/analytics/lead-sources	sources[].conversionRate	1	Converted of the source's leads; null where it has none in the window.	percent	higher	100 * converted / leads of this source	1 decimal, half away from zero
/agent/analytics/lead-sources	sources[].revenue	2	Revenue of the window's conversions of leads from this source.	money	higher	sum of the window's revenue by the source of its lead	2 decimals, half away from zero
/agent/analytics/revenue-trends	data[].revenue	0	Revenue of the bucket up to the as-of date.	money	higher	sum of revenue_generated over the bucket	2 decimals, half away from zero
/agent/analytics/revenue-trends	insights.bestDay.revenue	1	Revenue of that day.	money	higher	the highest day of the daily series	2 decimals, half away from zero
/agent/analytics/revenue-trends	insights.monthTotal	2	Revenue of the calendar month up to the as-of date.	money	higher	sum of revenue_generated over the as-of date's month, up to it	2 decimals, half away from zero
/agent/analytics/revenue-trends	insights.monthChange	3	This month so far against the same days of the month before; null where that is 0 and this is not.	percent	higher	100 * (current - previous) / |previous| over the first k days of both months, k the lesser of the as-of date's day and the length of the month before	1 decimal, half away from zero
/agent/analytics/ranking	rank	0	Competition rank on the score: 1, 2, 2, 4.	rank	lower	1 + agents with a higher score	whole number
/agent/analytics/ranking	totalAgents	1	Agents ranked in this window.	agents	\N	agents with at least min_leads_to_rank leads in the window	whole number
/agent/analytics/ranking	score	2	Weighted mean of the components that the agent has.	score from 0 to 1	higher	sum of weight * component / sum of weight, over the components that the agent has	6 decimals, half away from zero
/agent/analytics/ranking	components.conversion	3	Fraction of the leads that converted.	share from 0 to 1	higher	leads_converted / leads_assigned	6 decimals, half away from zero
/agent/analytics/ranking	components.satisfaction	4	Mean rating, with 1 as 0 and 5 as 1; null without a rating.	share from 0 to 1	higher	(satisfaction score - 1) / 4	6 decimals, half away from zero
/agent/analytics/ranking	components.response	5	Halves with every half-life of the mean response time; null without a responded lead.	share from 0 to 1	higher	0.5 ^ (response hours / response_half_life_hours)	6 decimals, half away from zero
/agent/analytics/ranking	change	6	Places moved up since the window before; null where one of the two has no rank.	places	higher	previous rank - current rank	whole number
/agent/analytics/insights	insights[].value	0	The number that the insight is about, over the insight's own window.	as the metric	as the metric	by the insight's rule	as the metric
/agent/analytics/insights	insights[].change	1	How far the value is from what it is held against.	percent, of a rank places	as the metric	100 * (value - before) / |before|, from unrounded values	1 decimal, half away from zero
/agent/analytics/insights	insights[].evidence.n	2	How many the value rests on.	leads, ratings, days or agents	\N	count	whole number
/agent/analytics/insights	insights[].evidence.nBefore	3	How many it is held against.	leads, ratings, days or agents	\N	count	whole number
/agent/analytics/insights	insights[].evidence.statistic	4	Statistic of the test, to 4 significant figures.	by the test	\N	the statistic of the named test	4 decimals, half away from zero
/agent/analytics/insights	insights[].evidence.p	5	How likely chance alone would show as much, to 4 significant figures.	probability	\N	the p of the named test, adjusted for how much was tested	4 decimals, half away from zero
/agent/analytics/response-times	mean	0	Mean over responded leads.	hours	lower	sum of response hours / responded leads	1 decimal, half away from zero
/agent/analytics/response-times	median	1	Median by linear interpolation.	hours	lower	percentile_cont(0.5) over responded leads	1 decimal, half away from zero
/agent/analytics/response-times	p90	2	90th percentile by linear interpolation.	hours	lower	percentile_cont(0.9) over responded leads	1 decimal, half away from zero
/agent/analytics/response-times	unresponded	3	Leads without response time and contact.	leads	lower	leads with neither a response time nor a contact	whole number
/agent/analytics/response-times	buckets[].count	4	Responded leads of the window by hours to the first answer.	leads	\N	responded leads from the lower bound to under the upper one	whole number
/agent/analytics/response-times	rolling[].rolling7dHours	5	Mean over 7 days; null without a responded lead.	hours	lower	sum of response_hours_total / sum of response_count over the 7 days up to the date	1 decimal, half away from zero
/agent/analytics/response-times	rolling[].rolling30dHours	6	Mean over 30 days; null without a responded lead.	hours	lower	sum of response_hours_total / sum of response_count over the 30 days up to the date	1 decimal, half away from zero
/agent/analytics/records	count	0	As many as the number says that they stand behind.	leads or conversions	\N	number of records	whole number
/agent/analytics/records	records[].responseHours	1	Hours to the first answer; null where unresponded or negative.	hours	lower	hours to the first answer	1 decimal, half away from zero
/agent/analytics/records	records[].satisfactionRating	2	Rating from 1 to 5, if any.	rating from 1 to 5	higher	as rated	whole number
/agent/analytics/records	records[].revenue	3	Its revenue; negative for a refund.	money	higher	as logged, read once	2 decimals, half away from zero
/agent/analytics/restatements	restatements[].old	0	What was served for the day before.	as the measure	as the measure	the measure of agent_performance_metrics as it was published	as the measure
/agent/analytics/restatements	restatements[].new	1	What is served for the day since this build.	as the measure	as the measure	the measure of agent_performance_metrics as it is now	as the measure
/agent/goals	goals[].target	0	What the agent has set out to reach in the period.	as the goal type	as the goal type	as set	2 decimals, half away from zero
/agent/goals	goals[].current	1	Where the goal stands; null without an answered lead.	as the goal type	as the goal type	conversions_booked, revenue_generated, or response_hours_total / response_count, over the period up to the as-of date	as the goal type
/agent/goals	goals[].completionPercentage	2	How much of the target is reached; not capped.	percent	higher	100 * current / target; of response hours 100 * target / current	1 decimal, half away from zero
/agent/goals	goals[].expectedToDate	3	What an even pace would have reached by the as-of date.	as the goal type	\N	target * elapsed days / days of the period	as the goal type
/agent/goals	goals[].projected	4	Where the present pace leads to.	as the goal type	as the goal type	current * days of the period / elapsed days	as the goal type
/agent/goals	goals[].neededPerDay	5	What each day left has to bring; null on the last day and of response hours.	as the goal type	lower	max(target - current, 0) / days left	as the goal type
/agent/analytics/measures	measures[revenue_per_conversion].value	0	Revenue of the window, less refunds, for each conversion booked; null without one.	money	higher	sum of revenue_generated / sum of conversions_booked	2 decimals, half away from zero
\.
COPY serving.refreshes (singleton, refreshed_at, run_id, build_id) FROM stdin;
t	2025-01-15 17:46:18.520635+00	265f053d-4176-4a4e-8de3-2cea57fe0adc	2
\.
COPY serving.restatements (agent_id, build_id, date, measure, old_value, new_value, cause, restated_at) FROM stdin;
\.
COPY staging.source_names ("from", "to") FROM stdin;
\.
SELECT pg_catalog.setval('serving.builds_build_id_seq', 2, true);
ALTER TABLE ONLY insights.agent_insights
    ADD CONSTRAINT agent_insights_pkey PRIMARY KEY (agent_id, insight_id);
ALTER TABLE ONLY insights.agent_month_trend
    ADD CONSTRAINT agent_month_trend_pkey PRIMARY KEY (agent_id);
ALTER TABLE ONLY insights.agent_trends
    ADD CONSTRAINT agent_trends_pkey PRIMARY KEY (agent_id, date_range, metric);
ALTER TABLE ONLY insights.insight_basis
    ADD CONSTRAINT insight_basis_pkey PRIMARY KEY (agent_id, date_range, metric);
ALTER TABLE ONLY insights.marts_state
    ADD CONSTRAINT marts_state_pkey PRIMARY KEY (singleton);
ALTER TABLE ONLY marts.agent_funnel
    ADD CONSTRAINT agent_funnel_pkey PRIMARY KEY (agent_id, date_range);
ALTER TABLE ONLY marts.agent_kpis
    ADD CONSTRAINT agent_kpis_pkey PRIMARY KEY (agent_id, date_range, period);
ALTER TABLE ONLY marts.agent_lead_sources
    ADD CONSTRAINT agent_lead_sources_pkey PRIMARY KEY (agent_id, date_range, source);
ALTER TABLE ONLY marts.agent_measures
    ADD CONSTRAINT agent_measures__dbt_tmp_pkey1 PRIMARY KEY (agent_id, date_range, measure);
ALTER TABLE ONLY marts.agent_performance_metrics
    ADD CONSTRAINT agent_performance_metrics_pkey PRIMARY KEY (agent_id, date);
ALTER TABLE ONLY marts.agent_response_rolling
    ADD CONSTRAINT agent_response_rolling_pkey PRIMARY KEY (agent_id, date);
ALTER TABLE ONLY marts.agent_response_times
    ADD CONSTRAINT agent_response_times_pkey PRIMARY KEY (agent_id, date_range, period);
ALTER TABLE ONLY marts.agent_revenue_summary
    ADD CONSTRAINT agent_revenue_summary_pkey PRIMARY KEY (agent_id);
ALTER TABLE ONLY marts.agent_revenue_trends
    ADD CONSTRAINT agent_revenue_trends_pkey PRIMARY KEY (agent_id, period, date);
ALTER TABLE ONLY marts.agent_team_ranking
    ADD CONSTRAINT agent_team_ranking__dbt_tmp_pkey1 PRIMARY KEY (agent_id, date_range, period);
ALTER TABLE ONLY raw.agent_activity_log
    ADD CONSTRAINT agent_activity_log_pkey PRIMARY KEY (agent_id, activity_id);
ALTER TABLE ONLY raw.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (agent_id, lead_id);
ALTER TABLE ONLY raw.source_marks
    ADD CONSTRAINT source_marks_pkey PRIMARY KEY (table_name);
ALTER TABLE ONLY raw.touched_agent_days
    ADD CONSTRAINT touched_agent_days_pkey PRIMARY KEY (agent_id, date, load_id);
ALTER TABLE ONLY serving.agent_conversions
    ADD CONSTRAINT agent_conversions_pkey PRIMARY KEY (agent_id, activity_id);
ALTER TABLE ONLY serving.agent_funnel
    ADD CONSTRAINT agent_funnel_pkey PRIMARY KEY (agent_id, date_range);
ALTER TABLE ONLY serving.agent_insights
    ADD CONSTRAINT agent_insights_pkey PRIMARY KEY (agent_id, insight_id);
ALTER TABLE ONLY serving.agent_kpis
    ADD CONSTRAINT agent_kpis_pkey PRIMARY KEY (agent_id, date_range);
ALTER TABLE ONLY serving.agent_lead_sources
    ADD CONSTRAINT agent_lead_sources_pkey PRIMARY KEY (agent_id, date_range, source);
ALTER TABLE ONLY serving.agent_leads
    ADD CONSTRAINT agent_leads_pkey PRIMARY KEY (agent_id, lead_id);
ALTER TABLE ONLY serving.agent_measures
    ADD CONSTRAINT agent_measures_pkey PRIMARY KEY (agent_id, date_range, measure);
ALTER TABLE ONLY serving.agent_month_trend
    ADD CONSTRAINT agent_month_trend_pkey PRIMARY KEY (agent_id);
ALTER TABLE ONLY serving.agent_performance_metrics
    ADD CONSTRAINT agent_performance_metrics_pkey PRIMARY KEY (agent_id, date);
ALTER TABLE ONLY serving.agent_response_rolling
    ADD CONSTRAINT agent_response_rolling_pkey PRIMARY KEY (agent_id, date);
ALTER TABLE ONLY serving.agent_response_times
    ADD CONSTRAINT agent_response_times_pkey PRIMARY KEY (agent_id, date_range);
ALTER TABLE ONLY serving.agent_revenue_summary
    ADD CONSTRAINT agent_revenue_summary_pkey PRIMARY KEY (agent_id);
ALTER TABLE ONLY serving.agent_revenue_trends
    ADD CONSTRAINT agent_revenue_trends_pkey PRIMARY KEY (agent_id, period, date);
ALTER TABLE ONLY serving.agent_team_ranking
    ADD CONSTRAINT agent_team_ranking_pkey PRIMARY KEY (agent_id, date_range);
ALTER TABLE ONLY serving.agent_trends
    ADD CONSTRAINT agent_trends_pkey PRIMARY KEY (agent_id, date_range, metric);
ALTER TABLE ONLY serving.builds
    ADD CONSTRAINT builds_pkey PRIMARY KEY (build_id);
ALTER TABLE ONLY serving.metrics
    ADD CONSTRAINT metrics_pkey PRIMARY KEY (route, field);
ALTER TABLE ONLY serving.refreshes
    ADD CONSTRAINT refreshes_pkey PRIMARY KEY (singleton);
ALTER TABLE ONLY serving.restatements
    ADD CONSTRAINT restatements_pkey PRIMARY KEY (agent_id, build_id, date, measure);
CREATE UNIQUE INDEX "6562de6c0cfe37840190e0b1e52e8423" ON intermediate.int_leads USING btree (lead_id);
CREATE UNIQUE INDEX "8990b8b113dc147e2c89cf0524f2815e" ON intermediate.int_conversions USING btree (activity_id);
CREATE INDEX b78a31bf268bd9ba3b8b3b0e5dda1123 ON intermediate.int_leads USING btree (agent_id, date);
CREATE INDEX e4250fe782f1000a5f3b0022f799c316 ON intermediate.int_conversions USING btree (agent_id, date);
CREATE INDEX fa1dcde52bc348973476881813e1febb ON intermediate.int_conversions USING btree (lead_id);
CREATE UNIQUE INDEX agent_activity_log_activity_id ON raw.agent_activity_log USING btree (activity_id);
CREATE INDEX agent_activity_log_conversions ON raw.agent_activity_log USING btree (agent_id, occurred_at) WHERE (activity_type = 'conversion'::text);
CREATE INDEX agent_activity_log_lead_stages ON raw.agent_activity_log USING btree (lead_id, activity_type) WHERE (activity_type = ANY (ARRAY['assignment'::text, 'conversion'::text]));
CREATE INDEX leads_created_at ON raw.leads USING btree (agent_id, created_at);
CREATE UNIQUE INDEX leads_lead_id ON raw.leads USING btree (lead_id);
CREATE UNIQUE INDEX source_names_from ON staging.source_names USING btree ("from");
CREATE STATISTICS intermediate.int_conversions_together (ndistinct) ON agent_id, date FROM intermediate.int_conversions;
ALTER STATISTICS intermediate.int_conversions_together OWNER TO agent_analytics;
CREATE STATISTICS intermediate.int_leads_together (ndistinct) ON agent_id, date FROM intermediate.int_leads;
ALTER STATISTICS intermediate.int_leads_together OWNER TO agent_analytics;
ALTER TABLE serving.agent_conversions ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_funnel ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_insights ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_kpis ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_lead_sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_month_trend ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_performance_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_response_rolling ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_response_times ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_revenue_summary ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_revenue_trends ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_team_ranking ENABLE ROW LEVEL SECURITY;
ALTER TABLE serving.agent_trends ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_own_rows ON serving.agent_conversions FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_funnel FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_insights FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_kpis FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_lead_sources FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_leads FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_measures FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_month_trend FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_performance_metrics FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_response_rolling FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_response_times FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_revenue_summary FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_revenue_trends FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_team_ranking FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.agent_trends FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON serving.restatements FOR SELECT TO agent_analytics_api USING ((agent_id = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY publisher ON serving.agent_conversions TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_funnel TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_insights TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_kpis TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_lead_sources TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_leads TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_measures TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_month_trend TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_performance_metrics TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_response_rolling TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_response_times TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_revenue_summary TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_revenue_trends TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_team_ranking TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.agent_trends TO agent_analytics USING (true) WITH CHECK (true);
CREATE POLICY publisher ON serving.restatements TO agent_analytics USING (true) WITH CHECK (true);
ALTER TABLE serving.restatements ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA serving TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_conversions TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_funnel TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_insights TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_kpis TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_lead_sources TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_leads TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_measures TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_month_trend TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_performance_metrics TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_response_rolling TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_response_times TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_revenue_summary TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_revenue_trends TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_team_ranking TO agent_analytics_api;
GRANT SELECT ON TABLE serving.agent_trends TO agent_analytics_api;
GRANT SELECT ON TABLE serving.builds TO agent_analytics_api;
GRANT SELECT ON TABLE serving.metrics TO agent_analytics_api;
GRANT SELECT ON TABLE serving.refreshes TO agent_analytics_api;
GRANT SELECT ON TABLE serving.restatements TO agent_analytics_api;
