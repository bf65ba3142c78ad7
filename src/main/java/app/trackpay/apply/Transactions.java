package app.trackpay.apply;

import java.sql.SQLException;

/** Where the transactions of a run begin and end. */
interface Transactions {

    /** The session as if it were new: what one file set is not there for the next. */
    void renew() throws SQLException;

    /**
     * Before the first piece of a part.
     *
     * @param statement that begins the part's own transaction, with the isolation that the file asks for
     */
    void begin(String statement) throws SQLException;

    /** What the part left for later happens now, and fails here if it has to. */
    void settle() throws SQLException;

    /** After the part's mark in the history. */
    void commit() throws SQLException;
}
