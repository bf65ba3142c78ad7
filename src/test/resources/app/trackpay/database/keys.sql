CREATE SCHEMA keys;
-- names that need quotes here and there, columns that were dropped in between, composite keys out of order
CREATE TABLE keys."Far ""off""" (
    gone integer,
    "values" integer,
    note text,
    "Odd ""one""" varchar(20) COLLATE "C",
    CONSTRAINT "Far pkey" PRIMARY KEY ("Odd ""one""", "values"),
    CONSTRAINT wide UNIQUE ("values") INCLUDE (note)
);
ALTER TABLE keys."Far ""off""" DROP COLUMN gone;
CREATE INDEX mixed ON keys."Far ""off""" ("values" DESC, lower(note), "Odd ""one""") INCLUDE (note);
CREATE TABLE keys.near (
    id integer CONSTRAINT near_pkey PRIMARY KEY,
    "user" varchar(20),
    v integer,
    CONSTRAINT plain FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""",
    CONSTRAINT cascades FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" ON DELETE CASCADE ON UPDATE RESTRICT,
    CONSTRAINT restricts FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT nulls FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" ON DELETE SET NULL ON UPDATE SET DEFAULT,
    CONSTRAINT full_match FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" MATCH FULL,
    CONSTRAINT later FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT itself FOREIGN KEY (v) REFERENCES keys.near (id),
    CONSTRAINT whole_row CHECK (near IS NOT NULL),
    CONSTRAINT two CHECK (id > v)
);
ALTER TABLE keys.near ADD CONSTRAINT unproved FOREIGN KEY ("user", v) REFERENCES keys."Far ""off""" NOT VALID;
CREATE TABLE keys.filled (id integer PRIMARY KEY WITH (fillfactor = 70), other integer UNIQUE DEFERRABLE);
CREATE TABLE keys.included (id integer, other text, PRIMARY KEY (id) INCLUDE (other));
CREATE TABLE keys.deferred (id integer PRIMARY KEY DEFERRABLE);
CREATE TABLE keys.whole (id integer, at date, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE keys.part PARTITION OF keys.whole FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE keys.other_order (gone text, at date NOT NULL, id integer NOT NULL);
ALTER TABLE keys.other_order DROP COLUMN gone;
ALTER TABLE keys.whole ATTACH PARTITION keys.other_order FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE keys.to_whole (id integer, at date, FOREIGN KEY (at, id) REFERENCES keys.whole ON DELETE CASCADE);
CREATE UNIQUE INDEX by_hand ON keys.to_whole (id) WITH (fillfactor = 90);
ALTER TABLE keys.to_whole ALTER id SET NOT NULL, ADD CONSTRAINT made PRIMARY KEY USING INDEX by_hand;
