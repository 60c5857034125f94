{# Whether the trigger's own conversion `conversion` does not count because of `other`, a conversion
   of the same lead that is no refund: the trigger logged a later one, or another origin logged one
   within `trigger_conversion_hours`. Both rows have activity_id, is_logged_by_trigger and
   occurred_at. #}
{% macro is_superseded(conversion, other) -%}
    case
        when {{ other }}.is_logged_by_trigger
            then ({{ other }}.occurred_at, {{ other }}.activity_id)
                > ({{ conversion }}.occurred_at, {{ conversion }}.activity_id)
        else {{ within_trigger_hours(other ~ '.occurred_at', conversion ~ '.occurred_at') }}
    end
{%- endmacro %}

{# Lead of an activity in the CRM's log. A lead id that is too long for the column is in the
   metadata; one of over 500 characters does not fit into an index. Postgres takes a COALESCE, unlike
   this CASE, for leaky, and searches no index for it under row-level security. #}
{% macro activity_lead_id(lead_id, metadata) -%}
    case
        when {{ lead_id }} is not null then {{ lead_id }}::text
        when
            jsonb_typeof({{ metadata }} -> 'lead_id') = 'string'
            and length({{ metadata }} ->> 'lead_id') <= 500
            then {{ metadata }} ->> 'lead_id'
    end
{%- endmacro %}
