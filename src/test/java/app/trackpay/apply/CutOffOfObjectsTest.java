package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same for what belongs to the whole server, or to another one as well; only a superuser makes these. */
final class CutOffOfObjectsTest extends InterruptedApply {

    /** Another server. */
    private static final TestPostgres.Database PUBLISHER =
            TestPostgres.of(17, GrantEra.OLD).database();

    @Override
    Way way() {
        return new Way(
                database.jdbcUrl(),
                database.superuser().user(),
                database.superuser().password().value());
    }

    @AfterEach
    void clearAway() throws Exception {
        for (String subscription : folder.ask(
                "SELECT subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())")) {
            root("ALTER SUBSCRIPTION " + subscription + " DISABLE");
            root("ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)");
            root("DROP SUBSCRIPTION " + subscription);
        }
        root("DROP DATABASE IF EXISTS trackpay_cut");
        root("DROP TABLESPACE IF EXISTS trackpay_cut");
        Until.holds(() -> published("SELECT count(*) FROM pg_replication_slots WHERE active")
                .equals(List.of("0")));
        published("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
        published("DROP PUBLICATION IF EXISTS p, q");
    }

    private void root(String sql) throws Exception {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> published(String sql) throws Exception {
        try (Connection connection = PUBLISHER.asSuperuser();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return List.of();
            }
            List<String> answers = new java.util.ArrayList<>();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    answers.add(row.getString(1));
                }
            }
            return answers;
        }
    }

    private String connection() {
        return "CONNECTION 'host=127.0.0.1 port="
                + PUBLISHER.postgres().server().port() + " dbname=" + PUBLISHER.name()
                + " user=" + PUBLISHER.superuser().user() + " password="
                + PUBLISHER.superuser().password().value() + "'";
    }

    private Outcome resumed() throws CouldNotRunException {
        Outcome outcome = new Applier(way(), ApplyOptions.standard("test"), folder).apply(folder.plan());
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(String.join("\n", failed.failure().lines()));
        }
        return outcome;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | CREATE DATABASE trackpay_cut; | BEFORE | database trackpay_cut is not there: it runs again | d
            | CREATE DATABASE trackpay_cut; | AFTER  | database trackpay_cut is there: the statement had ended | d
            CREATE DATABASE trackpay_cut | DROP DATABASE trackpay_cut; | BEFORE | database trackpay_cut is still there: it runs again |
            CREATE DATABASE trackpay_cut | DROP DATABASE trackpay_cut; | AFTER  | database trackpay_cut is gone: the statement had ended |
            | CREATE TABLESPACE "trackpay_cut" LOCATION ''; | BEFORE | tablespace "trackpay_cut" is not there: it runs again | s
            | CREATE TABLESPACE "trackpay_cut" LOCATION ''; | AFTER  | tablespace "trackpay_cut" is there: the statement had ended | s
            CREATE TABLESPACE trackpay_cut LOCATION '' | DROP TABLESPACE IF EXISTS TRACKPAY_CUT; | BEFORE | tablespace TRACKPAY_CUT is still there: it runs again |
            CREATE TABLESPACE trackpay_cut LOCATION '' | DROP TABLESPACE IF EXISTS TRACKPAY_CUT; | AFTER  | tablespace TRACKPAY_CUT is gone: the statement had ended |
            """)
    void whatBelongsToTheServerIsThereOrNot(String before, String statement, Moment moment, String seen, String left)
            throws Exception {
        if (before != null) {
            try (Connection connection = database.asSuperuser();
                    Statement first = connection.createStatement()) {
                first.execute("SET allow_in_place_tablespaces = on");
                first.execute(before);
            }
        }
        cutOff(
                "SET allow_in_place_tablespaces = on;\n" + statement + "\nCREATE TABLE behind ();",
                statement.substring(0, 12),
                moment);

        assertThat(resumed()).isInstanceOf(Outcome.Applied.class);

        assertThat(folder.recognised)
                .singleElement()
                .asString()
                .startsWith("a.sql:2:1: ")
                .endsWith("; " + seen);
        assertThat(folder.ask("SELECT 'd' FROM pg_database WHERE datname = 'trackpay_cut'"
                        + " UNION ALL SELECT 's' FROM pg_tablespace WHERE spcname = 'trackpay_cut'"))
                .isEqualTo(left == null ? List.of() : List.of(left));
        assertThat(folder.history()).containsExactly("1/0/3");
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, is not there: it runs again", "AFTER, is there: the statement had ended"})
    void aSubscriptionIsMadeOnceWithItsSlot(Moment moment, String seen) throws Exception {
        published("CREATE PUBLICATION p");
        cutOff("CREATE SUBSCRIPTION s " + connection() + " PUBLICATION p;", "CREATE SUBSCRIPTION", moment);
        assertThat(folder.ask("SELECT attempt FROM trackpay_history.steps").get(0))
                .doesNotContain("password");

        resumed();

        assertThat(folder.recognised).singleElement().asString().endsWith("; subscription s " + seen);
        assertThat(published("SELECT slot_name FROM pg_replication_slots")).containsExactly("s");
        assertThat(folder.ask("SELECT subslotname FROM pg_subscription WHERE subenabled"))
                .containsExactly("s");
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, is still there: it runs again", "AFTER, is gone: the statement had ended"})
    void aSubscriptionIsDroppedOnceWithItsSlot(Moment moment, String seen) throws Exception {
        published("CREATE PUBLICATION p");
        root("CREATE SUBSCRIPTION s " + connection() + " PUBLICATION p");
        cutOff("DROP SUBSCRIPTION s;", "DROP SUBSCRIPTION", moment);

        resumed();

        assertThat(folder.recognised).singleElement().asString().endsWith("; subscription s " + seen);
        assertThat(published("SELECT slot_name FROM pg_replication_slots")).isEmpty();
        assertThat(folder.ask("SELECT subname FROM pg_subscription")).isEmpty();
    }

    /** The slot is made before the subscription is committed, on another server. */
    @Test
    void aSlotThatACutOffSubscriptionLeftIsForAPersonToDrop() throws Exception {
        published("CREATE PUBLICATION p");
        cutOff("CREATE SUBSCRIPTION s " + connection() + " PUBLICATION p;", "CREATE SUBSCRIPTION", Moment.BEFORE);
        published("SELECT pg_create_logical_replication_slot('s', 'pgoutput')");

        SqlFailure failure = failure();
        assertThat(failure.summary()).startsWith("a.sql:1:1:").contains("replication slot \"s\" already exists");
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("SELECT pg_drop_replication_slot('s')"));

        published("SELECT pg_drop_replication_slot('s')");
        resumed();
        assertThat(folder.ask("SELECT subname FROM pg_subscription")).containsExactly("s");
    }

    @Test
    void aSlotThatIsGoneAlreadyIsForAPersonToGiveUp() throws Exception {
        published("CREATE PUBLICATION p");
        root("CREATE SUBSCRIPTION s " + connection() + " PUBLICATION p WITH (enabled = false)");
        cutOff("DROP SUBSCRIPTION s;", "DROP SUBSCRIPTION", Moment.BEFORE);
        published("SELECT pg_drop_replication_slot('s')");

        SqlFailure failure = failure();
        assertThat(String.join("\n", failure.lines())).contains("replication slot \"s\"", "SET (slot_name = NONE)");

        root("ALTER SUBSCRIPTION s SET (slot_name = NONE)");
        resumed();
        assertThat(folder.ask("SELECT subname FROM pg_subscription")).isEmpty();
    }

    @Test
    void aPublisherThatDoesNotAnswerIsNoLostConnection() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a int);\nCREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p;");

        SqlFailure failure = failure();

        assertThat(failure.summary()).startsWith("a.sql:2:1:").contains("could not connect to the publisher");
        assertThat(folder.ask("SELECT to_regclass('t')::text")).containsExactly("t");
        folder.write(
                "a.sql",
                "CREATE TABLE t (a int);\nCREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false);");
        resumed();
        assertThat(folder.history()).containsExactly("1/0/2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ADD  | BEFORE | does not have publication q: it runs again    | {p,q}
            ADD  | AFTER  | has publication q: the statement had ended    | {p,q}
            DROP | BEFORE | has publication q: it runs again              | {p}
            DROP | AFTER  | does not have publication q: the statement had ended | {p}
            SET  | BEFORE | it may run twice: it runs again               | {q}
            SET  | AFTER  | it may run twice: it runs again               | {q}
            """)
    void aPublicationIsAddedOrDroppedOnce(String verb, Moment moment, String seen, String left) throws Exception {
        published("CREATE PUBLICATION p");
        published("CREATE PUBLICATION q");
        root("CREATE SUBSCRIPTION s " + connection() + " PUBLICATION p" + (verb.equals("DROP") ? ", q" : ""));
        cutOff("ALTER SUBSCRIPTION s " + verb + " PUBLICATION q;", "ALTER SUBSCRIPTION", moment);

        resumed();

        assertThat(folder.recognised).singleElement().asString().endsWith(seen);
        assertThat(folder.ask("SELECT subpublications::text FROM pg_subscription"))
                .containsExactly(left);
        assertThat(folder.history()).containsExactly("1/0/1");
    }

    @ParameterizedTest
    @CsvSource({"BEFORE", "AFTER"})
    void aSettingOfTheServerMayBeMadeTwice(Moment moment) throws Exception {
        try {
            cutOff("ALTER SYSTEM SET trackpay.cut = 'x';\nCREATE TABLE t ();", "ALTER SYSTEM", moment);
            resumed();
            assertThat(folder.recognised).singleElement().asString().endsWith("it may run twice: it runs again");
            assertThat(folder.ask("SELECT setting FROM pg_file_settings WHERE name = 'trackpay.cut'"))
                    .containsExactly("x");
        } finally {
            root("ALTER SYSTEM RESET trackpay.cut");
        }
    }

    private SqlFailure failure() throws CouldNotRunException {
        return ((Outcome.Failed) new Applier(way(), ApplyOptions.standard("test"), folder).apply(folder.plan()))
                .failure();
    }
}
