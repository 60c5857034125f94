create schema marts;
create view marts.agent_performance_metrics as
select
    agent_id,
    date
from serving.agent_performance_metrics
