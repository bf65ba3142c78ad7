package app.trackpay.apply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Each part of a step or section has a transaction of its own. */
record SeparateTransactions(Session session, ApplyOptions options) implements Transactions {

    /** The limit for statements is set for the session, so that it holds outside transactions as well. */
    @Override
    public void renew() throws SQLException {
        session.command("DISCARD ALL");
        Optional<Duration> limit = options.statementTimeout();
        if (limit.isPresent()) {
            session.command("SET statement_timeout = " + limit.get().toMillis());
        }
        ApplyLock.work(session.connection(), session.name());
    }

    @Override
    public boolean areSeparate() {
        return true;
    }

    @Override
    public void begin(String own) throws SQLException {
        session.command(
                own + " SET LOCAL lock_timeout = " + options.lockTimeout().toMillis());
    }

    /** What the file left for later should fail here, where it can be told apart from a COMMIT that got lost. */
    @Override
    public void settle() throws SQLException {
        session.command("SET CONSTRAINTS ALL IMMEDIATE");
    }

    @Override
    public void commit() throws SQLException {
        session.command("COMMIT");
    }
}
