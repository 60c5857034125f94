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
CREATE FUNCTION public.agent_analytics_lead_activities(lead text, source text, is_new boolean, owner_before text, owner_now text, status_before text, status_now text) RETURNS TABLE(agent_id text, lead_id text, activity_type text, title text, metadata jsonb)
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    select
        changed.agent,
        case when length(lead) <= 50 then lead end,
        activity.activity_type,
        activity.title,
        activity.metadata
        || case
            when length(lead) > 50 then jsonb_build_object('lead_id', lead)
            else jsonb_build_object()
        end
        || jsonb_build_object('origin', 'trigger')
    from (
        select
            case when length(owner_now) between 1 and 50 then owner_now end as agent,
            lower(regexp_replace(status_now, '^\s+|\s+$', '', 'g')) as word,
            lower(regexp_replace(coalesce(status_before, ''), '^\s+|\s+$', '', 'g')) as word_before,
            array[lower('converted'), lower('won'), lower('closed_won'), lower('sold')] as converted_words
    ) as changed
    cross join lateral (
        values
        (
            changed.agent is not null and owner_now is distinct from owner_before,
            'assignment', 'Lead Assigned', jsonb_build_object('source', source)
        ),
        (
            not is_new and status_now is distinct from status_before,
            'status_change', 'Status Changed',
            jsonb_build_object('old_disposition', status_before, 'new_disposition', status_now)
        ),
        (
            changed.word = any (converted_words) and word_before <> all (converted_words),
            'conversion', 'Lead Converted', jsonb_build_object()
        )
    ) as activity (has_happened, activity_type, title, metadata)
    where activity.has_happened
$_$;
ALTER FUNCTION public.agent_analytics_lead_activities(lead text, source text, is_new boolean, owner_before text, owner_now text, status_before text, status_now text) OWNER TO agent_analytics;
CREATE FUNCTION public.agent_analytics_log_leads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '100ms'
    AS $$
declare
    -- Places of the statement's rows: all at once, and where one of them cannot be logged, halves
    -- of them, down to that row. Each part is a subtransaction, and a session keeps 64 in mind.
    waiting int8range[] := array[int8range(1, null)];
    part int8range;
    middle bigint;
    splits integer := 0;
    give_up_at constant timestamptz := clock_timestamp() + interval '1 second';
    lost bigint := 0;
    reason text;
begin
    if current_setting('analytics.history_load', true) = 'on'
        or current_setting('analytics.log_is_locked', true) = 'on'
    then
        return null;
    end if;
    while cardinality(waiting) > 0 loop
        part := waiting[1];
        waiting := waiting[2:];
        begin
            if lost > 0 and clock_timestamp() > give_up_at then
                lost := lost + upper(part) - lower(part);
            elsif tg_op = 'INSERT' then
                insert into public.agent_activity_log
                    (agent_id, lead_id, activity_type, title, metadata)
                select activity.*
                from (
                    select
                        "id"::text as lead,
                        "source"::text as source,
                        "assigned_agent_id"::text as owner,
                        "disposition"::text as status,
                        row_number() over () as place
                    from new_leads
                ) as now
                cross join lateral public.agent_analytics_lead_activities(
                    now.lead, now.source, true, null, now.owner, null, now.status
                ) as activity
                where now.place <@ part;
            else
                -- Both tables hold the statement's rows in the order in which it came to them. No
                -- key could pair them: the statement may have changed that too.
                insert into public.agent_activity_log
                    (agent_id, lead_id, activity_type, title, metadata)
                select activity.*
                from (
                    select
                        "assigned_agent_id"::text as owner,
                        "disposition"::text as status,
                        row_number() over () as place
                    from old_leads
                ) as before
                inner join (
                    select
                        "id"::text as lead,
                        "source"::text as source,
                        "assigned_agent_id"::text as owner,
                        "disposition"::text as status,
                        row_number() over () as place
                    from new_leads
                ) as now on before.place = now.place
                cross join lateral public.agent_analytics_lead_activities(
                    now.lead, now.source, false,
                    before.owner, now.owner, before.status, now.status
                ) as activity
                where now.place <@ part
                    and (
                        before.owner is distinct from now.owner
                        or before.status is distinct from now.status
                    );
            end if;
        exception
            when lock_not_available then
                -- The rest of the transaction does not try again: a wait for each of its statements
                -- would block it.
                perform set_config('analytics.log_is_locked', 'on', true);
                raise warning
                    'agent-analytics did not log changes of leads: the activity log is locked';
                return null;
            when others then
                reason := sqlerrm;
                if upper_inf(part) then
                    part := int8range(1, 1 + (select count(*) from new_leads));
                end if;
                middle := (lower(part) + upper(part)) / 2;
                if middle > lower(part) and splits < 30 and clock_timestamp() < give_up_at then
                    splits := splits + 1;
                    waiting := waiting || int8range(lower(part), middle)
                        || int8range(middle, upper(part));
                else
                    lost := lost + upper(part) - lower(part);
                end if;
        end;
    end loop;
    if lost > 0 then
        raise warning 'agent-analytics did not log what happened to % leads: %', lost, reason;
    end if;
    return null;
