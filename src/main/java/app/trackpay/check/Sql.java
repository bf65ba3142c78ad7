package app.trackpay.check;

import app.trackpay.catalog.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Names and texts as a statement that a finding proposes spells them. */
public final class Sql {

    private Sql() {}

    /** A text as a literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Column names between commas. */
    public static String columns(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
