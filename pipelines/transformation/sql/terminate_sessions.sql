select pg_terminate_backend(pid)
from pg_stat_activity
where application_name = %(application_name)s and datname = current_database()
