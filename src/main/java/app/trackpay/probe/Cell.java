package app.trackpay.probe;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import java.util.List;
import java.util.Optional;

/**
 * What the plan says a persona may do with a table, and what it could do.
 *
 * @param declared in the plan's words
 * @param total of how many rows; for INSERT, how many were tried; {@link #SAMPLED} where only rows that differ are known
 * @param meant the rows the plan names
 * @param got the rows it really reached
 * @param refusal the server's words to a try that had to work
 * @param broken the error of a statement that does not work at all
 */
public record Cell(
        QualifiedName table,
        Persona persona,
        Command command,
        Rows declared,
        int total,
        List<String> meant,
        List<String> got,
        Optional<String> refusal,
        Optional<String> broken) {

    /** Ends the refusal of an INSERT whose row may come in and not be read back. */
    static final String RETURNING = ", for INSERT ... RETURNING";

    /** Ends the key of a row that could be made another person's. */
    static final String GIVEN_AWAY = " = somebody else's";

    /** Starts what is broken where somebody else's try was enough. */
    static final String NOT_TRIED = "not tried";

    /** The total of a sample. */
    static final int SAMPLED = -1;

    /** Rows it reached and must not. */
    public List<String> tooMany() {
        return got.stream().filter(key -> !meant.contains(key)).toList();
    }

    /** Rows it did not reach and must. */
    public List<String> tooFew() {
        return meant.stream().filter(key -> !got.contains(key)).toList();
    }

    /** Whether the database does what the plan says. */
    public boolean agrees() {
        return broken.isEmpty() && tooMany().isEmpty() && tooFew().isEmpty();
    }

    boolean tried() {
        return broken.filter(error -> error.startsWith(NOT_TRIED)).isEmpty();
    }

    /** Whether it takes reading: rows that are changed are found first, and an INSERT may have to give its row back. */
    boolean reads() {
        return command == Command.INSERT
                ? refusal.filter(said -> said.endsWith(RETURNING)).isPresent()
                : command != Command.SELECT;
    }

    /** The cell as the matrix shows it; where plan and database differ, both. */
    String words() {
        return agrees() ? planned() : planned() + " \u2192 " + actual() + "!";
    }

    private String planned() {
        if (total == SAMPLED) {
            return declared instanceof Rows.None ? "none" : declared instanceof Rows.All ? "all" : "own";
        }
        if (meant.isEmpty()) {
            return "none";
        }
        return meant.size() == total ? "all" : "own";
    }

    private String actual() {
        if (broken.isPresent()) {
            return tried() ? broken.orElseThrow().substring(0, 5) : NOT_TRIED;
        }
        if (total == SAMPLED) {
            return tooMany().isEmpty() ? tooFew().size() + " hidden" : tooMany().size() + " too many";
        }
        if (got.isEmpty()) {
            return "none";
        }
        return got.size() >= total ? "all" : got.size() + " of " + total;
    }
}
