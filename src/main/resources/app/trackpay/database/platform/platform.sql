-- Makes a plain PostgreSQL 14 to 18 behave like a Supabase project, as far as migrations can tell.
-- Run once by a superuser, supabase_admin on a server of its own, in the database to be, as one message; after roles.sql, before one of
-- the grants-*.sql files. The server needs shared_preload_libraries = 'pg_stat_statements' and wal_level = logical.
-- On a server that has other users, trackpay.shared_server = on keeps it from changing a role for a moment. There, from 15 on, postgres may
-- run it, too, where it is no superuser; then it keeps what it makes, without pg_stat_statements and without the protection at the end.
--
-- Where it differs from a real project, on purpose:
--   * supautils lends postgres rights at run time. Here postgres is a member of the roles that own the tables of auth, storage and
--     realtime, and an event trigger takes back what membership gives beyond that (altering and dropping what the platform made).
--   * CREATE EXTENSION works for trusted extensions and for those installed here; supautils lets a project create more.
--   * No service is running behind auth, storage or realtime: their tables are there, nobody reads or fills them.
-- A database cloned from this one belongs to whoever clones it: use CREATE DATABASE ... TEMPLATE postgres OWNER postgres.

-- Database and schema public ------------------------------------------------------------------------------------------------------

DO $$
BEGIN
    EXECUTE pg_catalog.format('ALTER DATABASE %I OWNER TO postgres', pg_catalog.current_database());
END
$$;

-- 15 and later start like this; 14 hands CREATE to everybody and keeps the schema with the superuser.
ALTER SCHEMA public OWNER TO pg_database_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO postgres;
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;

-- Extensions ----------------------------------------------------------------------------------------------------------------------

CREATE SCHEMA extensions AUTHORIZATION postgres;
GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role;
GRANT ALL ON SCHEMA extensions TO dashboard_user;

-- They belong to postgres, and pg_stat_statements can only be created by a superuser: hence the order. Where others may log in as
-- postgres meanwhile, it belongs to whoever runs this instead.
DO $$
DECLARE
    shared CONSTANT boolean := pg_catalog.current_setting('trackpay.shared_server', true) = 'on';
    lifted CONSTANT boolean := shared IS NOT TRUE AND NOT rolsuper FROM pg_catalog.pg_roles WHERE rolname = 'postgres';
    before CONSTANT text := pg_catalog.current_setting('role');
BEGIN
    IF shared THEN
        BEGIN
            CREATE EXTENSION pg_stat_statements WITH SCHEMA extensions;
        EXCEPTION WHEN insufficient_privilege THEN
            NULL; -- a superuser's, unless the platform lifts the right
        END;
    ELSIF lifted THEN
        ALTER ROLE postgres SUPERUSER;
    END IF;
    SET LOCAL ROLE postgres;
    CREATE EXTENSION pgcrypto WITH SCHEMA extensions;
    CREATE EXTENSION "uuid-ossp" WITH SCHEMA extensions;
    IF shared IS NOT TRUE THEN
        CREATE EXTENSION pg_stat_statements WITH SCHEMA extensions;
    END IF;
    PERFORM pg_catalog.set_config('role', before, true);
    IF lifted THEN
        ALTER ROLE postgres NOSUPERUSER;
    END IF;
END
$$;

-- auth ----------------------------------------------------------------------------------------------------------------------------
-- The schemas belong to supabase_admin and nobody else may CREATE in them, the tables to their services' roles, at the end.

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO postgres, anon, authenticated, service_role, supabase_auth_admin, dashboard_user;

CREATE TABLE auth.users (
    instance_id uuid,
    id uuid PRIMARY KEY,
    aud varchar(255),
    role varchar(255),
    email varchar(255),
    encrypted_password varchar(255),
    email_confirmed_at timestamptz,
    invited_at timestamptz,
    confirmation_token varchar(255),
    confirmation_sent_at timestamptz,
    recovery_token varchar(255),
    recovery_sent_at timestamptz,
    email_change_token_new varchar(255),
    email_change varchar(255),
    email_change_sent_at timestamptz,
    last_sign_in_at timestamptz,
    raw_app_meta_data jsonb,
    raw_user_meta_data jsonb,
    is_super_admin boolean,
    created_at timestamptz,
    updated_at timestamptz,
    phone text UNIQUE DEFAULT NULL,
    phone_confirmed_at timestamptz,
    phone_change text DEFAULT '',
    phone_change_token varchar(255) DEFAULT '',
    phone_change_sent_at timestamptz,
    confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
    email_change_token_current varchar(255) DEFAULT '',
    email_change_confirm_status smallint DEFAULT 0 CHECK (email_change_confirm_status BETWEEN 0 AND 2),
    banned_until timestamptz,
    reauthentication_token varchar(255) DEFAULT '',
    reauthentication_sent_at timestamptz,
    is_sso_user boolean NOT NULL DEFAULT false,
    deleted_at timestamptz,
    is_anonymous boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX users_email_partial_key ON auth.users (email) WHERE NOT is_sso_user;
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;

-- Seeds that make a user usually make the identity as well.
CREATE TABLE auth.identities (
    provider_id text NOT NULL,
    user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    identity_data jsonb NOT NULL,
    provider text NOT NULL,
    last_sign_in_at timestamptz,
    created_at timestamptz,
    updated_at timestamptz,
    email text GENERATED ALWAYS AS (lower(identity_data ->> 'email')) STORED,
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    UNIQUE (provider_id, provider)
);
CREATE INDEX identities_user_id_idx ON auth.identities (user_id);
ALTER TABLE auth.identities ENABLE ROW LEVEL SECURITY;

-- The settings read NULL before the first SET LOCAL of a session and '' after it: both mean nobody.
CREATE FUNCTION auth.uid() RETURNS uuid
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
    )::uuid
