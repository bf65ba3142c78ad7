package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What this project takes for impossible inside a transaction, asked of the servers: each place of PostgreSQL's source that refuses a
 * transaction block has its statements here, and beside them their nearest neighbours.
 */
final class StandaloneTest {

    private static final List<String> REFUSED = List.of(
            "VACUUM",
            "VACUUM t",
            "VACUUM (ANALYZE) t",
            "VACUUM FULL t",
            "CLUSTER",
            "CLUSTER VERBOSE",
            "DISCARD ALL",
            "CREATE INDEX CONCURRENTLY k ON t (a)",
            "CREATE INDEX CONCURRENTLY ON t (a)",
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS k ON t (a)",
            "DROP INDEX CONCURRENTLY i",
            "REINDEX INDEX CONCURRENTLY i",
            "REINDEX TABLE CONCURRENTLY t",
            "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
            "REINDEX (CONCURRENTLY TRUE) INDEX i",
            "REINDEX SCHEMA public",
            "REINDEX SCHEMA CONCURRENTLY public",
            "REINDEX (VERBOSE) DATABASE \"%s\"",
            "REINDEX SYSTEM \"%s\"",
            "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY",
            "ALTER SYSTEM SET work_mem = '8MB'",
            "ALTER SYSTEM RESET ALL",
            "CREATE DATABASE d",
            "DROP DATABASE d",
            "DROP DATABASE IF EXISTS d WITH (FORCE)",
            "ALTER DATABASE postgres SET TABLESPACE pg_default",
            "CREATE TABLESPACE s LOCATION '/nowhere'",
            "DROP TABLESPACE s",
            "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere.invalid' PUBLICATION p",
            "ALTER SUBSCRIPTION slotted REFRESH PUBLICATION",
            "ALTER SUBSCRIPTION slotted SET PUBLICATION q",
            "ALTER SUBSCRIPTION slotted ADD PUBLICATION q",
            "ALTER SUBSCRIPTION slotted DROP PUBLICATION p");

    /** What the words do not tell. */
    private static final List<String> DOUBTFUL_REFUSED = List.of(
            "REINDEX TABLE parted",
            "REINDEX INDEX parted_a",
            "DROP SUBSCRIPTION slotted",
            "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (create_slot = true)",
            "ALTER SUBSCRIPTION slotted SET PUBLICATION q WITH (refresh = true)");

    private static final List<String> DOUBTFUL_TAKEN = List.of(
            "REINDEX TABLE t",
            "REINDEX (VERBOSE) INDEX i",
            "REINDEX (CONCURRENTLY FALSE) TABLE t",
            "CLUSTER t USING i",
            "CLUSTER VERBOSE t",
            "DROP SUBSCRIPTION bare",
            "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (connect = false)",
            "ALTER SUBSCRIPTION slotted SET PUBLICATION q WITH (refresh = false)",
            "ALTER SUBSCRIPTION slotted ADD PUBLICATION q WITH (refresh = false)",
            "ALTER SUBSCRIPTION slotted SET (binary = true)");

    private static final List<String> TAKEN = List.of(
            "ALTER TYPE kind ADD VALUE 'b'",
            "ALTER TYPE kind RENAME VALUE 'a' TO 'c'",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY seen",
            "REFRESH MATERIALIZED VIEW seen",
            "ANALYZE",
            "ANALYZE t",
            "CREATE INDEX k ON t (a)",
            "DROP INDEX i",
            "ALTER TABLE parted DETACH PARTITION part",
            "ALTER DATABASE \"%s\" SET work_mem = '8MB'",
            "ALTER SUBSCRIPTION slotted DISABLE",
            "ALTER SUBSCRIPTION slotted RENAME TO other",
            "CREATE PUBLICATION r FOR TABLE t",
            "ALTER PUBLICATION p ADD TABLE t",
            "CREATE EXTENSION pg_trgm",
            "ALTER TABLE t SET LOGGED",
            "ALTER TABLE t SET TABLESPACE pg_default",
            "DISCARD PLANS",
            "DISCARD TEMP",
            "CHECKPOINT",
            "CREATE ROLE trackpay_standalone",
            "LOCK TABLE t",
            "TRUNCATE t");

