package app.trackpay.apply;

import java.util.List;

/** What became of a statement outside a transaction that the history has only as begun, and so what is to do. */
sealed interface Fate {

    /** What was seen in the database, for people. */
    String seen();

    /** It had ended well: go on behind it. */
    record Finished(String seen) implements Fate {}

    /**
     * It had not: run it.
     *
     * @param before takes away what it left
     */
    record Again(String seen, List<String> before) implements Fate {}

    /**
     * It stopped where only another statement can end it.
     *
     * @param instead that statement
     */
    record Ended(String seen, String instead) implements Fate {}

    /**
     * A person has to look.
     *
     * @param repair what to do where it had not ended well, before it may run again
     */
    record Undecided(String seen, String repair) implements Fate {}
}
