create schema marts;
create table marts.agent_performance_metrics as
select
    agent_id,
    date
from serving.agent_performance_metrics
