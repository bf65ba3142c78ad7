package app.trackpay.probe;

import app.trackpay.catalog.Identifier;
import app.trackpay.check.Sql;
import app.trackpay.plan.Persona;
import java.util.Optional;

/** SQL with which a person sees in psql what a persona saw. */
final class Shown {

    private Shown() {}

    /** A statement as the persona, taken back. */
    static String as(Persona persona, Optional<String> fixtures, String statement) {
        return as(persona, fixtures, Optional.empty(), statement);
    }

    /** The same after a statement as the owner. */
    static String as(Persona persona, Optional<String> fixtures, Optional<String> first, String statement) {
        return fixtures.map(file -> "-- with the rows of " + file + " in the database\n")
                        .orElse("")
                + "BEGIN;\n"
                + first.map(sql -> sql + ";\n").orElse("")
                + "SELECT pg_catalog.set_config('request.jwt.claims', " + Sql.literal(Transcript.claims(persona))
                + ", true);\n"
                + "SET LOCAL ROLE " + Identifier.quote(persona.role()) + ";\n"
                + statement + ";\n"
                + "ROLLBACK;";
    }
}
