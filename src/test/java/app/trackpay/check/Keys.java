package app.trackpay.check;

/** Statements about the foreign keys of the reference set, and rows to try them with. */
public final class Keys {

    /** A login, a provider who has it, a client, a session between the two and a payment for it. */
    public static final String[] ROWS = {
        "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-000000000001')",
        "INSERT INTO trackpay_users (id, auth_user_id, role, name) VALUES"
                + " ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'provider', 'P'),"
                + " ('b0000000-0000-4000-8000-000000000002', NULL, 'client', 'C')",
        "INSERT INTO trackpay_sessions (id, provider_id, client_id, hourly_rate) VALUES"
                + " ('c0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001',"
                + " 'b0000000-0000-4000-8000-000000000002', 30)",
        "INSERT INTO trackpay_payments (provider_id, client_id, session_id, amount) VALUES"
                + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002',"
                + " 'c0000000-0000-4000-8000-000000000001', 10)"
    };

    private Keys() {}

    /** Replaces a foreign key that has the name PostgreSQL gives it. */
    public static String rekey(String table, String column, String to, String rule) {
        String name = table + "_" + column + "_fkey";
        return "ALTER TABLE " + table + " DROP CONSTRAINT " + name + ", ADD CONSTRAINT " + name + " FOREIGN KEY ("
                + column + ") REFERENCES " + to + " ON DELETE " + rule;
    }

    /** Replaces one that leads to the users. */
    public static String rekey(String table, String column, String rule) {
        return rekey(table, column, "trackpay_users", rule);
    }
}
