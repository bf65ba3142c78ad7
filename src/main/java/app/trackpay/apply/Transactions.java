package app.trackpay.apply;

import java.sql.SQLException;

/** Where the transactions of a run begin and end. */
interface Transactions {

    /** The session as if it were new: what one file set is not there for the next. */
    void renew() throws SQLException;

    /** Whether each part has one of its own. */
    boolean areSeparate();

    /**
     * Before the first piece of a part.
     *
     * @param own how the part wants its transaction to begin
     */
    void begin(String own) throws SQLException;

    /** What the part left for later happens now, and fails here if it has to. */
    void settle() throws SQLException;

    /** After the part's mark in the history. */
    void commit() throws SQLException;
}
