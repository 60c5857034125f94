insert into insights.goal_measurement (failure) values (%(failure)s)
on conflict (singleton) do update set failure = excluded.failure
