package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** Runs of a file that lose their session at a statement of it. */
abstract class InterruptedApply extends FreshDatabase {

    /** Whoever applies. */
    Way way() {
        return Way.to(database);
    }

    /** The session ends at the statement. */
    final void cutOff(String file, String statement, Moment moment) throws Exception {
        folder.step("1", "a.sql", file);
        strike(statement, moment, this::end);
    }

    /** The session ends while the statement waits for somebody who writes to table t. */
    final void cutOffWhileWaiting(String file, String statement, Callable<Boolean> begun) throws Exception {
        folder.step("1", "a.sql", file);
        try (Connection writer = database.asMigrations()) {
            writing(writer, () -> {
                strike(statement, Moment.DURING, backend -> {
                    Until.holds(begun);
                    end(backend);
                });
                return true;
            });
            writer.rollback();
        }
    }

    static <T> T writing(Connection writer, Callable<T> meanwhile) throws Exception {
        writer.setAutoCommit(false);
        // whoever has an old snapshot is waited for even on other tables
        writer.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
            return meanwhile.call();
        }
    }

    /** Of which something is in the history. */
    final void strike(String text, Moment moment, Interception.Blow blow) throws Exception {
        lose(text, moment, blow);
        assertThat(ApplyStatus.read(folder.plan(), way()).units())
                .last()
                .extracting(Standing.Entry::state)
                .isInstanceOf(Standing.State.Unfinished.class);
    }

    final void lose(String text, Moment moment, Interception.Blow blow) throws Exception {
        try (Interception wire = new Interception(
                "127.0.0.1",
                database.postgres().server().port(),
                (number, sent) -> sent.contains(text) && !sent.contains("trackpay_history"),
                moment,
                blow)) {
            assertThatThrownBy(() -> new Applier(way().through(wire.port()), ApplyOptions.standard("test"), folder)
                            .apply(folder.plan()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("was lost while step 1 (a.sql) ran");
        }
    }

    final void end(int backend) throws SQLException {
        folder.ask("SELECT pg_terminate_backend(" + backend + ", 10000)");
    }
}
