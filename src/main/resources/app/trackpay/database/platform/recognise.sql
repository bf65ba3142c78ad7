-- Whether a database is a Supabase project's already: its roles, its schemas and the function that every policy leans on.
SELECT
    (SELECT pg_catalog.count(*) = 4 FROM pg_catalog.pg_roles
     WHERE rolname IN ('anon', 'authenticated', 'service_role', 'authenticator'))
    AND (SELECT pg_catalog.count(*) = 3 FROM pg_catalog.pg_namespace WHERE nspname IN ('auth', 'storage', 'extensions'))
    AND pg_catalog.to_regprocedure('auth.uid()') IS NOT NULL
    AND pg_catalog.to_regclass('auth.users') IS NOT NULL AS platform
