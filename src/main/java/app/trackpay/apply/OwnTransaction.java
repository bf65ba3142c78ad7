package app.trackpay.apply;

import java.util.Optional;

/**
 * A BEGIN and COMMIT that a section brings along. One plain pair says what is true anyway, that these statements belong together: it is
 * left out of what is sent. Anything more would end the transaction that the history row is in.
 */
final class OwnTransaction {

    private static final String HOW =
            "Remove it, or cut the file with \"-- SECTION n: title\" lines (sections: true): each section is a transaction.";

    private int begin = -1;
    private boolean ended;

    /** What is wrong with a statement at this place, if anything. */
    Optional<String> problem(Statement statement) {
        return switch (statement.kind()) {
            case BEGIN -> begin(statement.start());
            case COMMIT -> commit();
            case TRANSACTION -> Optional.of("this would end the transaction that apply runs the step in. " + HOW);
            case ALONE ->
                isOpen()
                        ? Optional.of(
                                "the server refuses this statement inside a transaction, and the file's own BEGIN opened one. "
                                        + "Move it behind the COMMIT.")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    boolean isOpen() {
        return begin >= 0 && !ended;
    }

    /** Where the BEGIN is. */
    int begin() {
        return begin;
    }

    private Optional<String> begin(int at) {
        if (begin >= 0) {
            return Optional.of("a second BEGIN: apply runs the step in one transaction. " + HOW);
        }
        begin = at;
        return Optional.empty();
    }

    private Optional<String> commit() {
        if (!isOpen()) {
            return Optional.of(
                    "COMMIT without a BEGIN: it would end the transaction that apply runs the step in. " + HOW);
        }
        ended = true;
        return Optional.empty();
    }
}
