-- Whether the installed trigger contains the rule for converted dispositions; no row without it.
select strpos(prosrc, %(rule)s) > 0 as has_rule
from pg_proc
where oid = to_regproc('public.agent_analytics_lead_activities')
