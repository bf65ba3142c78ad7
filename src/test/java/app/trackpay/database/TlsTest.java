package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.embedded.EmbeddedEngine;
import app.trackpay.database.embedded.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is encrypted and checked where a URL leaves it open, and a real server with certificates of each kind. */
final class TlsTest {

    @TempDir
    static Path folder;

    private static EmbeddedServer server;

    @BeforeAll
    static void aServerWithCertificates() throws Exception {
        server = new EmbeddedEngine(
                        PostgresRelease.of(17), TestArchives.ARCHIVES, Path.of("target/postgres-cache"), line -> {})
                .start(GrantEra.NEW);
        Certificates certificates = Certificates.in(folder)
                .sign("good")
                .sign("expired", "-startdate", "-10d", "-validity", "5")
                .sign("future", "-startdate", "+10d");
        Files.writeString(folder.resolve("ca.pem"), certificates.certificate("ca"));
        Files.writeString(
                folder.resolve("stranger.pem"),
                Certificates.in(Files.createDirectory(folder.resolve("other"))).certificate("ca"));
        Files.writeString(folder.resolve("empty.pem"), "");
        for (String alias : new String[] {"good", "expired", "future"}) {
            // the server writes its files itself, so that they are its own, whoever it runs as
            run("COPY (SELECT '" + certificates.certificate(alias).replace("\n", "' || chr(10) || '")
                    + "') TO PROGRAM 'umask 077; sed \"s/\\\\\\\\n/\\n/g\" > " + alias + ".crt'");
            run("COPY (SELECT '" + certificates.key(alias).replace("\n", "' || chr(10) || '")
                    + "') TO PROGRAM 'umask 077; sed \"s/\\\\\\\\n/\\n/g\" > " + alias + ".key'");
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://localhost/d, prefer",
        "postgres:///d, prefer",
        "postgres://127.0.0.2:6000/d, prefer",
        "postgres://[::1]/d, prefer",
        "postgres://db/d, require",
        "postgres://localhost.example.com/d, require",
        "postgres://127.0.0.1.example.com/d, require",
        "postgres://10.0.0.5/d, require",
        "postgres://db.abc.supabase.co/d, require",
        "'postgres://localhost,db.example.com/d', require",
        "postgres://db.example.com/d?sslmode=prefer, prefer",
        "postgres://db.example.com/d?sslmode=disable, disable",
        "postgres://localhost/d?sslmode=verify-ca, verify-ca",
        "postgres://db.example.com/d?sslrootcert=/ca.pem, verify-full",
        "postgres://db.example.com/d?sslrootcert=/ca.pem&sslmode=require, verify-ca",
        "postgres://db.example.com/d?sslrootcert=/ca.pem&sslmode=verify-full, verify-full",
        "postgres://db.example.com/d?sslrootcert=system, verify-full",
        "jdbc:postgresql://db.example.com/d?ssl=true, verify-full"
    })
    void decides(String url, String mode) throws CouldNotRunException {
        assertThat(Tls.decided(DatabaseUrl.parse(url))).containsEntry("sslmode", mode);
    }

    @Test
    void aCertificateOfTheNamedAuthorityForThisNameIsTrusted() throws Exception {
        present("good");
        assertThat(encrypted("localhost", "sslrootcert=" + folder.resolve("ca.pem")))
                .isTrue();
        assertThat(encrypted("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + folder.resolve("ca.pem")))
                .isTrue();
        assertThat(encrypted("127.0.0.1", "sslmode=require")).isTrue();
        assertThat(encrypted("127.0.0.1", "channel_binding=require&sslmode=require"))
                .isTrue();
        assertThat(encrypted("127.0.0.1", "sslmode=disable")).isFalse();
    }

    @Test
    void theDriverDoesNotLogBesideTheError() throws Exception {
        present("good");
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            refusal("127.0.0.1", "sslrootcert=" + folder.resolve("ca.pem"));
        } finally {
            root.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void whatCannotBeTrustedIsNamed() throws Exception {
        present("good");
        assertThat(refusal("127.0.0.1", "sslrootcert=" + folder.resolve("ca.pem")))
                .contains("certificate is for another name than 127.0.0.1");
        assertThat(refusal("localhost", "sslrootcert=" + folder.resolve("stranger.pem")))
                .contains("not signed by the authority of sslrootcert (" + folder.resolve("stranger.pem") + ")");
        assertThat(refusal("localhost", "sslmode=require&sslrootcert=" + folder.resolve("stranger.pem")))
                .contains("not signed by the authority of sslrootcert");
        assertThat(refusal("localhost", "sslrootcert=system")).contains("nobody whom this machine trusts has signed");
        assertThat(refusal("localhost", "sslrootcert=" + folder.resolve("none.pem")))
                .contains("the file " + folder.resolve("none.pem") + " is not there")
                .contains("sslrootcert=system");
        assertThat(refusal("localhost", "sslrootcert=" + folder.resolve("empty.pem")))
                .contains("TLS failed");
    }

    @Test
    void aCertificateOutOfItsTimeIsNamed() throws Exception {
        present("expired");
        assertThat(refusal("localhost", "sslrootcert=" + folder.resolve("ca.pem")))
                .contains("certificate has expired (NotAfter");
        assertThat(encrypted("localhost", "sslmode=require")).isTrue();
        present("future");
        assertThat(refusal("localhost", "sslrootcert=" + folder.resolve("ca.pem")))
                .contains("not valid yet");
    }

    private static boolean encrypted(String host, String parameters) throws Exception {
        try (LiveDatabase live = LiveDatabase.open(url(host, parameters), login());
                Connection connection = live.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static String refusal(String host, String parameters) {
        String[] message = new String[1];
        assertThatThrownBy(
                        () -> LiveDatabase.open(url(host, parameters), login()).close())
                .isInstanceOf(CouldNotRunException.class)
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    private static DatabaseUrl url(String host, String parameters) throws CouldNotRunException {
        return DatabaseUrl.parse("postgresql://" + host + ":" + server.port() + "/postgres?" + parameters);
    }

    private static Login login() {
        return new Login("postgres", Optional.of(server.migrations().password()), "password from a test");
    }

    private static void present(String alias) throws Exception {
        run("ALTER SYSTEM SET ssl = on");
        run("ALTER SYSTEM SET ssl_cert_file = '" + alias + ".crt'");
        run("ALTER SYSTEM SET ssl_key_file = '" + alias + ".key'");
        run("SELECT pg_catalog.pg_reload_conf()");
        for (int tried = 0; tried < 200; tried++) {
            try (Connection connection = superuser();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT current_setting('ssl') || current_setting('ssl_cert_file')")) {
                rows.next();
                if (rows.getString(1).equals("on" + alias + ".crt")) {
                    return;
                }
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException("the server does not take up its certificate");
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl() + "?sslmode=disable",
                server.superuser().user(),
                server.superuser().password().value());
    }
}
