insert into {table} ({id}, {created_at}, {source}, {disposition}, {assigned_agent_id})
values (%(id)s, now(), %(source)s, 'new', %(agent_id)s)
