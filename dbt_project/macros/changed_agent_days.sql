{# Condition for the rows of a daily model that this build recomputes. #}
{% macro only_changed_days(agent_id, date, is_computed=false) -%}
    {%- if is_incremental() and var('daily_scope') == 'changed' -%}
        {#- Without an index on the date the planner multiplies the share of changed agents twice, here
        and below, estimates a single row and chooses nested loops. Concatenating '' hides the column
        from its statistics. #}
        ({{ agent_id }}{{ " || ''" if is_computed }}, {{ date }}) in (
            select changed.agent_id, changed.date
            from {{ source('state', 'changed_agent_days') }} as changed
        )
        {#- Implied by the condition above, but an index on agent_id can answer it. #}
        and {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Condition for the rows of a table of periods that this build recomputes. #}
{% macro only_changed_agents(agent_id) -%}
    {%- if is_incremental() and var('period_scope') == 'changed' -%}
        {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Condition for the rows that a check reads: all days of the agents that this build changed. #}
{% macro only_checked_agents(agent_id) -%}
    {%- if var('check_scope') == 'changed' -%} {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Condition for the rows of changed agents. An array, because the planner pushes `= any(array)`
   down to the index below a staging view, which it does not do for a join. #}
{% macro of_changed_agents(agent_id) -%}
    {{ agent_id }} = any(array(
        select distinct changed.agent_id
        from {{ source('state', 'changed_agent_days') }} as changed
    ))
{%- endmacro %}

{# Condition for rows by lead: those of the leads in `rows`, which this build recomputes. #}
{% macro only_leads_of(rows, lead_id) -%}
    {%- if is_incremental() and var('daily_scope') == 'changed' -%}
        {{ lead_id }} = any(array(select recomputed.lead_id from {{ rows }} as recomputed))
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Incremental strategies. They delete the recomputed scope before the insert, so that a day or
   agent without new rows loses its old ones. #}
{% macro get_incremental_changed_days_sql(arg_dict) -%}
    {{ replace_rows(arg_dict, only_changed_days('replaced.agent_id', 'replaced.date')) }}
{%- endmacro %}

{% macro get_incremental_changed_agents_sql(arg_dict) -%}
    {{ replace_rows(arg_dict, only_changed_agents('replaced.agent_id')) }}
{%- endmacro %}

{% macro replace_rows(arg_dict, replaced) -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }} as replaced where {{ replaced }};
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }};
{%- endmacro %}

{# Analyzes a rebuilt table for the planner of the models after it; extended statistics count the
   distinct combinations of the columns in `together`. #}
{% macro analyze_if_rebuilt(together=[]) -%}
    {%- set statistics = this.schema ~ '.' ~ this.identifier ~ '_together' -%}
    {%- if together and not is_incremental() -%}
        drop statistics if exists {{ statistics }};
        create statistics {{ statistics }} (ndistinct) on {{ together | join(', ') }}
        from {{ this }};
    {%- endif %}
    {% if not is_incremental() -%} analyze {{ this }} {%- endif -%}
{%- endmacro %}
