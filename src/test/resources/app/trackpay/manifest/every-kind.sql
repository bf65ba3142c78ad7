-- What the reference set has none of: every other kind of object and attribute that a manifest knows. Runs on 14 to 18.
CREATE SCHEMA billing;
GRANT USAGE ON SCHEMA billing TO authenticated;
CREATE SCHEMA spare_parts;
CREATE TABLE spare_parts.screws (id int PRIMARY KEY, size text);
CREATE EXTENSION hstore SCHEMA public;

CREATE TYPE billing.mood AS ENUM ('sad', 'glad');
CREATE TYPE billing.pair AS (a int, b text);
CREATE TYPE billing.span AS RANGE (subtype = float8);
CREATE DOMAIN billing.code AS text DEFAULT 'x' CONSTRAINT short CHECK (length(VALUE) < 9);
CREATE SEQUENCE billing.tickets;
GRANT USAGE ON SEQUENCE billing.tickets TO authenticated;

CREATE TABLE billing.items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number serial,
    name text NOT NULL DEFAULT 'none',
    label text COLLATE "C",
    price numeric(10, 2) CONSTRAINT price_positive CHECK (price > 0),
    twice numeric GENERATED ALWAYS AS (price * 2) STORED,
    code billing.code,
    parent bigint CONSTRAINT items_parent REFERENCES billing.items ON DELETE RESTRICT,
    room int4range,
    spare text,
    CONSTRAINT items_name UNIQUE (name),
    CONSTRAINT items_room EXCLUDE USING gist (room WITH &&)
) WITH (fillfactor = 80);
ALTER TABLE billing.items ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON billing.items TO authenticated;
GRANT UPDATE (name) ON billing.items TO authenticated;
CREATE INDEX items_label ON billing.items (label) WHERE price > 1;
CREATE UNIQUE INDEX items_number ON billing.items (number);
CREATE POLICY own ON billing.items FOR SELECT TO authenticated USING (name = 'mine');
CREATE POLICY "To Limit" ON billing.items AS RESTRICTIVE TO authenticated USING (price > 1) WITH CHECK (price > 2);
CREATE RULE quiet AS ON DELETE TO billing.items DO INSTEAD NOTHING;

CREATE TABLE billing.events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE billing.events_rest PARTITION OF billing.events DEFAULT;
CREATE INDEX events_kind ON billing.events (kind);

CREATE FUNCTION billing.total(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE SET search_path = ''
    AS 'SELECT a + b';
CREATE FUNCTION billing.count_items() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(*) FROM billing.items WHERE price > 1; END;
CREATE PROCEDURE billing.work() LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE AGGREGATE billing.sum_up (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE FUNCTION billing.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.name := NEW.name;
    RETURN NEW;
END
$$;
CREATE TRIGGER touched BEFORE UPDATE ON billing.items FOR EACH ROW EXECUTE FUNCTION billing.touch();
CREATE FUNCTION billing.greet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER on_sign_up AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION billing.greet();
CREATE POLICY own_files ON storage.objects FOR SELECT TO authenticated USING (name LIKE 'public/%');

CREATE VIEW billing.cheap AS SELECT id, name FROM billing.items WHERE price < 5;
GRANT SELECT ON billing.cheap TO authenticated;
CREATE MATERIALIZED VIEW billing.counts AS SELECT count(*) AS n FROM billing.items;
CREATE PUBLICATION billing_changes FOR TABLE billing.items;
ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO authenticated;
