CREATE VIEW public.as_caller WITH (security_invoker = true) AS SELECT id FROM public.people;
CREATE TABLE public.once (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
CREATE TABLE public.narrowed (a int, b int, FOREIGN KEY (a, b) REFERENCES public.once (a, b) ON DELETE SET NULL (b));
CREATE PUBLICATION in_part FOR TABLE public.people (id, name) WHERE (rate > 1) WITH (publish = 'insert');
CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA private;
