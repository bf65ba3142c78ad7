package app.trackpay.apply;

/** What begins and ends the transactions of a run. */
interface Transactions {

    /** Makes the session as if it were new: what one file set is not there for the next. Answers with no row when somebody else runs steps. */
    Message renew();

    /** Whether each part has one of its own. */
    boolean areSeparate();

    /**
     * Before the first piece of a part.
     *
     * @param own how the part wants its transaction to begin
     */
    Message begin(String own);

    /** Before a statement outside a transaction that others would queue behind while it waits for a lock. */
    Message limit();

    /** What the part left for later happens now, and fails here if it has to. */
    Message settle();

    /** After the part's mark in the history. */
    Message commit();
}
