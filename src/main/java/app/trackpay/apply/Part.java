package app.trackpay.apply;

import java.util.List;

/**
 * What succeeds or fails as one: the pieces of one transaction, or a single statement that the server refuses inside one.
 *
 * @param alone the part is such a statement
 * @param pieces at least one
 */
public record Part(boolean alone, List<Piece> pieces) {

    /** After the last character. */
    int end() {
        return pieces.get(pieces.size() - 1).end();
    }
}
