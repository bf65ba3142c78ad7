package app.trackpay.check;

/** Statements about how the server would answer a query, reading whole tables and sorting only where it must. */
public final class QueryPlan {

    /** What they end in when it is otherwise. */
    public static final String REFUTED = "P0001";

    private QueryPlan() {}

    /** Works where the plan has a word. */
    public static String with(String word, String query) {
        return asked("NOT LIKE", word, query);
    }

    /** Works where it has not. */
    public static String without(String word, String query) {
        return asked("LIKE", word, query);
    }

    private static String asked(String wrong, String word, String query) {
        return """
                DO $$
                DECLARE
                    line text;
                    plan text := '';
                BEGIN
                    SET LOCAL enable_seqscan = off;
                    SET LOCAL enable_sort = off;
                    FOR line IN EXPLAIN %s LOOP
                        plan := plan || line;
                    END LOOP;
                    IF plan %s '%%%s%%' THEN
                        RAISE EXCEPTION '%%', plan;
                    END IF;
                END
                $$""".formatted(query, wrong, word);
    }
}
