package app.trackpay.apply;

import app.trackpay.check.Finding;
import java.util.List;

/**
 * What adopting a database came to.
 *
 * @param rows a row for every step or section of the plan
 * @param findings what is not there, or contradicts the plan
 */
public record Adopted(List<Row> rows, List<Finding> findings) {

    /**
     * @param evidence what tells that it is there, or why it is left
     */
    public record Row(Unit unit, String evidence, Fate fate) {}

    /** What became of a step or section. */
    public enum Fate {
        /** It is in the history now. */
        RECORDED("yes"),
        /** It was in the history already. */
        BEFORE("before"),
        /** It would be recorded, and nothing was written. */
        WOULD_BE("would be"),
        /** Apply will run it. */
        PENDING("no, pending");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        /** For a table. */
        public String word() {
            return word;
        }
    }
}
