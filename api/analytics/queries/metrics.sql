-- The definition of every served number, in the order of the dbt project.
select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                metric.route, metric.field, metric.text, metric.unit, metric.better,
                metric.formula, metric.rounding
            from serving.metrics as metric
            order by metric.route, metric.position
        ) as listed
    )) as metrics
