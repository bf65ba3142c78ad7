package app.trackpay.apply;

import java.util.Optional;

/**
 * The BEGIN and COMMIT that a section brings along. Each pair is a transaction of its own, with its mark in the history: what the file
 * says is what happens. What would leave the history without its mark is refused before anything runs.
 */
final class OwnTransaction {

    private final Source source;
    private Optional<Statement> begin = Optional.empty();

    OwnTransaction(Source source) {
        this.source = source;
    }

    /** What is wrong with a statement at this place, if anything. */
    Optional<String> problem(Statement statement) {
        return switch (statement.kind()) {
            case BEGIN ->
                begin.map(open -> "BEGIN inside the transaction of line " + line(open)
                        + ": PostgreSQL does not nest them. Put the COMMIT of that one before it, or remove it.");
            case COMMIT ->
                isOpen()
                        ? Optional.empty()
                        : Optional.of("COMMIT without a BEGIN: it is not clear what is to be a transaction of its own. "
                                + "Put BEGIN where it starts, or remove COMMIT.");
            case ROLLBACK ->
                Optional.of(begin.map(
                                open -> "ROLLBACK throws away everything since the BEGIN of line " + line(open)
                                        + ", and the step would be recorded as applied. End the transaction with COMMIT, or take it out of the file.")
                        .orElse("ROLLBACK without a BEGIN: there is nothing to throw away. Remove it."));
            case TRANSACTION ->
                Optional.of(
                        "apply writes its history in the file's transactions, so they can only be what it can write in: "
                                + "BEGIN, with an isolation level if need be, and COMMIT. Say it with these.");
            case ALONE ->
                begin.map(open -> "the server refuses this statement inside a transaction, and the BEGIN of line "
                        + line(open) + " opened one. Move it behind the COMMIT.");
            default -> Optional.empty();
        };
    }

    boolean isOpen() {
        return begin.isPresent();
    }

    /** The BEGIN whose COMMIT is still to come. */
    Optional<Statement> begin() {
        return begin;
    }

    void begins(Statement statement) {
        begin = Optional.of(statement);
    }

    /** The pair, complete with this COMMIT; nothing where there is no BEGIN. */
    Optional<Part.Own> ends(Statement commit) {
        Optional<Part.Own> own = begin.map(open -> new Part.Own(open, commit));
        begin = Optional.empty();
        return own;
    }

    private int line(Statement statement) {
        return source.place(statement.start()).line();
    }
}
