-- Whether there are leads, and the largest number of a simulated lead id (L0000001).
select
    exists(select 1 from {table}) as has_leads,
    coalesce(
        (
            select max(substr({id}::text, 2)::bigint)
            from {table}
            where {id}::text ~ '^L[0-9]{{1,18}}$'
        ),
        0
    ) as largest
