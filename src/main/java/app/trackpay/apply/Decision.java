package app.trackpay.apply;

/** What a person says about a statement outside a transaction of which the database does not tell whether it ended. */
public enum Decision {
    /** Nothing: apply stops there and asks. */
    ASK,
    /** It ended as it should: apply goes on behind it. */
    FINISHED,
    /** It did not, and what it left is taken away: apply runs it again. */
    AGAIN
}
