CREATE TABLE public.newest (
    a int,
    twice int GENERATED ALWAYS AS (a * 2) VIRTUAL,
    CONSTRAINT unenforced CHECK (a > 0) NOT ENFORCED
);
ALTER TABLE public.newest ADD CONSTRAINT a_there NOT NULL a NOT VALID;
