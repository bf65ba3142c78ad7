package app.trackpay.check.rls;

import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy as findings speak of it. */
final class PolicyText {

    private PolicyText() {}

    static String object(Policy policy) {
        return "policy " + policy.table() + "." + policy.name();
    }

    /** {@code name ON table}, as ALTER and DROP want it. */
    static String on(Policy policy) {
        return Identifier.quote(policy.name()) + " ON " + policy.table().sql();
    }

    /** The condition that picks this one row of {@code pg_policies}. */
    static String row(Policy policy) {
        return "schemaname = " + Sql.literal(policy.table().schema()) + " AND tablename = "
                + Sql.literal(policy.table().name()) + " AND policyname = " + Sql.literal(policy.name());
    }

    /** USING and WITH CHECK, those that are there. */
    static List<String> expressions(Policy policy) {
        return Stream.of(policy.using(), policy.withCheck())
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The parts of an expression, as the server deparses it, between the words AND or OR of its outermost level; the expression itself where it has
     * none.
     */
    static List<String> parts(String expression, String word) {
        String text = bare(expression);
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0 && text.startsWith(" " + word + " ", i)) {
                    parts.add(text.substring(start, i));
                    start = i + word.length() + 2;
                }
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String bare(String expression) {
        String text = expression.strip();
        while (text.startsWith("(") && closes(text) == text.length() - 1) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return text;
    }

    /** Where the parenthesis closes that opens the text. */
    private static int closes(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