end
$$;
ALTER FUNCTION public.agent_analytics_log_leads() OWNER TO agent_analytics;
CREATE FUNCTION public.agent_analytics_stamp_activity() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if current_setting('analytics.history_load', true) is distinct from 'on' then
        new.changed_in := pg_current_xact_id();
        new.recorded_at := clock_timestamp();
    else
        new.changed_in := null;
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics did not stamp an activity: %', sqlerrm;
    return new;
end
$$;
ALTER FUNCTION public.agent_analytics_stamp_activity() OWNER TO agent_analytics;
CREATE FUNCTION public.agent_analytics_stamp_goal() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if tg_op = 'INSERT' or new is distinct from old then
        new.changed_in := pg_current_xact_id();
        new.updated_at := clock_timestamp();
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics did not stamp a goal: %', sqlerrm;
    return new;
end
$$;
ALTER FUNCTION public.agent_analytics_stamp_goal() OWNER TO agent_analytics;
CREATE FUNCTION public.agent_analytics_stamp_lead() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if current_setting('analytics.history_load', true) is distinct from 'on' then
        new."updated_at" := clock_timestamp();
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics did not stamp a lead: %', sqlerrm;
    return new;
end
$$;
ALTER FUNCTION public.agent_analytics_stamp_lead() OWNER TO agent_analytics;
CREATE FUNCTION public.log_agent_activity(p_agent_id character varying, p_lead_id character varying, p_activity_type character varying, p_title character varying DEFAULT NULL::character varying, p_description text DEFAULT NULL::text, p_metadata jsonb DEFAULT NULL::jsonb) RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into public.agent_activity_log
        (agent_id, lead_id, activity_type, title, description, metadata)
    values (
        p_agent_id,
        case when length(p_lead_id) <= 50 then p_lead_id end,
        p_activity_type,
        left(p_title, 255),
        p_description,
        case
            when length(p_lead_id) > 50 and jsonb_typeof(p_metadata) = 'object'
                then p_metadata || jsonb_build_object('lead_id', p_lead_id)
            when length(p_lead_id) > 50 then jsonb_build_object('lead_id', p_lead_id)
            else p_metadata
        end
    )
    returning id;
