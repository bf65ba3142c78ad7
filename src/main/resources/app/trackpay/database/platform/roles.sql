-- The roles of a Supabase project, as far as they are not there: a server's roles belong to all its databases.
-- Run as a superuser, as one message, before platform.sql. Its last result is a row for each role that was made.
-- Login roles get no password here; the launcher sets those it uses.

DO $$
DECLARE
    -- postgres manages the others and is no superuser; the last five are only named by dumps of real projects.
    roles CONSTANT text[] := ARRAY[
        ['postgres', 'CREATEDB CREATEROLE LOGIN REPLICATION BYPASSRLS'],
        ['anon', 'NOLOGIN NOINHERIT'],
        ['authenticated', 'NOLOGIN NOINHERIT'],
        ['service_role', 'NOLOGIN NOINHERIT BYPASSRLS'],
        ['authenticator', 'LOGIN NOINHERIT'],
        ['supabase_auth_admin', 'LOGIN NOINHERIT CREATEROLE'],
        ['supabase_storage_admin', 'LOGIN NOINHERIT CREATEROLE'],
        ['supabase_realtime_admin', 'NOLOGIN NOINHERIT'],
        ['supabase_functions_admin', 'LOGIN NOINHERIT CREATEROLE'],
        ['supabase_replication_admin', 'LOGIN REPLICATION'],
        ['supabase_read_only_user', 'LOGIN BYPASSRLS'],
        ['dashboard_user', 'NOLOGIN CREATEDB CREATEROLE REPLICATION'],
        ['pgbouncer', 'LOGIN']];
    settings CONSTANT text[] := ARRAY[
        ['anon', 'statement_timeout = ''3s'''],
        ['authenticated', 'statement_timeout = ''8s'''],
        ['authenticator', 'statement_timeout = ''8s'''],
        ['authenticator', 'lock_timeout = ''8s'''],
        ['postgres', 'search_path = "$user", public, extensions'],
        ['supabase_admin', 'search_path = "$user", public, auth, extensions'],
        ['supabase_auth_admin', 'search_path = auth'],
        ['supabase_storage_admin', 'search_path = storage']];
    -- Since 16, CREATEROLE alone no longer passes on membership in a role; Supabase gives postgres the option there.
    passing CONSTANT text := CASE
        WHEN pg_catalog.current_setting('server_version_num')::integer >= 160000 THEN ' WITH ADMIN OPTION' ELSE '' END;
    memberships CONSTANT text[] := ARRAY[
        ['anon', 'authenticator', ''],
        ['authenticated', 'authenticator', ''],
        ['service_role', 'authenticator', ''],
        ['pg_read_all_data', 'supabase_read_only_user', ''],
        ['supabase_auth_admin', 'postgres', ''],
        ['supabase_storage_admin', 'postgres', ''],
        ['supabase_realtime_admin', 'postgres', ''],
        ['anon', 'postgres', passing],
        ['authenticated', 'postgres', passing],
        ['service_role', 'postgres', passing],
        ['authenticator', 'postgres', passing],
        ['pg_monitor', 'postgres', passing],
        ['pg_read_all_data', 'postgres', passing],
        ['pg_signal_backend', 'postgres', passing]];
    made text[] := '{}';
    one text[];
BEGIN
    -- two that find a role missing at once must not both make it
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('trackpay roles'));
    FOREACH one SLICE 1 IN ARRAY roles LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = one[1]) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I %s', one[1], one[2]);
            made := made || one[1];
        END IF;
    END LOOP;
    FOREACH one SLICE 1 IN ARRAY memberships LOOP
        IF one[2] = ANY (made) OR one[1] = ANY (made) THEN
            EXECUTE pg_catalog.format('GRANT %I TO %I%s', one[1], one[2], one[3]);
        END IF;
    END LOOP;
    FOREACH one SLICE 1 IN ARRAY settings LOOP
        -- the superuser's own settings too, where the server is a stand-in's own
        IF one[1] = ANY (made) OR one[1] = CURRENT_USER AND 'postgres' = ANY (made) THEN
            EXECUTE pg_catalog.format('ALTER ROLE %I SET %s', one[1], one[2]);
        END IF;
    END LOOP;
    PERFORM pg_catalog.set_config('trackpay.made', pg_catalog.array_to_string(made, ','), true);
END
$$;

SELECT made FROM pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.current_setting('trackpay.made'), ',')) AS made;
