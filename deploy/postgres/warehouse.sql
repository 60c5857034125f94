-- Roles and databases of the warehouse's server. Run once as an administrator, before
-- `agent-analytics migrate`:
--   WAREHOUSE_PASSWORD=... DAGSTER_PASSWORD=... API_PASSWORD=... psql -v ON_ERROR_STOP=1 -f warehouse.sql
-- `createdb` is needed by `refresh --dry-run` and `metric-diff`, which build in a scratch database.

\getenv warehouse_password WAREHOUSE_PASSWORD
\getenv dagster_password DAGSTER_PASSWORD
\getenv api_password API_PASSWORD

create role analytics_warehouse login createdb password :'warehouse_password';
create role analytics_dagster login password :'dagster_password';
create role analytics_api login password :'api_password';
alter role analytics_api set statement_timeout = '5s';

create database warehouse owner analytics_warehouse;
create database dagster owner analytics_dagster;
revoke all on database warehouse from public;
revoke all on database dagster from public;
grant connect on database warehouse to analytics_api;
