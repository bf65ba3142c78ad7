package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads when a database does not answer as it should; never a password. */
final class LiveDatabaseTest {

    private static final String SECRET = "s3cr&t/w?rd%";

    @Test
    void saysWhoAnswers() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(database.jdbcUrl()), login(database));
                Connection connection = live.connect();
                Statement statement = connection.createStatement()) {
            assertThat(live.target().kind()).isEqualTo(Target.Kind.LIVE);
            assertThat(live.target().database()).isEqualTo(database.name());
            assertThat(live.target().server()).startsWith("17.");
            assertThat(live.target().port())
                    .isEqualTo(database.postgres().server().port());
            assertThat(live.inRecovery()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
            try (ResultSet rows = statement.executeQuery("SELECT current_setting('application_name')")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("trackpay");
            }
        }
    }

    @Test
    void theFirstConnectionIsGivenToTheFirstWhoAsks() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                Wire wire = new Wire("127.0.0.1", database.postgres().server().port())) {
            String url = "postgresql://127.0.0.1:" + wire.port() + "/" + database.name() + "?sslmode=disable";
            try (LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(url), login(database))) {
                wire.forget();
                try (Connection first = live.connect()) {
                    assertThat(wire.logins()).isZero();
                    try (Connection second = live.connect()) {
                        assertThat(wire.logins()).isPositive();
                        assertThat(pid(second)).isNotEqualTo(pid(first));
                    }
                }
            }
        }
    }

    @Test
    void aFirstConnectionThatDiedIsReplaced() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(database.jdbcUrl()), login(database))) {
            administer(
                    database,
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'trackpay' AND datname = '"
                            + database.name() + "'");
            try (Connection connection = live.connect()) {
                assertThat(pid(connection)).isPositive();
            }
        }
    }

    @Test
    void aConnectionThatNobodyAskedForIsClosed() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                Wire wire = new Wire("127.0.0.1", database.postgres().server().port())) {
            String url = "postgresql://127.0.0.1:" + wire.port() + "/" + database.name() + "?sslmode=disable";
            LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(url), login(database));
            assertThat(wire.sent()).doesNotContain('X');

            live.close();

            // a client says goodbye with an X; the proxy may not have seen it yet
            for (int i = 0; i < 1000 && !wire.sent().contains('X'); i++) {
                Thread.sleep(10);
            }
            assertThat(wire.sent()).contains('X');
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void passesOptionsAndTriesOneHostAfterTheOther() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            String address = database.jdbcUrl().substring("jdbc:postgresql://".length());
            DatabaseUrl url = DatabaseUrl.parse("postgres://127.0.0.1:" + unusedPort() + "," + address
                    + "?options=-c%20work_mem%3D7MB&application_name=gate&sslmode=disable");
            try (LiveDatabase live = LiveDatabase.open(url, login(database));
                    Connection connection = live.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT current_setting('work_mem'), current_setting('application_name')")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("7MB");
                assertThat(rows.getString(2)).isEqualTo("gate");
                assertThat(live.target().port())
                        .isEqualTo(database.postgres().server().port());
            }
        }
    }

    @Test
    void nothingListens() throws Exception {
        int port = unusedPort();
        assertThat(refusal("postgresql://127.0.0.1:" + port + "/app"))
                .startsWith("No connection to 127.0.0.1:" + port + "/app: nothing listens there");
    }

    @Test
    void unknownHost() throws Exception {
        assertThat(refusal("postgresql://no-such-host.invalid/app"))
                .startsWith("No connection to no-such-host.invalid:5432/app: no such host is known");
        assertThat(refusal("postgresql://db.abcdefghij.supabase.co.invalid/app"))
                .doesNotContain("pooler");
    }

    @Test
    void anAddressThatIsIpv6Only() throws Exception {
        // reserved for documentation: nothing is there
        assertThat(refusal("postgresql://[2001:db8::1]/app?connect_timeout=1&loginTimeout=2"))
                .startsWith("No connection to [2001:db8::1]:5432/app: ")
                .contains("It has an IPv6 address only, and this machine no way to it");
        String direct = ConnectionFailure.of(
                        DatabaseUrl.parse("postgresql://postgres:"
                                + SECRET.replace("%", "%25").replace("/", "%2F").replace("?", "%3F")
                                + "@db.abcdefghij.supabase.co:5432/postgres"),
                        new Login("postgres", Optional.empty(), "no password"),
                        new SQLException("no", "08001", new NoRouteToHostException("no route")))
                .getMessage();
        assertThat(direct)
                .contains("IPv6 only", "session pooler: postgresql://postgres.abcdefghij@<pooler>:5432/postgres")
                .doesNotContain(SECRET);
    }

    @Test
    void noAnswerInTime() throws Exception {
        try (StubServer stub = StubServer.silent()) {
            assertThat(refusal("postgresql://127.0.0.1:" + stub.port() + "/app?connect_timeout=1&loginTimeout=1"))
                    .contains(":" + stub.port() + "/app: no answer in time");
        }
    }

    @ParameterizedTest
    @CsvSource({"disable", "prefer", "require"})
    void somethingElseListens(String sslmode) throws Exception {
        try (StubServer stub = StubServer.http()) {
            assertThat(refusal("postgresql://127.0.0.1:" + stub.port() + "/app?sslmode=" + sslmode))
                    .contains("does not speak PostgreSQL's protocol");
        }
    }

    @ParameterizedTest
    @CsvSource({"disable", "prefer", "require"})
    void whatListensHangsUp(String sslmode) throws Exception {
        try (StubServer stub = StubServer.closing()) {
            assertThat(refusal("postgresql://127.0.0.1:" + stub.port() + "/app?sslmode=" + sslmode))
                    .contains("hung up without an answer")
                    .contains("is it up yet");
        }
    }

    @Test
    void noHostIsWhatTheSessionMustBe() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            String user = database.superuser().user();
            String password = database.superuser().password().value();
            assertThat(refusal(database.jdbcUrl() + "?target_session_attrs=standby", user, password))
                    .contains("none is what target_session_attrs in the URL asks for");
            LiveDatabase.open(DatabaseUrl.parse(database.jdbcUrl() + "?target_session_attrs=primary"), login(database))
                    .close();
        }
    }

    @Test
    void roleThatMayNotConnectToTheDatabase() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            administer(database, "CREATE ROLE live_outside LOGIN PASSWORD '" + SECRET + "'");
            administer(database, "REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");
            assertThat(refusal(database.jdbcUrl(), "live_outside", SECRET))
                    .contains("does not let live_outside into that database")
                    .contains("GRANT it CONNECT");
            administer(database, "DROP ROLE live_outside");
        }
    }

    @Test
    void wrongPassword() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            assertThat(refusal(database.jdbcUrl(), "postgres", SECRET))
                    .contains("refused the password of postgres (password from a test)");
        }
    }

    @Test
    void noPassword() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            String message = refused(database.jdbcUrl(), new Login("postgres", Optional.empty(), "no password"));
            assertThat(message)
                    .contains("asks for the password of postgres, and none was given")
                    .contains("PGPASSWORD");
        }
    }

    @Test
    void roleThatMayNotLogIn() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            administer(database, "CREATE ROLE live_nobody NOLOGIN PASSWORD '" + SECRET + "'");
            assertThat(refusal(database.jdbcUrl(), "live_nobody", SECRET))
                    .contains("does not let live_nobody in (role \"live_nobody\" is not permitted to log in)");
            administer(database, "DROP ROLE live_nobody");
        }
    }

    @Test
    void unknownDatabase() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            assertThat(refusal(
                            database.jdbcUrl() + "_not",
                            database.superuser().user(),
                            database.superuser().password().value()))
                    .contains("there is no such database on that server (database \"" + database.name() + "_not\"");
        }
    }

    @Test
    void tooManyConnections() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            administer(database, "CREATE ROLE live_crowd LOGIN CONNECTION LIMIT 0 PASSWORD '" + SECRET + "'");
            assertThat(refusal(database.jdbcUrl(), "live_crowd", SECRET)).contains("no connection left");
            administer(database, "DROP ROLE live_crowd");
        }
    }

    @Test
    void tlsAskedOfAServerWithoutIt() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            assertThat(refusal(database.jdbcUrl() + "?sslmode=require")).contains("the server does not speak TLS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "57P03, the database system is starting up, the server is not ready (the database system is starting up)",
        "28000, 'no pg_hba.conf entry for host \"10.0.0.1\", no encryption', sslmode=require",
        "XX000, Tenant or user not found, Tenant or user not found"
    })
    void refusalsOfAServer(String state, String said, String expected) throws Exception {
        try (StubServer stub = StubServer.refusing(state, said)) {
            assertThat(refusal("postgresql://127.0.0.1:" + stub.port() + "/app?sslmode=disable"))
                    .contains(said)
                    .contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"13.22, Upgrade the server", "19.1, newer version of the plugin", "9.6.24, Upgrade the server"})
    void versionsThatNobodyTried(String version, String advice) throws Exception {
        try (StubServer stub = StubServer.ofVersion(version)) {
            assertThat(refusal("postgresql://127.0.0.1:" + stub.port() + "/app?sslmode=disable"))
                    .contains("runs PostgreSQL " + version + "; this plugin knows 14 to 18")
                    .contains(advice);
        }
    }

    private static String refusal(String url) {
        return refusal(url, "somebody", SECRET);
    }

    private static String refusal(String url, String user, String password) {
        return refused(url, new Login(user, Optional.of(new Password(password)), "password from a test"));
    }

    private static String refused(String url, Login login) {
        CouldNotRunException refusal = catchThrowableOfType(
                CouldNotRunException.class,
                () -> LiveDatabase.open(DatabaseUrl.parse(url), login).close());
        assertThat(refusal).as("a refusal of %s", url).isNotNull();
        String message = String.valueOf(refusal.getMessage());
        assertThat(message)
                .doesNotContain(SECRET)
                .doesNotContain(URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                .doesNotContain("Exception")
                .doesNotContain("\n");
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return message;
    }

    private static Login login(TestPostgres.Database database) {
        return new Login(
                database.superuser().user(), Optional.of(database.superuser().password()), "password from a test");
    }

    private static void administer(TestPostgres.Database database, String sql) throws SQLException {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
