-- One row per day of change: its number of rows, and a checksum over all their values.
select
    {day} as day,
    count(*) as row_count,
    sum(('x' || left(md5(convert_to(hashed::text, 'UTF8')), 15))::bit(60)::bigint)::text as checksum
from ({rows}) as hashed
group by 1
