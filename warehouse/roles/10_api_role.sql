-- The API's login role: created if we may create roles, rejected if it could bypass row-level
-- security.

do $migration$
declare
    role_name constant text := {api_role_name};
    api_role record;
begin
    if not exists (select from pg_roles where rolname = role_name) then
        begin
            execute format('create role %I login password %L', role_name, {api_password});
        exception
            when duplicate_object or unique_violation then
                null;
            when insufficient_privilege then
                raise exception 'role % does not exist and % cannot create it: run "create role % login password ..." as an administrator',
                    role_name, current_user, quote_ident(role_name);
        end;
    end if;
    select * into strict api_role from pg_roles where rolname = role_name;
    if api_role.rolsuper or api_role.rolbypassrls then
        raise exception 'API role % is a superuser or has BYPASSRLS: use a role without these attributes', role_name;
    end if;
    if pg_has_role(api_role.oid, current_user, 'member') then
        raise exception 'API role % is, or is a member of, %, which owns the tables: use another role', role_name, current_user;
    end if;
    if exists (
        select from pg_roles as greater
        where
            (
                greater.rolsuper
                or greater.rolbypassrls
                or greater.rolname in ('pg_read_all_data', 'pg_write_all_data')
            )
            and pg_has_role(api_role.oid, greater.oid, 'member')
    ) then
        raise exception 'API role % is a member of a role that sees every row: use another role', role_name;
    end if;
    if exists (
        select from pg_shdepend
        where refclassid = 'pg_authid'::regclass and refobjid = api_role.oid and deptype = 'o'
    ) then
        raise exception 'API role % owns objects on this server: use a role that owns none', role_name;
    end if;
    if not exists (
        select from pg_db_role_setting, unnest(setconfig) as setting
        where setrole = api_role.oid and setting like 'statement\_timeout=%'
    ) then
        execute format('alter role %I set statement_timeout = %L', role_name, '5s');
    end if;
exception when insufficient_privilege then
    raise exception 'API role % has no statement timeout and % cannot set one: run "alter role % set statement_timeout = ''5s''" as an administrator',
        role_name, current_user, quote_ident(role_name);
end
$migration$;
