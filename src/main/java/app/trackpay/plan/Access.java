package app.trackpay.plan;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;

/**
 * The rows of a table that a persona may reach with a command. What is not declared is {@link Rows.None}.
 *
 * @param persona the persona's name
 * @param command never {@link Command#ALL}
 */
public record Access(QualifiedName table, String persona, Command command, Rows rows) {

    /** Which rows. */
    public sealed interface Rows {

        /** Every row. */
        record All() implements Rows {}

        /** No row. */
        record None() implements Rows {}

        /**
         * The rows a condition selects, row level security aside.
         *
         * @param condition SQL; {@code :me} is the persona's internal id, {@code :auth} its JWT subject
         */
        record Where(String condition) implements Rows {}
    }
}
