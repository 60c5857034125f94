-- One row per day of change: how many rows it has, and a sum that any other value would change.
select
    {day} as day,
    count(*) as row_count,
    sum(('x' || left(md5(convert_to(found::text, 'UTF8')), 15))::bit(60)::bigint)::text as checksum
from ({rows}) as found
group by 1