    private static final List<String> OBJECTS = List.of(
            "CREATE TABLE t (a int)",
            "CREATE INDEX i ON t (a)",
            "CLUSTER t USING i",
            "CREATE TABLE parted (a int) PARTITION BY LIST (a)",
            "CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
            "CREATE INDEX parted_a ON parted (a)",
            "CREATE TYPE kind AS ENUM ('a')",
            "CREATE MATERIALIZED VIEW seen AS SELECT 1 AS a",
            "CREATE UNIQUE INDEX ON seen (a)",
            "CREATE PUBLICATION p",
            "CREATE SUBSCRIPTION bare CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (connect = false, slot_name = NONE)",
            "CREATE SUBSCRIPTION slotted CONNECTION 'host=nowhere.invalid' PUBLICATION p, o WITH (connect = false)",
            "ALTER SUBSCRIPTION slotted ENABLE");

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void eachServerAgrees(int major) throws Exception {
        try (TestPostgres.Database database =
                        TestPostgres.of(major, GrantEra.NEW).database();
                Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement()) {
            for (String object : OBJECTS) {
                statement.execute(object);
            }
            try {
                SoftAssertions all = new SoftAssertions();
                check(all, statement, database, REFUSED, StatementKind.ALONE, true);
                check(all, statement, database, DOUBTFUL_REFUSED, StatementKind.APART, true);
                check(all, statement, database, ofReleases(major), StatementKind.APART, true);
                check(all, statement, database, DOUBTFUL_TAKEN, StatementKind.APART, false);
                check(all, statement, database, TAKEN, StatementKind.PLAIN, false);
                all.assertAll();
            } finally {
                statement.execute("ALTER SUBSCRIPTION slotted DISABLE");
                statement.execute("ALTER SUBSCRIPTION slotted SET (slot_name = NONE)");
                statement.execute("DROP SUBSCRIPTION slotted");
                statement.execute("DROP SUBSCRIPTION bare");
            }
        }
    }

    /** The list grew with the releases. */
    private static List<String> ofReleases(int major) {
        List<String> more = new ArrayList<>();
        if (major >= 15) {
            more.add("CLUSTER parted USING parted_a");
        }
        if (major >= 17) {
            more.add("ALTER SUBSCRIPTION slotted SET (failover = true)");
        }
        return more;
    }

    private static void check(
            SoftAssertions all,
            Statement statement,
            TestPostgres.Database database,
            List<String> texts,
            StatementKind kind,
            boolean refused)
            throws SQLException {
        for (String template : texts) {
            String text = template.formatted(database.name());
            all.assertThat(kind(text)).as(text).isEqualTo(kind);
            all.assertThat(answer(statement, text)).as(text).isEqualTo(refused ? "25001" : "");
        }
    }

    /** What the server says to it inside a transaction; nothing where it takes it. */
    private static String answer(Statement statement, String text) throws SQLException {
        // disabled is what these options want, and enabled what a refresh wants
        String before = text.contains("SET (failover") ? "ALTER SUBSCRIPTION slotted DISABLE;" : "";
        statement.execute("BEGIN;" + before);
        try {
            statement.execute(text);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            statement.execute("ROLLBACK");
        }
    }

    private static StatementKind kind(String text) {
        return ((Piece.Sql) part(text).pieces().get(0)).statements().get(0).kind();
    }

    private static Part part(String text) {
        List<SourceProblem> problems = new ArrayList<>();
        Script script = ScriptReader.read(new Source("a.sql", text + ";"), false, problems);
        assertThat(problems).as(text).isEmpty();
        return script.sections().get(0).parts().get(0);
    }

    @Test
    void whatIsInDoubtIsTheServersToJudgeInsideTheFilesOwnTransaction() {
        assertThat(part("REINDEX TABLE t").alone()).isTrue();
        Part inside = part("BEGIN; SELECT 1; REINDEX TABLE t; DROP SUBSCRIPTION s; COMMIT");
        assertThat(inside.alone()).isFalse();
        assertThat(((Piece.Sql) inside.pieces().get(0)).statements()).hasSize(3);
        List<SourceProblem> problems = new ArrayList<>();
        ScriptReader.read(new Source("a.sql", "BEGIN; VACUUM t; COMMIT;"), false, problems);
        assertThat(problems).hasSize(1);
    }
}
