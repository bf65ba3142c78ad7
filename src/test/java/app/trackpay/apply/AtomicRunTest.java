package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A whole plan in one transaction: all of it or nothing. */
class AtomicRunTest extends FreshDatabase {

    /** Looks whether table t is there, before and after, and then does as it is told. */
    private static final class Told implements Gate {

        private final boolean opens;
        private final boolean dry;
        private Optional<Boolean> before = Optional.empty();
        private Optional<Boolean> after = Optional.empty();

        Told(boolean opens, boolean dry) {
            this.opens = opens;
            this.dry = dry;
        }

        @Override
        public boolean isDryRun() {
            return dry;
        }

        @Override
        public void before(Database inside) throws CouldNotRunException {
            before = Optional.of(hasTable(inside));
        }

        @Override
        public boolean opens(Database inside, Trial trial) throws CouldNotRunException {
            after = Optional.of(hasTable(inside));
            return opens;
        }

        private static boolean hasTable(Database inside) throws CouldNotRunException {
            return CatalogReader.read(inside, CatalogScope.USER_SCHEMAS).relations().stream()
                    .anyMatch(relation -> relation.name().name().equals("t"));
        }
    }

    private Outcome atomic(Gate gate) throws CouldNotRunException {
        return folder.applier(ApplyOptions.standard("test")).apply(folder.plan(), gate);
    }