$$;
ALTER FUNCTION public.log_agent_activity(p_agent_id character varying, p_lead_id character varying, p_activity_type character varying, p_title character varying, p_description text, p_metadata jsonb) OWNER TO agent_analytics;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.agent_activity_log (
    id integer NOT NULL,
    agent_id character varying(50),
    lead_id character varying(50),
    activity_type character varying(50) NOT NULL,
    title character varying(255),
    description text,
    metadata jsonb,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    changed_in xid8 DEFAULT pg_current_xact_id(),
    recorded_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.agent_activity_log OWNER TO agent_analytics;
CREATE SEQUENCE public.agent_activity_log_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agent_activity_log_id_seq OWNER TO agent_analytics;
ALTER SEQUENCE public.agent_activity_log_id_seq OWNED BY public.agent_activity_log.id;
CREATE TABLE public.agent_goals (
    id integer NOT NULL,
    agent_id character varying(50) NOT NULL,
    period character varying(20) NOT NULL,
    goal_type character varying(50) NOT NULL,
    target_value numeric(14,2) NOT NULL,
    current_value numeric,
    period_start date NOT NULL,
    period_end date NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    achieved_at timestamp with time zone,
    closed_at timestamp with time zone,
    changed_in xid8,
    CONSTRAINT agent_goals_dates CHECK ((period_end > period_start)),
    CONSTRAINT agent_goals_goal_type CHECK (((goal_type)::text = ANY ((ARRAY['conversions'::character varying, 'revenue'::character varying, 'response_time'::character varying])::text[]))),
    CONSTRAINT agent_goals_period CHECK (((period)::text = ANY ((ARRAY['monthly'::character varying, 'quarterly'::character varying, 'yearly'::character varying])::text[]))),
    CONSTRAINT agent_goals_target CHECK (((target_value > (0)::numeric) AND (target_value < ('1000000000000'::bigint)::numeric)))
);
ALTER TABLE public.agent_goals OWNER TO agent_analytics;
CREATE SEQUENCE public.agent_goals_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agent_goals_id_seq OWNER TO agent_analytics;
ALTER SEQUENCE public.agent_goals_id_seq OWNED BY public.agent_goals.id;
CREATE TABLE public.leads (
    id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    source character varying(100),
    disposition character varying(50),
    response_time_hours numeric(14,6),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    satisfaction_rating integer,
    contacted_at timestamp with time zone,
    assigned_agent_id character varying(50),
    interested_at timestamp with time zone,
    CONSTRAINT agent_analytics_satisfaction_rating CHECK (((satisfaction_rating >= 1) AND (satisfaction_rating <= 5)))
);
ALTER TABLE public.leads OWNER TO agent_analytics;
ALTER TABLE ONLY public.agent_activity_log ALTER COLUMN id SET DEFAULT nextval('public.agent_activity_log_id_seq'::regclass);
ALTER TABLE ONLY public.agent_goals ALTER COLUMN id SET DEFAULT nextval('public.agent_goals_id_seq'::regclass);
COPY public.agent_activity_log (id, agent_id, lead_id, activity_type, title, description, metadata, "timestamp", changed_in, recorded_at) FROM stdin;
1	ana	L06	conversion	\N	\N	{"revenue": -200}	2024-01-20 12:00:00+00	\N	2024-01-20 12:00:00+00
2	ana	L05	conversion	\N	\N	{"revenue": " 12.345 "}	2024-01-31 00:00:00+00	\N	2024-01-31 00:00:00+00
3	ben	L01	assignment	\N	\N	{}	2024-02-01 09:30:00+00	\N	2024-02-01 09:30:00+00
4	ana	L01	assignment	\N	\N	{}	2024-02-01 11:00:00+00	\N	2024-02-01 11:00:00+00
5	ana	L01	assignment	\N	\N	{}	2024-02-01 13:00:00+00	\N	2024-02-01 13:00:00+00
6	ana	L02	conversion	\N	\N	{"origin": "trigger"}	2024-02-06 10:00:00+00	\N	2024-02-06 10:00:00+00
7	ana	X99	conversion	\N	\N	{"revenue": 40}	2024-02-10 10:00:00+00	\N	2024-02-10 10:00:00+00
8	ana	L03	conversion	\N	\N	{"revenue": 1000.50}	2024-02-27 15:00:00+00	\N	2024-02-27 15:00:00+00
9	ana	L03	conversion	\N	\N	{"origin": "trigger", "revenue": 1000.50}	2024-02-28 14:00:00+00	\N	2024-02-28 14:00:00+00
10	ben	L12	conversion	\N	\N	{"revenue": "250.005"}	2024-01-11 09:00:00+00	\N	2024-01-11 09:00:00+00
11	ben	L12	conversion	\N	\N	{"revenue": "NaN"}	2024-01-12 09:00:00+00	\N	2024-01-12 09:00:00+00
12	ben	L07	call	\N	\N	\N	2024-02-10 13:00:00+00	\N	2024-02-10 13:00:00+00
13	ben	L08	conversion	\N	\N	{"revenue": 300}	2024-02-20 09:00:00+00	\N	2024-02-20 09:00:00+00
14	ben	L08	conversion	\N	\N	{"revenue": -100}	2024-02-25 09:00:00+00	\N	2024-02-25 09:00:00+00
15	cem	L10	assignment	\N	\N	{}	2024-02-13 06:00:00+00	\N	2024-02-13 06:00:00+00
16	cem	L08	conversion	\N	\N	{"revenue": "1,000"}	2024-02-20 10:00:00+00	\N	2024-02-20 10:00:00+00
17	cem	L08	conversion	\N	\N	{"revenue": 75}	2024-02-21 10:00:00+00	\N	2024-02-21 10:00:00+00
18	cem	L09	conversion	\N	\N	{"revenue": 500}	2024-03-05 10:00:00+00	\N	2024-03-05 10:00:00+00
19	dot	L11	email	\N	\N	\N	2024-02-27 11:00:00+00	\N	2024-02-27 11:00:00+00
20	\N	L13	conversion	\N	\N	{"revenue": 50}	2024-02-16 10:00:00+00	\N	2024-02-16 10:00:00+00
21	ana	\N	goal_achieved	Goal Achieved	Monthly conversions: 3, target 2	{"period": "monthly", "target": 2.00, "current": 3.000000, "goal_id": 2, "goal_type": "conversions", "period_end": "2024-02-29", "period_start": "2024-02-01"}	2025-01-15 17:46:18.835175+00	1882	2025-01-15 17:46:18.840826+00
\.
COPY public.agent_goals (id, agent_id, period, goal_type, target_value, current_value, period_start, period_end, created_at, updated_at, achieved_at, closed_at, changed_in) FROM stdin;
1	ana	monthly	revenue	2000.00	1040.500000	2024-02-01	2024-02-29	2025-01-15 17:45:52.01573+00	2025-01-15 17:46:18.839525+00	\N	\N	1882
2	ana	monthly	conversions	2.00	3.000000	2024-02-01	2024-02-29	2025-01-15 17:45:52.041237+00	2025-01-15 17:46:18.839768+00	2024-02-29 23:59:59.999999+00	\N	1882
4	ben	monthly	conversions	2.00	1.000000	2024-02-01	2024-02-29	2025-01-15 17:46:11.204616+00	2025-01-15 17:46:18.841045+00	\N	\N	1882
5	cem	quarterly	response_time	2.00	4.000000	2024-01-01	2024-03-31	2025-01-15 17:46:11.213807+00	2025-01-15 17:46:18.841079+00	\N	\N	1882
\.
COPY public.leads (id, created_at, source, disposition, response_time_hours, updated_at, satisfaction_rating, contacted_at, assigned_agent_id, interested_at) FROM stdin;
L01	2024-02-01 09:00:00+00	 Web 	open	\N	2024-02-01 12:00:00+00	\N	2024-02-01 12:00:00+00	ana	\N
L02	2024-02-05 10:00:00+00	UNKNOWN	 Won 	\N	2024-02-05 10:00:00+00	5	\N	ana	\N
L03	2024-02-26 08:00:00+00	Web	\N	3.500000	2024-02-26 21:00:00+00	4	2024-02-26 20:00:00+00	ana	2024-02-26 21:00:00+00
L05	2024-01-30 23:59:59+00	Referral	converted	\N	2024-01-31 01:59:59+00	3	2024-01-31 01:59:59+00	ana	\N
L06	2024-01-01 00:00:00+00	Web	lost	\N	2024-01-01 00:00:00+00	\N	2023-12-31 23:00:00+00	ana	\N
L07	2024-02-10 09:00:00+00	Web	open	\N	2024-02-10 13:00:00+00	3	2024-02-10 13:00:00+00	ben	\N
L08	2024-02-19 10:00:00+00	Referral 	SOLD	\N	2024-02-19 14:00:00+00	3	2024-02-19 14:00:00+00	ben	\N
L09	2024-02-12 08:00:00+00	\N	open	\N	2024-02-12 10:00:00+00	\N	2024-02-12 10:00:00+00	cem	\N
L10	2024-02-13 00:00:00+00	Web	lost	\N	2024-02-13 12:00:00+00	\N	2024-02-13 12:00:00+00	cem	\N
L11	2024-02-27 10:00:00+00	\N	open	\N	2024-02-27 10:00:00+00	\N	\N	dot	\N
L12	2024-01-10 09:00:00+00	Web	closed_won	0.000000	2024-01-10 09:20:00+00	\N	2024-01-10 09:20:00+00	ben	\N
L13	2024-02-15 10:00:00+00	Web	open	\N	2024-02-15 10:30:00+00	\N	2024-02-15 10:30:00+00	\N	\N
L14	2024-03-01 00:00:00+00	Web	won	\N	2024-03-01 01:00:00+00	1	2024-03-01 01:00:00+00	ben	\N
L04	2024-02-29 23:30:00+00	\N	open	\N	2025-01-15 17:46:11.22482+00	\N	2024-02-29 23:45:00+00	ana	\N
\.
SELECT pg_catalog.setval('public.agent_activity_log_id_seq', 21, true);
SELECT pg_catalog.setval('public.agent_goals_id_seq', 5, true);
ALTER TABLE ONLY public.agent_activity_log
    ADD CONSTRAINT agent_activity_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agent_goals
    ADD CONSTRAINT agent_goals_agent_id_period_goal_type_period_start_key UNIQUE (agent_id, period, goal_type, period_start);
ALTER TABLE ONLY public.agent_goals
    ADD CONSTRAINT agent_goals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (id);
CREATE INDEX agent_analytics_activities_agent ON public.agent_activity_log USING btree (agent_id, "timestamp");
CREATE INDEX agent_analytics_activities_changed ON public.agent_activity_log USING btree (changed_in) WHERE (changed_in IS NOT NULL);
CREATE INDEX agent_analytics_activities_recorded ON public.agent_activity_log USING btree (recorded_at);
CREATE INDEX agent_analytics_activities_type ON public.agent_activity_log USING btree (activity_type);
CREATE INDEX agent_analytics_goals_changed ON public.agent_goals USING btree (changed_in) WHERE (changed_in IS NOT NULL);
CREATE INDEX agent_analytics_leads_agent ON public.leads USING btree (assigned_agent_id);
CREATE INDEX agent_analytics_leads_disposition ON public.leads USING btree (disposition, assigned_agent_id);
CREATE INDEX agent_analytics_leads_updated ON public.leads USING btree (updated_at);
CREATE TRIGGER agent_analytics_log_changed_leads AFTER UPDATE ON public.leads REFERENCING OLD TABLE AS old_leads NEW TABLE AS new_leads FOR EACH STATEMENT EXECUTE FUNCTION public.agent_analytics_log_leads();
CREATE TRIGGER agent_analytics_log_new_leads AFTER INSERT ON public.leads REFERENCING NEW TABLE AS new_leads FOR EACH STATEMENT EXECUTE FUNCTION public.agent_analytics_log_leads();
CREATE TRIGGER agent_analytics_stamp_activity BEFORE INSERT OR UPDATE ON public.agent_activity_log FOR EACH ROW EXECUTE FUNCTION public.agent_analytics_stamp_activity();
CREATE TRIGGER agent_analytics_stamp_goal BEFORE INSERT OR UPDATE ON public.agent_goals FOR EACH ROW EXECUTE FUNCTION public.agent_analytics_stamp_goal();
CREATE TRIGGER agent_analytics_stamp_lead BEFORE INSERT OR UPDATE ON public.leads FOR EACH ROW EXECUTE FUNCTION public.agent_analytics_stamp_lead();
ALTER TABLE public.agent_activity_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_goals ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_own_rows ON public.agent_activity_log AS RESTRICTIVE TO agent_analytics_api USING ((((agent_id)::text = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)) OR ((current_setting('transaction_read_only'::text) = 'on'::text) AND ((agent_id)::text IN ( SELECT unnest((NULLIF(current_setting('analytics.agent_ids'::text, true), ''::text))::text[]) AS unnest))))) WITH CHECK (((agent_id)::text = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY api_own_rows ON public.agent_goals AS RESTRICTIVE TO agent_analytics_api USING ((((agent_id)::text = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)) OR ((current_setting('transaction_read_only'::text) = 'on'::text) AND ((agent_id)::text IN ( SELECT unnest((NULLIF(current_setting('analytics.agent_ids'::text, true), ''::text))::text[]) AS unnest))))) WITH CHECK (((agent_id)::text = NULLIF(current_setting('analytics.agent_id'::text, true), ''::text)));
CREATE POLICY everybody ON public.agent_activity_log USING (true) WITH CHECK (true);
CREATE POLICY everybody ON public.agent_goals USING (true) WITH CHECK (true);
GRANT USAGE ON SCHEMA public TO agent_analytics_api;
REVOKE ALL ON FUNCTION public.agent_analytics_log_leads() FROM PUBLIC;
GRANT SELECT ON TABLE public.agent_activity_log TO agent_analytics_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.agent_goals TO agent_analytics_api;
GRANT USAGE ON SEQUENCE public.agent_goals_id_seq TO agent_analytics_api;
