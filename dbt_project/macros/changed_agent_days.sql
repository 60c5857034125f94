{# Keeps the rows of a daily model that the current build has to recompute. #}
{% macro only_changed_days(agent_id, date, is_computed=false) -%}
    {%- if is_incremental() and var('daily_scope') == 'changed' -%}
        {#- Without an index on the date Postgres multiplies the share of changed agents twice, here
        and below, estimates a single row and plans nested loops. It has no statistics of an
        expression: concatenating '' hides the column. #}
        ({{ agent_id }}{{ " || ''" if is_computed }}, {{ date }}) in (
            select changed.agent_id, changed.date
            from {{ source('state', 'changed_agent_days') }} as changed
        )
        {#- Follows from the first; an index finds an agent, and no date. #}
        and {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Keeps the rows of a window model that the current build has to recompute. #}
{% macro only_changed_agents(agent_id) -%}
    {%- if is_incremental() and var('window_scope') == 'changed' -%}
        {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Keeps the rows that a check has to look at: all days of the agents that the build changed. #}
{% macro only_checked_agents(agent_id) -%}
    {%- if var('check_scope') == 'changed' -%} {{ of_changed_agents(agent_id) }}
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# An array, which reaches the index behind a view of staging, as no join does. #}
{% macro of_changed_agents(agent_id) -%}
    {{ agent_id }} = any(array(
        select distinct changed.agent_id
        from {{ source('state', 'changed_agent_days') }} as changed
    ))
{%- endmacro %}

{# Of what is kept by lead, that of the leads of the rows which the current build recomputes. #}
{% macro only_leads_of(rows, lead_id) -%}
    {%- if is_incremental() and var('daily_scope') == 'changed' -%}
        {{ lead_id }} = any(array(select recomputed.lead_id from {{ rows }} as recomputed))
    {%- else -%} true {%- endif -%}
{%- endmacro %}

{# Incremental strategies: what was recomputed is deleted first, so that a day or an agent that
   has no rows any more loses its old ones. #}
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

{# Statistics of a table that was made anew: the models after it are planned by them, by how many
   combinations the columns together have among them. #}
{% macro analyzed_where_new(together=[]) -%}
    {%- set statistics = this.schema ~ '.' ~ this.identifier ~ '_together' -%}
    {%- if together and not is_incremental() -%}
        drop statistics if exists {{ statistics }};
        create statistics {{ statistics }} (ndistinct) on {{ together | join(', ') }}
        from {{ this }};
    {%- endif %}
    {% if not is_incremental() -%} analyze {{ this }} {%- endif -%}
{%- endmacro %}
