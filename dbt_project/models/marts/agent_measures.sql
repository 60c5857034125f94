{{ config(materialized='table') }}

{% for measure in var('measures') -%}
    select
        agent_id::text as agent_id,
        date_range::text as date_range,
        '{{ measure }}'::text as measure,
        value::numeric(24, 6) as value
    from {{ ref(measure) }}
    {% if not loop.last -%} union all {%- endif %}
{% else -%}
    select
        null::text as agent_id,
        null::text as date_range,
        null::text as measure,
        null::numeric(24, 6) as value
    where false
{% endfor %}
