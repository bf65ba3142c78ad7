package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What makes the migration tools of today hang, fail or give the wrong line, one test each. Dumps are in {@link RealFilesTest}; what changes
 * behind the plan's back is in the drift tests; the whole build that shows no password is a story.
 */
class WhereOtherToolsFailTest extends FreshDatabase {

    @Test
    void anIndexIsBuiltConcurrentlyWithoutWaitingForApplyItself() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);\nINSERT INTO t SELECT generate_series(1, 100);\n")
                .step(
                        "2",
                        "b.sql",
                        "CREATE INDEX CONCURRENTLY i ON t (a);\nCREATE UNIQUE INDEX CONCURRENTLY u ON t (a);")
                .step("3", "c.sql", "DROP INDEX CONCURRENTLY i;\nREINDEX INDEX CONCURRENTLY u;\nVACUUM t;");
        assertThat(folder.applied().line()).isEqualTo("Applied 3 steps.");
        assertThat(
                        folder.ask(
                                "SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index WHERE indrelid = 't'::regclass"))
                .containsExactly("u true");
        assertThat(folder.history()).containsExactly("1/0/1", "2/0/2", "3/0/3");
    }

    @Test
    void rowsOfCopyDoBlocksFunctionsAtomicBodiesAndNestedCommentsRun() throws Exception {
        folder.step("1", "a.sql", """
                /* one /* two; */ still a comment; */
                CREATE TABLE t (a int, b text);
                COPY t (a, b) FROM stdin;
                1\tx;'y
                2\t\\\\.
                \\.
                CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $f$
                BEGIN
                  RETURN CASE WHEN a > 1 THEN 10 ELSE 20 END;
                END $f$;
                CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql
                BEGIN ATOMIC
                  SELECT CASE WHEN a > 1 THEN CASE a WHEN 2 THEN 1 END END;
                  SELECT f(a) + 1;
                END;
                DO $$ BEGIN INSERT INTO t VALUES (g(2), 'from;do'); END $$;
                """);
        folder.applied();
        assertThat(folder.ask("SELECT a || ' ' || b FROM t ORDER BY a"))
                .containsExactly("1 x;'y", "2 \\.", "11 from;do");
    }

    @Test
    void aFileThatFailedHalfWayOutsideATransactionGoesOnAtTheStatement() throws Exception {
        String head =
                "CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 2;\nCREATE INDEX CONCURRENTLY i ON t (a);\nVACUUM t;\n";
        folder.step("1", "a.sql", head + "CREATE INDEX CONCURRENTLY j ON t (b);\nINSERT INTO t VALUES (3);");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary())
                .isEqualTo("a.sql:4:1: in the statement at this place: column \"b\" does not exist (42703)");
        folder.write("a.sql", head + "CREATE INDEX CONCURRENTLY j ON t (a DESC);\nINSERT INTO t VALUES (3);");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("1", "2", "3");
        assertThat(folder.ask("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid"))
                .containsExactly("2");
    }

    @Test
    void anErrorInLineSixIsShownThere() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "-- one\n/* two\n   three */\nCREATE TABLE t (a int);\n\n  INSERT INTO t (a) VALUES (1), ('x');\nSELECT 1;");
        assertThat(folder.failure().lines())
                .startsWith(
                        "a.sql:6:34: invalid input syntax for type integer: \"x\" (22P02)",
                        "  6 |   INSERT INTO t (a) VALUES (1), ('x');",
                        "    |                                  ^");
    }

    @Test
    void thePasswordOfTheUrlIsInNothingThatIsSaid() throws Exception {
        String secret = "s3cr&t/w?rd%";
        String role = "trackpay_secret_holder";
        try (Connection admin = database.asSuperuser();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD '" + secret + "'");
        }
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        DatabaseUrl url = DatabaseUrl.parse(
                database.jdbcUrl().substring("jdbc:".length()).replace("//", "//" + role + ":" + encoded + "@"));
        try (LiveDatabase live = LiveDatabase.open(url, Login.choose(url, Optional.empty(), Map.of()))) {
            folder.step("1", "a.sql", "SELECT 1;").step("2", "b.sql", "SELECT nope;");
            Applier applier = new Applier(live, ApplyOptions.standard("test"), folder);
            Outcome.Failed failed = (Outcome.Failed) applier.apply(folder.plan());
            List<String> said = new ArrayList<>(failed.failure().lines());
            said.add(failed.failure().consequence());
            folder.write("b.sql", "SELECT pg_terminate_backend(pg_backend_pid());");
            CouldNotRunException lost =
                    catchThrowableOfType(CouldNotRunException.class, () -> applier.apply(folder.plan()));
            said.add(lost.getMessage());
            assertThat(said).hasSizeGreaterThan(4).noneMatch(line -> line.contains(secret) || line.contains(encoded));
            said.addAll(folder.progress);
        } finally {
            try (Connection admin = database.asSuperuser();
                    Statement statement = admin.createStatement()) {
                statement.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
            }
        }
    }

    @Test
    void theHistoryRowAndTheChangesAreOneTransaction() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t AS SELECT 1 AS a;")
                .step("2", "b.sql", "INSERT INTO t VALUES (2);\nCREATE TABLE u ();\nSELECT 1 / 0;");
        assertThat(folder.failure().sqlState()).isEqualTo("22012");
        assertThat(folder.ask("SELECT a FROM t")).containsExactly("1");
        assertThat(folder.history()).containsExactly("1/0/1");
        assertThat(folder.ask("SELECT t.xmin = steps.xmin FROM t, trackpay_history.steps"))
                .containsExactly("t");
    }
}
