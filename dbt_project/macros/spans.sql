{# Spans that a comparison sums up: the first complete days of a period and as many of the earlier
   one, where each lead is as old as in the other. `compared` is a relation with date_range, compare
   (`previous` or `year`), starts_on, ends_on, and of the earlier period compare_starts_on,
   compare_day_count and ranked_day_count. A lead of the earlier span counts as it stood on its date known_on. The
   ranks are those of ranked_day_count dates, with those that are not over, and need a complete day. #}
{% macro compared_spans(compared, through) -%}
    select
        compared.date_range,
        case
            when compared.compare = 'previous' then sides.side
            else 'year_' || replace(sides.side, 'previous_whole', 'whole')
        end as span,
        sides.starts_on,
        sides.ends_on,
        sides.known_on
    from {{ compared }} as compared
    cross join
        lateral (
            select
                least(
                    least(compared.ends_on, {{ through }}) - compared.starts_on + 1,
                    compared.compare_day_count
                ) as days,
                compared.starts_on - compared.compare_starts_on as apart
        ) as counted
    cross join
        lateral (
            values
            (
                'current',
                compared.starts_on,
                compared.starts_on + counted.days - 1,
                {{ through }}
            ),
            (
                'previous',
                compared.compare_starts_on,
                compared.compare_starts_on + counted.days - 1,
                {{ through }} - counted.apart
            ),
            (
                'previous_whole',
                compared.compare_starts_on,
                compared.compare_starts_on + compared.ranked_day_count - 1,
                case
                    when counted.days > 0 and compared.compare = 'previous'
                        then {{ through }} - counted.apart + compared.ranked_day_count - counted.days
                end
            )
        ) as sides (side, starts_on, ends_on, known_on)
    where counted.days > 0 or sides.side = 'previous_whole'
{%- endmacro %}
