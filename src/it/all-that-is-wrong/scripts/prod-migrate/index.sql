INSERT INTO public.notes VALUES (1), (1);
CREATE UNIQUE INDEX CONCURRENTLY notes_id ON public.notes (id);
