package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import app.trackpay.check.Finding;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next run makes of a statement outside a transaction whose end nobody saw. */
final class CutOffTest extends InterruptedApply {

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
    void whatReindexLeftOfAPartitionIsDroppedToo() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE TABLE parent (a int) PARTITION BY LIST (a);"
                + " CREATE TABLE part PARTITION OF parent FOR VALUES IN (1); CREATE INDEX i ON parent (a)");
        cutOffWhileWaiting(
                "REINDEX (VERBOSE, CONCURRENTLY) TABLE parent;",
                "REINDEX",
                () -> invalid().equals("1"));

        folder.applied();

        assertThat(folder.recognised)
                .singleElement()
                .asString()
                .endsWith("it left public.part_a_idx_ccnew invalid: dropped, and it runs again");
        assertThat(invalid()).isEqualTo("0");
    }

    @Test
    void anInvalidIndexOfAnotherTableIsNotReindexesToDrop() throws Exception {
        database.run(
                "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE TABLE u (a int); CREATE INDEX u_ccnew ON u (a)");
        folder.ask("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.u_ccnew'::regclass RETURNING 1");
        cutOff("REINDEX INDEX CONCURRENTLY i;", "REINDEX", Moment.AFTER);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("it may run twice: it runs again");
        assertThat(index("u_ccnew")).isNotEmpty();
    }

    @Test
    void aPartitionedIndexIsRebuiltAgainAsAWhole() throws Exception {
        database.run("CREATE TABLE parent (a int) PARTITION BY LIST (a);"
                + " CREATE TABLE t PARTITION OF parent FOR VALUES IN (1); CREATE INDEX i ON parent (a)");
        for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
            database.run("DROP SCHEMA IF EXISTS trackpay_history CASCADE");
            folder.without("1").recognised.clear();
            cutOff("REINDEX TABLE parent;\nCREATE TABLE IF NOT EXISTS behind ();", "REINDEX", moment);
            folder.applied();
            assertThat(folder.recognised).singleElement().asString().endsWith("it may run twice: it runs again");
            assertThat(folder.history()).containsExactly("1/0/2");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VACUUM t            | BEFORE
            VACUUM FULL t       | AFTER
            CLUSTER             | BEFORE
            CLUSTER             | AFTER
            CLUSTER t USING i   | AFTER
            DISCARD ALL         | AFTER
            REINDEX TABLE t     | BEFORE
            REINDEX SCHEMA public | AFTER
            """)
    void whatChangesNothingToBeSeenRunsTwice(String statement, Moment moment) throws Exception {
        database.run(
                "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CLUSTER t USING i; INSERT INTO t VALUES (2), (1)");
        cutOff(statement + ";\nINSERT INTO t VALUES (3);", statement + ";", moment);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("it may run twice: it runs again");
        assertThat(folder.ask("SELECT sum(a) FROM t")).containsExactly("6");
        assertThat(folder.history()).containsExactly("1/0/2");
    }

    @Test
    void anUnnamedIndexThatWasNotBegunIsBuilt() throws Exception {
        database.run("CREATE TABLE t (a int, b text); CREATE INDEX t_a_idx ON t (a, b)");
        cutOff("CREATE INDEX CONCURRENTLY ON t (a);", "CREATE INDEX", Moment.BEFORE);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("its index is not there: it runs again");
        assertThat(index("t_a_idx1")).isNotEmpty();
    }

    @Test
    void anUnnamedIndexThatIsInvalidIsDroppedAndBuiltAgain() throws Exception {
        database.run("CREATE TABLE t (a int)");
        cutOffWhileWaiting(
                "CREATE INDEX CONCURRENTLY ON t (a);",
                "CREATE INDEX",
                () -> invalid().equals("1"));
        folder.applied();
        assertThat(folder.recognised)
                .singleElement()
                .asString()
                .endsWith("it left index public.t_a_idx invalid: dropped, and built again");
        assertThat(index("t_a_idx")).isNotEmpty();
        assertThat(index("t_a_idx1")).isEmpty();
    }

    @Test
    void anIndexThatIsHalfDroppedIsDropped() throws Exception {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a)");
        cutOffWhileWaiting(
                "DROP INDEX CONCURRENTLY i;", "DROP INDEX", () -> invalid().equals("1"));
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("index i is still there: it runs again");
        assertThat(index("i")).isEmpty();
    }

    @Test
    void aPartitionWhoseDetachWasNotBegunIsDetached() throws Exception {
        database.run("CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);");
        cutOff("ALTER TABLE t DETACH PARTITION p CONCURRENTLY;", "DETACH", Moment.BEFORE);
        folder.applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("nothing of it is to be seen: it runs again");
        assertThat(folder.ask("SELECT count(*) FROM pg_inherits WHERE inhrelid = 'p'::regclass"))
                .containsExactly("0");
    }

    /** They may be in a transaction, and so there is nothing to find out. */
    @ParameterizedTest
    @CsvSource({"ADD VALUE, BEFORE", "ADD VALUE, AFTER", "REFRESH, BEFORE", "REFRESH, AFTER"})
    void whatIsInATransactionLeavesNothingToRecognise(String statement, Moment moment) throws Exception {
        database.run("CREATE TYPE kind AS ENUM ('a'); CREATE TABLE t (a int);"
                + " CREATE MATERIALIZED VIEW seen AS SELECT a FROM t; CREATE UNIQUE INDEX ON seen (a)");
        folder.step(
                "1",
                "a.sql",
                "INSERT INTO t VALUES (1);\nALTER TYPE kind ADD VALUE 'b';\nREFRESH MATERIALIZED VIEW CONCURRENTLY seen;");
        lose(statement, moment, this::end);
        assertThat(folder.ask("SELECT count(*) FROM pg_enum WHERE enumtypid = 'kind'::regtype"))
                .containsExactly("1");

        folder.applied();

        assertThat(folder.recognised).isEmpty();
        assertThat(folder.ask("SELECT (SELECT count(*) FROM pg_enum WHERE enumtypid = 'kind'::regtype)"
                        + " || ' ' || (SELECT string_agg(a::text, ',') FROM seen)"))
                .containsExactly("2 1");
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
    void aRunThatIsRefusedForAnotherReasonNamesItToo() throws Exception {
        folder.step("0", "0.sql", "CREATE TABLE zero ();");
        folder.applied();
        cutOff(TABLE + INDEX, "CREATE INDEX CONCURRENTLY", Moment.AFTER);
        folder.write("0.sql", "CREATE TABLE nought ();").step("2", "b.sql", "SELECT 1;");

        assertThat(((Outcome.Refused) folder.apply()).findings())
                .extracting(Finding::check)
                .containsExactly("changed-after-apply");
        assertThat(folder.notes)
                .singleElement()
                .asString()
                .startsWith(
                        "step 1 (a.sql) stopped in an earlier apply at a statement outside a transaction, which was begun and"
                                + " not seen to end: CREATE INDEX CONCURRENTLY i ON public . t ( a )");
        assertThat(folder.status().interruptions()).isEqualTo(folder.notes);

        folder.write("0.sql", "CREATE TABLE zero ();").applied();
        assertThat(folder.recognised).singleElement().asString().endsWith("the statement had ended");
        assertThat(folder.status().interruptions()).isEmpty();
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
