package app.trackpay.apply;

/** All parts are in one transaction that somebody else began and ends. Each should find the session as it would in a transaction of its own. */
record OneTransaction(Session session, ApplyOptions options) implements Transactions {

    @Override
    public Message renew() {
        return Message.of(SqlResource.RENEW.text()).then(ApplyLock.work(session.name()));
    }

    @Override
    public boolean areSeparate() {
        return false;
    }

    /** The isolation was settled when the one transaction began. */
    @Override
    public Message begin(String own) {
        return Message.of("SET LOCAL lock_timeout = " + options.lockTimeout().toMillis()
                + options.statementTimeout()
                        .map(limit -> "; SET LOCAL statement_timeout = " + limit.toMillis())
                        .orElse(""));
    }

    /** Nothing is outside. */
    @Override
    public Message limit() {
        return Message.NOTHING;
    }

    /** Not SET CONSTRAINTS ALL: that would bind the constraints that later steps make. */
    @Override
    public Message settle() {
        return Message.of(SqlResource.SETTLE.text());
    }

    @Override
    public Message commit() {
        // whoever began the transaction ends it
        return Message.NOTHING;
    }
}
