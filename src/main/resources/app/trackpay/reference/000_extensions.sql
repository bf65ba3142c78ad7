-- Extensions live in the schema "extensions", which every Supabase project has, so that public holds nothing but the app's own objects.
-- Both are there already on most projects; then these statements only say so.

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;

-- The monthly review of slow queries reads it.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA extensions;
