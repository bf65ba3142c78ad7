package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next run makes of a statement outside a transaction whose end nobody saw. */
final class CutOffTest extends FreshDatabase {

    private static final String TABLE = "CREATE TABLE public.t (a int, b text);\n";
    private static final String INDEX = "CREATE INDEX CONCURRENTLY i ON public.t (a) WHERE b <> 'x';";

    @Test
    void anIndexThatIsCompleteIsNotBuiltAgain() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        String before = index("i");

        folder.applied();

        assertThat(folder.recognised)
                .containsExactly(
                        "a.sql:2:1: begun and not seen to end in an earlier apply; index public.i is there, valid and"
                                + " as the statement makes it: the statement had ended");
        assertThat(index("i")).isEqualTo(before);
        assertThat(folder.history()).containsExactly("1/0/2");
        assertThat(folder.ask("SELECT attempt FROM trackpay_history.steps")).containsExactly((String) null);
    }

    @Test
    void anIndexThatWasNotBegunIsBuilt() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.BEFORE);

        folder.applied();

        assertThat(folder.recognised).singleElement().asString().endsWith("its index is not there: it runs again");
        assertThat(index("i")).isNotEmpty();
    }

    @Test
    void anInvalidIndexIsDroppedAndBuiltAgain() throws Exception {
        leaveInvalid();
        String before = index("i");

        folder.applied();

        assertThat(folder.recognised)
                .singleElement()
                .asString()
                .endsWith("it left index public.i invalid: dropped, and built again");
        assertThat(index("i")).isNotEqualTo(before);
        assertThat(invalid()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void theSameOnOtherReleases(int major) throws Exception {
        database.close();
        database = TestPostgres.of(major, GrantEra.NEW).database();
        folder = new Folder(path, database);
        leaveInvalid();
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("dropped, and built again");
        assertThat(invalid()).isEqualTo("0");
    }

    @Test
    void anIndexThatSomebodyBuildsRightNowIsLeftAlone() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.BEFORE);
        try (Connection writer = database.asMigrations();
                Connection other = database.asMigrations();
                Statement build = other.createStatement()) {
            Thread builder = writing(writer, () -> {
                Thread thread = new Thread(() -> {
                    try {
                        build.execute(INDEX);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                thread.start();
                Until.holds(() -> invalid().equals("1"));
                return thread;
            });
            String before = index("i");

            assertThatThrownBy(folder::apply)
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("a.sql:2:1: this statement runs outside a transaction.")
                    .hasMessageContaining("index public.i is being built right now by pid ");

            assertThat(index("i")).isEqualTo(before);
            writer.rollback();
            builder.join();
        }
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("the statement had ended");
    }

    @Test
    void anotherIndexUnderItsNameIsForAPersonToJudge() throws Exception {
        cutOff(TABLE + INDEX + "\nINSERT INTO public.t VALUES (1);", "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        database.run("DROP INDEX i");
        database.run("CREATE INDEX i ON t (a) WHERE b <> 'y'");

        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("index public.i is there and valid, but another than the statement makes:"
                        + " CREATE INDEX i ON public.t USING btree (a) WHERE (b <> 'y'::text)")
                .hasMessageContaining("mvn trackpay:apply -Dtrackpay.interrupted=finished")
                .hasMessageContaining("DROP INDEX CONCURRENTLY public.i;")
                .hasMessageContaining("mvn trackpay:apply -Dtrackpay.interrupted=again");
        assertThat(folder.ask("SELECT count(*) FROM t")).containsExactly("0");

        assertThat(decided(Decision.FINISHED)).isInstanceOf(Outcome.Applied.class);
        assertThat(folder.recognised).singleElement().asString().contains("taken as ended");
        assertThat(folder.ask("SELECT count(*) FROM t")).containsExactly("1");
    }

    @Test
    void whatAPersonHasClearedAwayRunsAgain() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        database.run("DROP INDEX i");
        database.run("CREATE INDEX i ON t (b)");
        assertThatThrownBy(folder::apply).isInstanceOf(CouldNotRunException.class);
        database.run("DROP INDEX i");

        assertThat(decided(Decision.AGAIN)).isInstanceOf(Outcome.Applied.class);

        assertThat(folder.ask("SELECT pg_get_indexdef('i'::regclass)").get(0)).endsWith("(a) WHERE (b <> 'x'::text)");
    }

    @Test
    void aStatementThatIsAnotherNowIsForAPersonToJudge() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        folder.write("a.sql", TABLE + "CREATE INDEX CONCURRENTLY j ON public.t (a);");

        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("CREATE INDEX CONCURRENTLY i ON public . t");

        folder.write("a.sql", TABLE + "-- only a comment\n" + INDEX);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("the statement had ended");
    }

    @Test
    void aStatementThatIsInATransactionNowIsForAPersonToJudge() throws Exception {
        cutOff(TABLE + "VACUUM public.t;\n" + INDEX, "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        folder.write("a.sql", TABLE + "VACUUM public.t;\nCREATE INDEX j ON public.t (a);");

        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("CREATE INDEX CONCURRENTLY i ON public . t");
        assertThat(index("j")).isEmpty();

        database.run("DROP INDEX i");
        assertThat(decided(Decision.AGAIN)).isInstanceOf(Outcome.Applied.class);
        assertThat(index("j")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX CONCURRENTLY ON t USING btree (a DESC NULLS LAST, lower(t.b)) INCLUDE (b) WITH (fillfactor = 70);",
                "create index concurrently if not exists \"I 2\" on only \"public\".\"t\" (b text_pattern_ops);",
                "CREATE INDEX /* c */ CONCURRENTLY -- d\n i ON t ((a + 1), b COLLATE \"C\")"
            })
    void anIndexIsKnownHoweverItIsWritten(String statement) throws Exception {
        database.run("CREATE TABLE t (a int, b text)");
        database.run("CREATE INDEX t_near ON t (a)");
        folder.step("1", "a.sql", "SET search_path = auth, public;\n" + statement);
        strike(statement.substring(0, 12), Moment.AFTER, this::end);
        String before = indexes();

        folder.applied();

        assertThat(folder.recognised).singleElement().asString().endsWith("the statement had ended");
        assertThat(indexes()).isEqualTo(before);
    }

    @Test
    void anIndexThatIsDroppedIsNotDroppedAgain() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a);");
        cutOff("DROP INDEX CONCURRENTLY i;", "DROP INDEX", Moment.AFTER);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("index i is gone: the statement had ended");
    }

    @Test
    void anIndexThatIsStillThereIsDropped() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a);");
        cutOff("DROP INDEX CONCURRENTLY i;", "DROP INDEX", Moment.BEFORE);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("index i is still there: it runs again");
        assertThat(index("i")).isEmpty();
    }

    @Test
    void whatReindexLeftIsDroppedAndItRunsAgain() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a);");
        cutOffWhileWaiting(
                "REINDEX (VERBOSE) INDEX CONCURRENTLY public.i;",
                "REINDEX",
                () -> invalid().equals("1"));

        folder.applied();

        assertThat(folder.recognised)
                .singleElement()
                .asString()
                .endsWith("it left public.i_ccnew invalid: dropped, and it runs again");
        assertThat(
                        folder.ask(
                                "SELECT relname FROM pg_class WHERE relname LIKE 'i%' AND relnamespace = 'public'::regnamespace"))
                .containsExactly("i");
    }

    @Test
    void aPartitionThatIsHalfDetachedIsDetached() throws Exception {
        database.run("CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);");
        cutOffWhileWaiting(
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY;",
                "DETACH",
                () -> folder.ask("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
                        .equals(List.of("1")));

        folder.applied();

        assertThat(folder.recognised).singleElement().asString().contains("p was half detached from t");
        assertThat(folder.ask("SELECT count(*) FROM pg_inherits WHERE inhrelid = 'p'::regclass"))
                .containsExactly("0");
    }

    @Test
    void aPartitionThatIsDetachedIsLeftAlone() throws Exception {
        database.run("CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);");
        cutOff("ALTER TABLE t DETACH PARTITION p CONCURRENTLY;", "DETACH", Moment.AFTER);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().contains("p is no partition of t any more");
    }

    @Test
    void whatMayRunTwiceDoes() throws Exception {
        database.run("CREATE TABLE t (a int)");
        cutOff("VACUUM t;", "VACUUM", Moment.AFTER);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("it may run twice: it runs again");
    }

    @Test
    void anIndexThatTheServerRefusedIsDroppedOnceTheRowsAreMended() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 1;\nCREATE UNIQUE INDEX CONCURRENTLY u ON t (a);");
        folder.failure();
        assertThat(invalid()).isEqualTo("1");
        database.run("DELETE FROM t");

        folder.applied();

        assertThat(folder.recognised)
                .containsExactly(
                        "a.sql:2:1: refused in an earlier apply; it left index public.u invalid: dropped, and built again");
        assertThat(invalid()).isEqualTo("0");
    }

    @Test
    void anIndexOfSomebodyElseIsNotTakenForTheOneThatWasRefused() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a);");
        folder.step("1", "a.sql", "CREATE INDEX CONCURRENTLY i ON t (a);");
        assertThat(folder.failure().sqlState()).isEqualTo("42P07");
        assertThat(folder.failure().sqlState()).isEqualTo("42P07");
        assertThat(folder.recognised).isEmpty();
        assertThat(folder.history()).containsExactly("1/0/0/open");
    }

    @Test
    void stringsAreNotKept() throws Exception {
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.BEFORE);
        assertThat(folder.ask("SELECT attempt FROM trackpay_history.steps"))
                .containsExactly("CREATE INDEX CONCURRENTLY i ON public . t ( a ) WHERE b < > '\u2026'");
    }

    private void leaveInvalid() throws Exception {
        database.run("CREATE TABLE t (a int, b text)");
        cutOffWhileWaiting(
                "SELECT 1;\n" + INDEX,
                "CREATE INDEX CONCURRENTLY",
                () -> invalid().equals("1"));
    }

    /** The session ends at the statement. */
    private void cutOff(String file, String statement, Moment moment) throws Exception {
        folder.step("1", "a.sql", file);
        strike(statement, moment, this::end);
    }

    /** The session ends while the statement waits for somebody who writes to table t. */
    private void cutOffWhileWaiting(String file, String statement, Callable<Boolean> begun) throws Exception {
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

    private static <T> T writing(Connection writer, Callable<T> meanwhile) throws Exception {
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
            return meanwhile.call();
        }
    }

    private void strike(String text, Moment moment, Interception.Blow blow) throws Exception {
        try (Interception wire = new Interception(
                "127.0.0.1",
                database.postgres().server().port(),
                (number, sent) -> sent.contains(text) && !sent.contains("trackpay_history"),
                moment,
                blow)) {
            assertThatThrownBy(() -> new Applier(
                                    Way.to(database).through(wire.port()), ApplyOptions.standard("test"), folder)
                            .apply(folder.plan()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("was lost while step 1 (a.sql) ran");
        }
        assertThat(folder.status().units().get(0).state()).isInstanceOf(Standing.State.Unfinished.class);
    }

    private void end(int backend) throws SQLException {
        folder.ask("SELECT pg_terminate_backend(" + backend + ", 10000)");
    }

    private Outcome decided(Decision decision) throws CouldNotRunException {
        return folder.applier(ApplyOptions.standard("test").deciding(decision)).apply(folder.plan());
    }

    private String index(String name) throws SQLException {
        return String.join("", folder.ask("SELECT oid FROM pg_class WHERE relname = '" + name + "' AND relkind = 'i'"));
    }

    private String indexes() throws SQLException {
        return folder.ask("SELECT string_agg(indexrelid || ' ' || indisvalid, ',' ORDER BY indexrelid) FROM pg_index"
                        + " WHERE indrelid = 'public.t'::regclass")
                .get(0);
    }

    private String invalid() throws SQLException {
        return folder.ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid").get(0);
    }
}
