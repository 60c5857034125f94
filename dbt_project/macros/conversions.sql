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
