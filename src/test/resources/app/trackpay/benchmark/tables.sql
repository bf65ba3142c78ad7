-- Tables {from} to {to}, shaped like an application's: a key of their own, one to another table, a check, a second index, two policies.
DO $generate$
BEGIN
    FOR i IN {from}..{to} LOOP
        EXECUTE pg_catalog.format('
            CREATE TABLE public.entity_%1$s (
                id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                owner_id uuid NOT NULL REFERENCES public.entity_%2$s (id) ON DELETE RESTRICT,
                title text NOT NULL,
                status text NOT NULL DEFAULT ''open'' CHECK (status IN (''open'', ''done'')),
                amount numeric(12, 2),
                created_at timestamptz NOT NULL DEFAULT now())', i, (i + 1) / 2);
        EXECUTE pg_catalog.format('CREATE INDEX entity_%1$s_owner ON public.entity_%1$s (owner_id, created_at)', i);
        EXECUTE pg_catalog.format('ALTER TABLE public.entity_%1$s ENABLE ROW LEVEL SECURITY', i);
        EXECUTE pg_catalog.format('
            CREATE POLICY entity_%1$s_select ON public.entity_%1$s FOR SELECT TO authenticated
                USING (owner_id = (SELECT auth.uid()) OR status = ''open'')', i);
        EXECUTE pg_catalog.format('
            CREATE POLICY entity_%1$s_insert ON public.entity_%1$s FOR INSERT TO authenticated
                WITH CHECK (owner_id = (SELECT auth.uid()))', i);
        EXECUTE pg_catalog.format('GRANT SELECT, INSERT ON public.entity_%1$s TO authenticated', i);
    END LOOP;
END
$generate$
