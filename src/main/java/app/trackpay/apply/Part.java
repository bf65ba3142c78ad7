package app.trackpay.apply;

import java.util.List;
import java.util.Optional;

/**
 * What succeeds or fails as one: the pieces of one transaction, or a single statement that the server refuses inside one, or may.
 *
 * @param alone the part is such a statement
 * @param pieces at least one, unless the file's own transaction is empty
 * @param own the file's own BEGIN and COMMIT around them, where it has them
 */
public record Part(boolean alone, List<Piece> pieces, Optional<Own> own) {

    /**
     * A transaction that the file itself begins and ends.
     *
     * @param begin as written; an isolation level in it is kept
     * @param commit as written
     */
    public record Own(Statement begin, Statement commit) {}

    /** The statement that runs alone. */
    Statement statement() {
        return ((Piece.Sql) pieces.get(0)).statements().get(0);
    }

    /** The same inside a transaction, where nobody knows whether the server refuses it there. */
    Part inside() {
        return alone && statement().kind() == StatementKind.APART ? new Part(false, pieces, own) : this;
    }

    /** Where it begins. */
    int start() {
        return own.map(pair -> pair.begin().start())
                .orElseGet(() -> pieces.get(0).start());
    }

    /** After the last character. */
    int end() {
        return own.map(pair -> pair.commit().end())
                .orElseGet(() -> pieces.get(pieces.size() - 1).end());
    }
}
