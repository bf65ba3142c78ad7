CREATE POLICY notes_select_own ON public.notes FOR SELECT TO authenticated USING (owner = (SELECT auth.uid()));
CREATE POLICY notes_insert_own ON public.notes FOR INSERT TO authenticated WITH CHECK (owner = (SELECT auth.uid()));
CREATE POLICY notes_delete_own ON public.notes FOR DELETE TO authenticated USING (owner = (SELECT auth.uid()));
