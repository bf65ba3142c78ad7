package app.trackpay.check.health;

import app.trackpay.catalog.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Names and texts as a statement that a finding proposes spells them. */
final class Sql {

    private Sql() {}

    /** A text as a literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Column names between commas. */
    static String columns(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
