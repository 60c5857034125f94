-- Rows whose id is on an earlier line of the file.
select line, id, first_line, count(*) over () as total
from (
    select line, id, min(line) over (partition by id) as first_line
    from {file}
    where id is not null
) as lines
where line > first_line
order by line
limit %s
