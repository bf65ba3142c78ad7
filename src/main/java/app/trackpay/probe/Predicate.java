package app.trackpay.probe;

import app.trackpay.plan.Access.Rows;

/**
 * Which rows a persona may reach, as a condition for the server.
 *
 * @param type of {@code :me}, as SQL spells it
 */
record Predicate(Rows rows, String type) {

    /** The condition, with the persona's ids as the first two parameters; both come as text. */
    String sql() {
        if (rows instanceof Rows.Where where) {
            // the line end: a condition may close with a comment
            return "(" + bound(where.condition(), "($1)::" + type, "($2)::uuid") + "\n)";
        }
        return rows instanceof Rows.All ? "true" : "false";
    }

    boolean isNone() {
        return rows instanceof Rows.None;
    }

    boolean asksForMe() {
        return rows instanceof Rows.Where where
                && !bound(where.condition(), "", ":auth").equals(where.condition());
    }

    /** Replaces the two names; {@code ::me} is a cast and stays. */
    private static String bound(String condition, String me, String auth) {
        return condition
                .replaceAll("(?<!:):me\\b", me.replace("$", "\\$"))
                .replaceAll("(?<!:):auth\\b", auth.replace("$", "\\$"));
    }
}