$$;

CREATE FUNCTION auth.role() RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(
        nullif(current_setting('request.jwt.claim.role', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
    )
$$;

CREATE FUNCTION auth.email() RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(
        nullif(current_setting('request.jwt.claim.email', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
    )
$$;

CREATE FUNCTION auth.jwt() RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
    )::jsonb
$$;

GRANT ALL ON ALL TABLES IN SCHEMA auth TO postgres, dashboard_user;

-- storage -------------------------------------------------------------------------------------------------------------------------

CREATE SCHEMA storage;
GRANT USAGE ON SCHEMA storage TO postgres, anon, authenticated, service_role, supabase_storage_admin, dashboard_user;

CREATE TABLE storage.buckets (
    id text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    owner uuid,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    public boolean DEFAULT false,
    avif_autodetection boolean DEFAULT false,
    file_size_limit bigint,
    allowed_mime_types text[],
    owner_id text
);
ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;

CREATE TABLE storage.objects (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    bucket_id text REFERENCES storage.buckets (id),
    name text,
    owner uuid,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    last_accessed_at timestamptz DEFAULT now(),
    metadata jsonb,
    path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
    version text,
    owner_id text,
    user_metadata jsonb
);
CREATE UNIQUE INDEX bucketid_objname ON storage.objects (bucket_id, name);
ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;

-- 'a/b/c.png' -> {a,b}
CREATE FUNCTION storage.foldername(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE
AS $$
    SELECT parts[1 : cardinality(parts) - 1] FROM string_to_array(name, '/') AS parts
$$;

-- 'a/b/c.png' -> c.png
CREATE FUNCTION storage.filename(name text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT parts[cardinality(parts)] FROM string_to_array(name, '/') AS parts
$$;

-- 'a/b/c.png' -> png
CREATE FUNCTION storage.extension(name text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT reverse(split_part(reverse(storage.filename(name)), '.', 1))
$$;

GRANT ALL ON ALL TABLES IN SCHEMA storage TO postgres, anon, authenticated, service_role;

-- realtime ------------------------------------------------------------------------------------------------------------------------

CREATE SCHEMA realtime;
GRANT USAGE ON SCHEMA realtime TO postgres, anon, authenticated, service_role, supabase_realtime_admin;

CREATE TABLE realtime.messages (
    topic text NOT NULL,
    extension text NOT NULL,
    payload jsonb,
    event text,
    private boolean DEFAULT false,
    updated_at timestamp NOT NULL DEFAULT now(),
    inserted_at timestamp NOT NULL DEFAULT now(),
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id, inserted_at)
) PARTITION BY RANGE (inserted_at);
-- The service makes a partition a day; without the service one takes them all.
CREATE TABLE realtime.messages_default PARTITION OF realtime.messages DEFAULT;
ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE realtime.messages_default ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION realtime.topic() RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT nullif(current_setting('realtime.topic', true), '')
$$;

-- A broadcast that fails must not undo the change it tells of, so it only warns.
CREATE FUNCTION realtime.send(payload jsonb, event text, topic text, private boolean DEFAULT true) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM set_config('realtime.topic', send.topic, true);
    INSERT INTO realtime.messages (payload, event, topic, private, extension)
    VALUES (send.payload, send.event, send.topic, send.private, 'broadcast');
EXCEPTION WHEN others THEN
    RAISE WARNING 'realtime.send: %', SQLERRM;
END
$$;

CREATE FUNCTION realtime.broadcast_changes(
    topic_name text, event_name text, operation text, table_name text, table_schema text,
    new record, old record, level text DEFAULT 'ROW'
) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF level = 'STATEMENT' THEN
        RAISE EXCEPTION 'broadcast_changes works for each row, not for each statement';
    END IF;
    PERFORM realtime.send(
        jsonb_build_object(
            'operation', operation, 'table', table_name, 'schema', table_schema,
            'record', to_jsonb(new), 'old_record', to_jsonb(old)),
        event_name, topic_name);
END
$$;

GRANT ALL ON realtime.messages TO postgres;
GRANT SELECT, INSERT, UPDATE ON realtime.messages TO anon, authenticated, service_role;

-- The other schemas of a project ---------------------------------------------------------------------------------------------------

CREATE SCHEMA graphql;
CREATE SCHEMA graphql_public;
CREATE SCHEMA supabase_functions;
CREATE SCHEMA vault;
GRANT USAGE ON SCHEMA graphql, graphql_public, supabase_functions TO postgres, anon, authenticated, service_role;
GRANT USAGE ON SCHEMA vault TO postgres, service_role;

-- What "supabase db push" keeps.
CREATE SCHEMA supabase_migrations AUTHORIZATION postgres;
CREATE TABLE supabase_migrations.schema_migrations (
    version text PRIMARY KEY,
    statements text[],
    name text
);
ALTER TABLE supabase_migrations.schema_migrations OWNER TO postgres;

CREATE PUBLICATION supabase_realtime;
ALTER PUBLICATION supabase_realtime OWNER TO postgres;

-- Owners, and protection of the platform's own objects --------------------------------------------------------------------------------
-- postgres may add policies, triggers and foreign keys to them; altering or dropping them answers as a project does.

CREATE FUNCTION extensions.refuse_platform_alter() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
    command record;
BEGIN
    IF (SELECT NOT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        FOR command IN
            SELECT object_type, object_identity
            FROM pg_catalog.pg_event_trigger_ddl_commands()
            WHERE schema_name IN ('auth', 'storage', 'realtime')
        LOOP
            RAISE insufficient_privilege
                USING MESSAGE = pg_catalog.format('must be owner of %s %s', command.object_type, command.object_identity);
        END LOOP;
    END IF;
END
$$;

CREATE FUNCTION extensions.refuse_platform_drop() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
    dropped record;
BEGIN
    IF (SELECT NOT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        FOR dropped IN
            SELECT object_type, object_identity
            FROM pg_catalog.pg_event_trigger_dropped_objects()
            WHERE schema_name IN ('auth', 'storage', 'realtime')
              AND object_type IN ('table', 'function', 'index', 'table column', 'table constraint', 'default value')
        LOOP
            RAISE insufficient_privilege
                USING MESSAGE = pg_catalog.format('must be owner of %s %s', dropped.object_type, dropped.object_identity);
        END LOOP;
    END IF;
END
$$;

-- Only a superuser can give an object away to whom may not CREATE beside it, and make an event trigger.
DO $$
BEGIN
    IF (SELECT NOT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        RETURN;
    END IF;
    ALTER TABLE auth.users OWNER TO supabase_auth_admin;
    ALTER TABLE auth.identities OWNER TO supabase_auth_admin;
    ALTER FUNCTION auth.uid() OWNER TO supabase_auth_admin;
    ALTER FUNCTION auth.role() OWNER TO supabase_auth_admin;
    ALTER FUNCTION auth.email() OWNER TO supabase_auth_admin;
    ALTER FUNCTION auth.jwt() OWNER TO supabase_auth_admin;
    ALTER TABLE storage.buckets OWNER TO supabase_storage_admin;
    ALTER TABLE storage.objects OWNER TO supabase_storage_admin;
    ALTER FUNCTION storage.foldername(text) OWNER TO supabase_storage_admin;
    ALTER FUNCTION storage.filename(text) OWNER TO supabase_storage_admin;
    ALTER FUNCTION storage.extension(text) OWNER TO supabase_storage_admin;
    ALTER TABLE realtime.messages OWNER TO supabase_realtime_admin;
    ALTER TABLE realtime.messages_default OWNER TO supabase_realtime_admin;
    ALTER FUNCTION realtime.topic() OWNER TO supabase_realtime_admin;
    ALTER SCHEMA supabase_functions OWNER TO supabase_functions_admin;
    CREATE EVENT TRIGGER refuse_platform_alter ON ddl_command_end
        WHEN TAG IN ('ALTER TABLE', 'ALTER FUNCTION', 'ALTER INDEX')
        EXECUTE FUNCTION extensions.refuse_platform_alter();
    CREATE EVENT TRIGGER refuse_platform_drop ON sql_drop
        EXECUTE FUNCTION extensions.refuse_platform_drop();
END
$$;
