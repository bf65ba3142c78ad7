package app.trackpay.apply;

/** Each part of a step or section has a transaction of its own. */
record SeparateTransactions(Session session, ApplyOptions options) implements Transactions {

    /**
     * In a transaction that takes nothing from what the file before set for transactions. What comes behind it finds that set back, as it
     * would not if it were in the same transaction, and a step that is rolled back does not take the renewal with it. The limit for statements
     * is set for the session, so that it holds outside transactions as well.
     */
    @Override
    public Message renew() {
        return Message.of("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE")
                .then(Message.of(SqlResource.RENEW.text()))
                .then(options.statementTimeout()
                        .map(limit -> Message.of("SET statement_timeout = " + limit.toMillis()))
                        .orElse(Message.NOTHING))
                .then(ApplyLock.work(session.name()))
                .then(Message.of("COMMIT"));
    }

    @Override
    public boolean areSeparate() {
        return true;
    }

    @Override
    public Message begin(String own) {
        return Message.of(own)
                .then(Message.of(
                        "SET LOCAL lock_timeout = " + options.lockTimeout().toMillis()));
    }

    @Override
    public Message limit() {
        return Message.of("SET lock_timeout = " + options.lockTimeout().toMillis());
    }

    /** What the file left for later should fail here, where it can be told apart from a COMMIT that got lost. */
    @Override
    public Message settle() {
        return Message.of("SET CONSTRAINTS ALL IMMEDIATE");
    }

    @Override
    public Message commit() {
        return Message.of("COMMIT");
    }
}
