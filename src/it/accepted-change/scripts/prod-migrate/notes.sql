-- Notes of the staff
CREATE TABLE public.notes (id int PRIMARY KEY);
