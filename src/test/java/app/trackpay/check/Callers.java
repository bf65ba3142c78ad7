package app.trackpay.check;

/** Statements that make the rest of a transaction that of somebody who uses the app. */
public final class Callers {

    /** Who owns the rows of {@link Keys#ROWS}. */
    public static final String[] PROVIDER = user("a0000000-0000-4000-8000-000000000001");

    /** Somebody who is logged in and has nothing to do with them. */
    public static final String[] STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    /** Nobody. */
    public static final String[] VISITOR = {
        "SET LOCAL ROLE anon", "SELECT set_config('request.jwt.claims', '{\"role\": \"anon\"}', true)"
    };

    private Callers() {}

    private static String[] user(String subject) {
        return new String[] {
            "SET LOCAL ROLE authenticated",
            "SELECT set_config('request.jwt.claims', '{\"sub\": \"" + subject
                    + "\", \"role\": \"authenticated\", \"user_metadata\": {\"role\": \"admin\"}, \"app_metadata\": {\"role\": \"user\"}}', true)"
        };
    }
}
