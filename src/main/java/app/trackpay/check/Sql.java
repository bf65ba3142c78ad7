package app.trackpay.check;

import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Routine;
import java.util.Collection;
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

    /** A relation as a value of type {@code regclass}. */
    public static String regclass(QualifiedName relation) {
        return literal(relation.sql()) + "::pg_catalog.regclass";
    }

    /** A routine with its argument types, as ALTER, GRANT and {@code regprocedure} want it. */
    public static String call(Routine routine) {
        return routine.name().sql() + "(" + String.join(", ", routine.argumentTypes()) + ")";
    }

    /** Roles as rows that a query can read from; write {@code AS name (role)} after it. */
    public static String roleRows(Collection<String> names) {
        return names.stream().map(name -> "(" + literal(name) + ")").collect(Collectors.joining(", ", "(VALUES ", ")"));
    }

    /** Roles between commas. */
    public static String roles(Collection<String> names) {
        return names.stream()
                .map(name -> name.equals(Grant.PUBLIC) ? name : Identifier.quote(name))
                .collect(Collectors.joining(", "));
    }
}
