-- The definition of every served number, in the order of the dbt project.
select
    metric.route, metric.field, metric.text, metric.unit, metric.better, metric.formula,
    metric.rounding
from serving.metrics as metric
order by metric.route, metric.position
