package app.trackpay.probe;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Persona;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One kind of try of one persona on one table.
 *
 * @param table the table; the function of a call
 * @param detail the column, or the number of the call; else empty
 * @param statements what {@code probe.sql} is told
 */
record Task(Kind kind, Persona persona, QualifiedName table, String detail, Map<String, Object> statements) {

    /** What is tried. */
    enum Kind {
        /** Which rows come back. */
        SELECT,
        /** Each row, a column set to itself. */
        UPDATE,
        /** All rows with one statement that reads none. */
        UPDATE_ALL,
        /** Each row. */
        DELETE,
        /** All rows with one statement that reads none. */
        DELETE_ALL,
        /** Copies of each row. */
        INSERT,
        /** The same, reading back what came in. */
        INSERT_RETURNING,
        /** Each row the persona may update, handed to somebody else. */
        GIVE_AWAY,
        /** Rows of the persona's own, a protected column changed. */
        ESCALATE,
        /** A function. */
        CALL,
        /** Of the first rows that come back, those the plan does not name. */
        SAMPLE_LEAKED,
        /** Of the first rows the plan names, those that do not come back. */
        SAMPLE_HIDDEN,
        /** Some rows the plan names and some it does not, a column set to itself. */
        SAMPLE_UPDATE,
        /** The same rows. */
        SAMPLE_DELETE
    }

    static Task of(Kind kind, Persona persona, QualifiedName table, String detail) {
        return new Task(kind, persona, table, detail, Map.of("person", persona.name()));
    }

    /** The same, and {@code probe.sql} is told one thing more. */
    Task with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(statements);
        more.put(name, value);
        return new Task(kind, persona, table, detail, Collections.unmodifiableMap(more));
    }
}
