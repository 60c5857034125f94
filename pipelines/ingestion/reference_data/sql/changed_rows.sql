-- Rows of reference data that only one of the table and the file has.
create temporary table {changed} on commit drop as
(
    select * from {incoming}
    except
    select * from {stored}
)
union all
(
    select * from {stored}
    except
    select * from {incoming}
)
