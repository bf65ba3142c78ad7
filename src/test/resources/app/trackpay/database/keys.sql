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
-- indexes that are no keys: plain ones, and each thing that can be said of one beside its columns
CREATE TYPE keys.mood AS ENUM ('a', 'b');
CREATE DOMAIN keys.code AS text;
CREATE TABLE keys.indexed (
    gone integer,
    id integer,
    "Title" text,
    posix text COLLATE "POSIX",
    short varchar(20),
    padded char(3),
    called name,
    mood keys.mood,
    code keys.code,
    tags text[],
    net cidr,
    at timestamptz
);
ALTER TABLE keys.indexed DROP COLUMN gone;
CREATE INDEX of_one ON keys.indexed (id);
CREATE INDEX "Of ""two""" ON keys.indexed ("Title", at);
CREATE INDEX of_own_collation ON keys.indexed (posix);
CREATE INDEX of_other_collation ON keys.indexed (posix COLLATE "C");
CREATE INDEX of_given_collation ON keys.indexed (id, "Title" COLLATE "POSIX");
CREATE INDEX of_short ON keys.indexed (short, padded, called);
CREATE INDEX of_short_padded ON keys.indexed (short bpchar_ops);
CREATE INDEX of_patterns ON keys.indexed ("Title" text_pattern_ops);
CREATE INDEX of_types ON keys.indexed (mood, code, tags, net);
CREATE INDEX downwards ON keys.indexed (id, at DESC);
CREATE INDEX nulls_first ON keys.indexed (id NULLS FIRST);
CREATE INDEX nulls_last ON keys.indexed (id DESC NULLS LAST);
CREATE INDEX partial ON keys.indexed (id) WHERE "Title" <> '';
CREATE INDEX of_expression ON keys.indexed (lower("Title"), id);
CREATE INDEX filled_less ON keys.indexed (id) WITH (fillfactor = 70);
CREATE INDEX with_more ON keys.indexed (id) INCLUDE (at);
CREATE INDEX hashed ON keys.indexed USING hash (id);
CREATE INDEX of_words ON keys.indexed USING gin (tags);
CREATE UNIQUE INDEX single ON keys.indexed (id);
CREATE INDEX of_parts ON keys.whole (id);