    private List<String> left() throws Exception {
        return folder.ask("SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                + " WHERE relname IN ('t', 'u', 'steps') AND relkind = 'r' ORDER BY 1");
    }

    @Test
    void anOpenGateCommitsEverythingAtOnce() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);", "{ tables: { t: [a] } }")
                .step("2", "b.sql", "CREATE TABLE u ();");
        Told gate = new Told(true, false);
        Outcome outcome = atomic(gate);
        assertThat(((Outcome.Applied) outcome).line()).isEqualTo("Applied 2 steps.");
        assertThat(gate.before).contains(false);
        assertThat(gate.after).contains(true);
        assertThat(left()).containsExactly("public.t", "public.u", "trackpay_history.steps");
        assertThat(folder.history()).containsExactly("1/0/1", "2/0/1");
        assertThat(folder.ask("SELECT count(DISTINCT xmin::text) FROM trackpay_history.steps"))
                .containsExactly("1");
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void aClosedGateLeavesNothingBehindNotEvenAHistory() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);").step("2", "b.sql", "CREATE TABLE u ();");
        Outcome outcome = atomic(new Told(false, false));
        assertThat(((Outcome.TakenBack) outcome).trial().ran()).hasSize(2);
        assertThat(left()).isEmpty();
        assertThat(folder.applied().ran()).hasSize(2);
    }

    @Test
    void aFailureInTheLastStepTakesTheFirstBackToo() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);").step("2", "b.sql", "SELECT 1;\nSELECT x;");
        SqlFailure failure = ((Outcome.Failed) atomic(new Told(true, false))).failure();
        assertThat(failure.summary()).startsWith("b.sql:2:8:");
        assertThat(failure.consequence())
                .isEqualTo(
                        "Nothing was committed: the whole run was one transaction, and it was rolled back. Mend the file and"
                                + " run apply again.");
        assertThat(left()).isEmpty();
        folder.write("b.sql", "SELECT 1;").without("2").step("2", "b.sql", "SELECT 1;", "{ tables: { u: [a] } }");
        Outcome incomplete = atomic(new Told(true, false));
        assertThat(((Outcome.Incomplete) incomplete).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).startsWith("Nothing was committed:"));
        assertThat(left()).isEmpty();
    }

    @Test
    void whatCannotBeInATransactionIsRefusedBeforeAnythingRuns() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i\n  ON t (a);")
                .step("2", "b.sql", "SELECT 1;\n  VACUUM t;");
        assertThatThrownBy(() -> atomic(new Told(true, false)))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("\n  a.sql:2:1: CREATE INDEX CONCURRENTLY i ON t (a);\n  b.sql:2:3: VACUUM t;\n")
                .hasMessageContaining("Nothing was applied.");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatTheServerTakesInsideIsNoReasonToRefuse() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int PRIMARY KEY);\nREINDEX TABLE t;\nCLUSTER t USING t_pkey;");
        assertThat(atomic(new Told(true, false))).isInstanceOf(Outcome.Applied.class);
        assertThat(folder.history()).containsExactly("1/0/3");
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void whatTheServerDoesNotTakeInsideEndsItAll() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int PRIMARY KEY) PARTITION BY LIST (a);\nREINDEX TABLE t;");
        SqlFailure failure = ((Outcome.Failed) atomic(new Told(true, false))).failure();
        assertThat(failure.summary()).startsWith("a.sql:2:1:");
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("apply without trackpay.atomic"));
        assertThat(failure.consequence()).startsWith("Nothing was committed");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsAppliedAlreadyIsNoReasonToRefuse() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);");
        folder.applied();
        folder.step("2", "b.sql", "CREATE TABLE u ();");
        assertThat(atomic(new Told(true, false))).isInstanceOf(Outcome.Applied.class);
        assertThat(atomic(new Told(false, false))).isEqualTo(new Outcome.Applied(List.of(), 2));
    }

    @Test
    void eachFileFindsTheSessionAsIfItWereNew() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "SET search_path = ''; SET LOCAL TimeZone = 'Asia/Tokyo'; SET ROLE anon; RESET ROLE; CREATE TEMP TABLE tmp ();"
                                + " PREPARE p AS SELECT 1; DECLARE c CURSOR WITH HOLD FOR SELECT 1; SET ROLE service_role;")
                .step(
                        "2",
                        "b.sql",
                        "SELECT current_user, current_setting('search_path'), current_setting('TimeZone'),"
                                + " to_regclass('tmp'), (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors"
                                + " WHERE name = 'c'); CREATE TABLE t ();");
        atomic(new Told(true, false));
        List<String> apart = row();
        database.close();
        database = TestPostgres.fresh();
        Folder stepwise =
                new Folder(path, database).step("1", "a.sql", read("a.sql")).step("2", "b.sql", read("b.sql"));
        stepwise.applied();
        assertThat(apart).isEqualTo(row(stepwise)).startsWith("postgres");
    }

    private List<String> row() {
        return row(folder);
    }

    private static List<String> row(Folder folder) {
        return folder.tables.get(0).rows().get(0).stream()
                .map(cell -> cell.orElse("null"))
                .toList();
    }

    private String read(String name) throws Exception {
        return java.nio.file.Files.readString(path.resolve(name));
    }

    @Test
    void whatAStepLeavesForItsEndIsAskedAtItsEnd() throws Exception {
        String tables = """
                CREATE TABLE t (id int PRIMARY KEY, next int REFERENCES t DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO t VALUES (1, 2); INSERT INTO t VALUES (2, 1);""";
        folder.step("1", "a.sql", tables)
                .step(
                        "2",
                        "b.sql",
                        "ALTER TABLE t ADD c int; INSERT INTO t VALUES (3, 4); INSERT INTO t VALUES (4, 3);")
                .step("3", "c.sql", """
                CREATE TABLE u (id int PRIMARY KEY, next int REFERENCES u DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO u VALUES (1, 2); INSERT INTO u VALUES (2, 1);""");
        assertThat(atomic(new Told(true, false))).isInstanceOf(Outcome.Applied.class);
        folder.step("4", "d.sql", "INSERT INTO t VALUES (5, 6);").step("5", "e.sql", "SELECT 1;");
        SqlFailure failure = ((Outcome.Failed) atomic(new Told(true, false))).failure();
        assertThat(failure.unit().step().id()).isEqualTo("4");
        assertThat(failure.sqlState()).isEqualTo("23503");
    }

    @Test
    void aLockedTableStartsTheWholeRunAgain() throws Exception {
        database.run("CREATE TABLE u (a int)");
        folder.step("1", "a.sql", "CREATE TABLE t (a int);").step("2", "b.sql", "ALTER TABLE u ADD b int;");
        try (Connection other = database.asMigrations();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE u");
            Outcome outcome = folder.applier(new ApplyOptions(Duration.ofMillis(100), Duration.ZERO, 10, "test"))
                    .apply(folder.plan(), new Told(true, false));
            assertThat(((Outcome.Failed) outcome).failure().sqlState()).isEqualTo("55P03");
            assertThat(folder.waits).hasSize(3);
        }
        assertThat(left()).containsExactly("public.u");
        assertThat(atomic(new Told(true, false))).isInstanceOf(Outcome.Applied.class);
    }
}
