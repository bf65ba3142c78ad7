CREATE TABLE public.notes (id bigint);
