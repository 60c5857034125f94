insert into insights.goal_measurement (marts_built_at) values (%(marts_built_at)s)
on conflict (singleton) do update set
    failure = null,
    marts_built_at = excluded.marts_built_at
where
goal_measurement.failure is not null
or goal_measurement.marts_built_at is distinct from excluded.marts_built_at
