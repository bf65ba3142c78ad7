package app.trackpay.check.rls;

import java.util.stream.Stream;

/** A table of notes beside the reference set, open to the API roles as far as policies let them; its one row is a provider's. */
final class Notes {

    static final String COUNT = "SELECT count(*) FROM trackpay_notes";

    static final String[] TABLE = {
        "CREATE TABLE public.trackpay_notes (id int, owner uuid REFERENCES auth.users, shared boolean)",
        "ALTER TABLE trackpay_notes ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON trackpay_notes TO anon, authenticated",
        "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-000000000001')",
        "INSERT INTO trackpay_notes VALUES (1, 'a0000000-0000-4000-8000-000000000001', false)"
    };

    private Notes() {}

    static String[] with(String... statements) {
        return Stream.of(TABLE, statements).flatMap(Stream::of).toArray(String[]::new);
    }

    /** A policy for everybody who reads. */
    static String read(String condition) {
        return "CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")";
    }
}
