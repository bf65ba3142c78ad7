package app.trackpay.apply;

import java.sql.SQLException;

/** All parts are in one transaction that somebody else began and ends. Each should find the session as it would in a transaction of its own. */
record OneTransaction(Session session, ApplyOptions options) implements Transactions {

    @Override
    public void renew() throws SQLException {
        session.command(SqlResource.RENEW.text());
        ApplyLock.work(session.connection(), session.name());
    }

    @Override
    public boolean areSeparate() {
        return false;
    }

    /** The isolation was settled when the one transaction began. */
    @Override
    public void begin(String own) throws SQLException {
        session.command("SET LOCAL lock_timeout = " + options.lockTimeout().toMillis()
                + options.statementTimeout()
                        .map(limit -> "; SET LOCAL statement_timeout = " + limit.toMillis())
                        .orElse(""));
    }

    /** Not SET CONSTRAINTS ALL: that would bind the constraints that later steps make. */
    @Override
    public void settle() throws SQLException {
        session.command(SqlResource.SETTLE.text());
    }

    @Override
    public void commit() {
        // whoever began the transaction ends it
    }
}
