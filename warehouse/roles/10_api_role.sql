-- The role that the API logs in with: made where we may make roles, and refused where it could see
-- past its policies.

do $migration$
declare
    wanted constant text := {api_role_name};
    api_role record;
begin
    if not exists (select from pg_roles where rolname = wanted) then
        begin
            execute format('create role %I login password %L', wanted, {api_password});
        exception
            when duplicate_object or unique_violation then
                null;
            when insufficient_privilege then
                raise exception 'role % does not exist and % may not make it: run "create role % login password ..." as an administrator',
                    wanted, current_user, quote_ident(wanted);
        end;
    end if;
    select * into strict api_role from pg_roles where rolname = wanted;
    if api_role.rolsuper or api_role.rolbypassrls then
        raise exception 'the API role % is superuser or bypasses row-level security: use a lesser one', wanted;
    end if;
    if pg_has_role(api_role.oid, current_user, 'member') then
        raise exception 'the API role % is, or is a member of, %, which owns the tables: use another', wanted, current_user;
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
        raise exception 'the API role % is a member of a role that sees every row: use a lesser one', wanted;
    end if;
    if exists (
        select from pg_shdepend
        where refclassid = 'pg_authid'::regclass and refobjid = api_role.oid and deptype = 'o'
    ) then
        raise exception 'the API role % owns something in this server: use one that owns nothing', wanted;
    end if;
    if not exists (
        select from pg_db_role_setting, unnest(setconfig) as setting
        where setrole = api_role.oid and setting like 'statement\_timeout=%'
    ) then
        execute format('alter role %I set statement_timeout = %L', wanted, '5s');
    end if;
exception when insufficient_privilege then
    raise exception 'the API role % has no statement timeout and % may not set one: run "alter role % set statement_timeout = ''5s''" as an administrator',
        wanted, current_user, quote_ident(wanted);
end
$migration$;
