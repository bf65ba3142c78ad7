package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:p%40ss%2Fw%3Ard%25@db.example.com:6543/app",
                "postgres://me:p%40ss%2Fw%3Ard%25@db.example.com:6543/app?",
                "jdbc:postgresql://db.example.com:6543/app?user=me&password=p%40ss%2Fw%3Ard%25",
                "JDBC:postgresql://me:p%40ss%2Fw%3Ard%25@db.example.com:6543/app",
                "postgresql:///app?host=db.example.com&port=6543&user=me&password=p@ss/w:rd%25",
                "  postgresql://me:p@ss%2Fw:rd%25@db.example.com:6543/app\n"
            })
    void readsTheSameFromEveryForm(String text) throws CouldNotRunException {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.hosts()).containsExactly(new HostAndPort("db.example.com", 6543));
        assertThat(url.database()).contains("app");
        assertThat(url.user()).contains("me");
        assertThat(url.password()).contains(new Password("p@ss/w:rd%"));
        assertThat(url).hasToString("db.example.com:6543/app");
        assertThat(url.password().toString()).doesNotContain("ss/w");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://[2001:db8::1]:6000/app | [2001:db8::1]:6000/app",
                "postgresql://[::1]/app | [::1]:5432/app",
                "postgresql://me@/app | localhost:5432/app",
                "postgresql:// | localhost:5432",
                "postgres://one:1,two,[::1]:3/app | one:1,two:5432,[::1]:3/app",
                "postgres://h/my%20app | h:5432/my app",
                "postgres://h?host=::1&dbname=x | [::1]:5432/x",
                "postgres:///x?host=one,two&port=1,2 | one:1,two:2/x",
                "postgres://one,two/x?port=3 | one:3,two:3/x"
            })
    void readsHostsAndDatabase(String text, String expected) throws CouldNotRunException {
        assertThat(DatabaseUrl.parse(text)).hasToString(expected);
    }

    @Test
    void keepsParametersUnderTheDriversNames() throws CouldNotRunException {
        assertThat(DatabaseUrl.parse("postgres://h/d?sslmode=verify-full&connect_timeout=3&application_name=a%20b"
                                + "&options=-c%20a%3Db+c&target_session_attrs=read-write&keepalives=0")
                        .parameters())
                .containsOnly(
                        Map.entry("sslmode", "verify-full"),
                        Map.entry("connectTimeout", "3"),
                        Map.entry("ApplicationName", "a b"),
                        Map.entry("options", "-c a=b+c"),
                        Map.entry("targetServerType", "primary"),
                        Map.entry("tcpKeepAlive", "false"));
        // the driver's own URLs write a blank as +
        assertThat(DatabaseUrl.parse("jdbc:postgresql://h/d?options=-c+a%3Db").parameters())
                .containsEntry("options", "-c a=b");
    }

    @Test
    void takesUrlsThatWereWrittenForOtherPrograms() throws CouldNotRunException {
        assertThat(DatabaseUrl.parse("postgresql://h:6543/d?pgbouncer=true&connection_limit=1&client_encoding=utf8"
                                + "&channel_binding=require&load_balance_hosts=random")
                        .parameters())
                .containsOnly(Map.entry("channelBinding", "require"), Map.entry("loadBalanceHosts", "true"));
    }

    @Test
    void aServiceSaysWhatTheUrlLeavesOpen(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("services");
        Files.write(
                file,
                List.of(
                        "# ours",
                        "[other]",
                        "host=wrong",
                        "",
                        "[prod]",
                        "port=6000",
                        "host=db.example.com",
                        "  user=gate",
                        "# a comment",
                        "dbname=app=1",
                        "password=hunter2",
                        "connect_timeout=7",
                        "sslmode=verify-full",
                        "client_encoding=UTF8",
                        "[prod]",
                        "host=second-of-that-name"));
        Map<String, String> environment = Map.of("PGSERVICEFILE", file.toString());

        DatabaseUrl all = DatabaseUrl.parse("postgresql://?service=prod", environment);
        assertThat(all).hasToString("db.example.com:6000/app=1");
        assertThat(all.user()).contains("gate");
        assertThat(all.password()).contains(new Password("hunter2"));
        assertThat(all.parameters())
                .containsOnly(Map.entry("connectTimeout", "7"), Map.entry("sslmode", "verify-full"));

        Map<String, String> byEnvironment = Map.of(
                "PGSERVICEFILE", file.toString(), "PGSERVICE", "prod", "PGSSLMODE", "disable", "PGSSLROOTCERT", "/ca");
        DatabaseUrl some = DatabaseUrl.parse("postgres://she@h:1/mine?connect_timeout=1", byEnvironment);
        assertThat(some).hasToString("h:1/mine");
        assertThat(some.user()).contains("she");
        assertThat(some.parameters())
                .containsOnly(
                        Map.entry("connectTimeout", "1"),
                        Map.entry("sslmode", "verify-full"),
                        Map.entry("sslrootcert", "/ca"));

        Path machine = folder.resolve("pg_service.conf");
        Files.write(machine, List.of("[ci]", "host=from-the-machine"));
        assertThat(DatabaseUrl.parse(
                        "jdbc:postgresql://?service=ci",
                        Map.of("PGSERVICEFILE", file.toString(), "PGSYSCONFDIR", folder.toString())))
                .hasToString("from-the-machine:5432");
    }

    @Test
    void saysWhereALoginOfAServiceStands(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("services");
        Files.write(file, List.of("[prod]", "host=h", "user=gate", "password=hunter2"));
        String service = "service [prod] in " + file;
        Map<String, String> environment = Map.of("PGSERVICEFILE", file.toString(), "PGPASSWORD", "hunter3");
        DatabaseUrl url = DatabaseUrl.parse("postgresql:///d?service=prod", environment);

        assertThat(Login.choose(url, Optional.empty(), Map.of()).source()).isEqualTo("password from " + service);
        assertThat(Login.choose(url.to("other").with("a=b"), Optional.empty(), Map.of())
                        .source())
                .isEqualTo("password from " + service);
        assertThatThrownBy(() -> Login.choose(url, Optional.empty(), environment))
                .hasMessage("Two places give a password for gate at h:5432/d: " + service + " and PGPASSWORD."
                        + " Leave it in one of them.");
        assertThatThrownBy(() -> Login.choose(
                        url, Optional.of(new ServerEntry("prod", Optional.of("you"), Optional.empty())), Map.of()))
                .hasMessageContaining(service + " says gate, server prod of settings.xml says you");

        // the service is only asked for what the URL leaves open
        assertThat(Login.choose(
                                DatabaseUrl.parse("postgresql://me:own@/d?service=prod", environment),
                                Optional.empty(),
                                Map.of())
                        .source())
                .isEqualTo("password from the URL");
    }

    @Test
    void aServiceThatIsNotThereOrNotOneIsNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("services");
        Files.write(
                file,
                List.of("[broken]", "host=h", "password hunter2", "[nested]", "service=other", "[typo]", "hots=x"));
        Map<String, String> environment = Map.of("PGSERVICEFILE", file.toString());

        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://?service=prod", environment))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("no service [prod]")
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://?service=broken", environment))
                .hasMessageContaining(file + ":3: service [broken]")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://?service=nested", environment))
                .hasMessageContaining(file + ":5: service [nested]");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://?service=typo", environment))
                .hasMessage(
                        "The service [typo] in " + file + " cannot be read: there is no parameter hots; take it out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "'  ' | is empty",
                "${env.TRACKPAY_DB_URL} | set the environment variable TRACKPAY_DB_URL",
                "postgres://h/${db.name} | ${db.name}",
                "mysql://me:hunter2@h/d | does not start with",
                "hunter2 | does not start with",
                "postgres://me:hunter2/x@h/d | stands after the first /",
                "postgres://h/d@hunter2 | stands after the first /",
                "postgres://me:hunter2%@h/d | % is not followed",
                "postgres://me:hunter2%zz@h/d | % is not followed",
                "postgres://me:hunter2%ff@h/d | not UTF-8",
                "postgres://me:hunter2@h:99999/d | not a port",
                "postgres://me:hunter2@[::1/d | closing bracket",
                "postgres://me:hunter2@::1/d | in brackets",
                "postgres://me:hunter2@%2Ftmp/d | only TCP",
                "postgres://me:hunter2@h/d?sslmod=require | no parameter sslmod",
                "postgres://me:a?hunter2@h/d | ",
                "postgres://me:hunter2@h/d?sslmode | has no value",
                "postgres://me:hunter2@a,b,c/d?port=1,2 | 3 hosts and 2 ports",
                "postgres://me:hunter2@h/d?password=hunter2 | two passwords",
                "postgres://me:hunter2@h/d?target_session_attrs=hunter2 | does not exist",
                "postgres://me:hunter2@h/d?sslmode=hunter2 | sslmode is none of disable, allow",
                "postgres://me:hunter2@h/d?connect_timeout=hunter2 | connect_timeout is not a number of seconds"
            })
    void refusesWhatItCannotReadAndShowsNothingOfIt(String text, String expected) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(expected == null ? "" : expected)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://abcdefghijklmnopqrst.supabase.co",
                "http://abcdefghijklmnopqrst.supabase.co/",
                "https://abcdefghijklmnopqrst.supabase.co/rest/v1/trackpay_users?apikey=hunter2",
                "https://abcdefghijklmnopqrst.supabase.co?apikey=hunter2",
                "https://abcdefghijklmnopqrst.supabase.co:443/auth/v1",
                " HTTPS://ABCDEFGHIJKLMNOPQRST.Supabase.co\n"
            })
    void theAddressOfAProjectsApiIsToldFromThatOfItsDatabase(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage(
                        "The database URL is the address of the project's API, which an app calls, and not of its database."
                                + " That is postgresql://postgres@db.abcdefghijklmnopqrst.supabase.co:5432/postgres, or on a network"
                                + " without IPv6 the session pooler: postgresql://postgres.abcdefghijklmnopqrst@<pooler>:5432/postgres,"
                                + " where the project's Connect page names <pooler> (aws-….pooler.supabase.com).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://supabase.com/dashboard/project/abcdefghijklmnopqrst",
                "https://app.supabase.co/project/abcdefghijklmnopqrst",
                "https://abcdefghijklmnopqrst.supabase.co.example.com/",
                "https://example.com/abcdefghijklmnopqrst.supabase.co",
                "https://db.abcdefghijklmnopqrst.supabase.co:5432/postgres",
                "https://me:hunter2@abcdefghijklmnopqrst.supabase.co"
            })
    void anyOtherWebAddressIsRefusedForItsScheme(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageStartingWith(
                        "The database URL cannot be read: it does not start with postgresql://, postgres://")
                .message()
                .doesNotContain("API", "hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://postgres@db.abcdefghijklmnopqrst.supabase.co:5432/postgres",
                "postgresql://postgres.abcdefghijklmnopqrst@aws-0-eu-central-1.pooler.supabase.com:5432/postgres"
            })
    void theAddressesOfAProjectsDatabaseAreTaken(String text) throws CouldNotRunException {
        assertThat(DatabaseUrl.parse(text).database()).contains("postgres");
    }

    @Test
    void takesTheOnePasswordThereIs() throws CouldNotRunException {
        assertThat(Login.choose(DatabaseUrl.parse("postgres://me:a@h/d"), Optional.empty(), Map.of()))
                .isEqualTo(new Login("me", Optional.of(new Password("a")), "password from the URL"));
        assertThat(Login.choose(
                        DatabaseUrl.parse("postgres://h/d"),
                        Optional.of(new ServerEntry("prod", Optional.of("you"), Optional.of(new Password("b")))),
                        Map.of()))
                .isEqualTo(
                        new Login("you", Optional.of(new Password("b")), "password from server prod of settings.xml"));
        assertThat(Login.choose(
                        DatabaseUrl.parse("postgres://h/d"),
                        Optional.empty(),
                        Map.of("PGPASSWORD", "c", "PGUSER", "she")))
                .isEqualTo(new Login("she", Optional.of(new Password("c")), "password from PGPASSWORD"))
                .asString()
                .contains("***");
        assertThat(Login.choose(DatabaseUrl.parse("postgres://me@h/d"), Optional.empty(), Map.of())
                        .password())
                .isEmpty();
    }

    @Test
    void readsThePasswordFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pgpass");
        Files.write(
                file,
                List.of(
                        "# mine",
                        "h:5432:d:me:from\\:file",
                        "*:*:*:other:no",
                        "\\:\\:1:*:*:six:by:a\\\\b",
                        "*:6543:*:*:any"));
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            assertThat(Login.choose(DatabaseUrl.parse("postgres://me@h/d"), Optional.empty(), Map.of()))
                    .isEqualTo(new Login("me", Optional.of(new Password("from:file")), "password from ~/.pgpass"));
            assertThatThrownBy(() -> Login.choose(
                            DatabaseUrl.parse("postgres://me@h/d"), Optional.empty(), Map.of("PGPASSWORD", "hunter2")))
                    .hasMessageContaining("PGPASSWORD and ~/.pgpass")
                    .message()
                    .doesNotContain("hunter2")
                    .doesNotContain("from:file");
            assertThat(fromFile("postgres://me@elsewhere:6543/x")).contains(new Password("any"));
            assertThat(fromFile("postgres://me@elsewhere:6544/x")).isEmpty();
            assertThat(fromFile("postgres://six@[::1]/x").map(Password::value).orElse(""))
                    .startsWith("by");
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
                Login login = Login.choose(DatabaseUrl.parse("postgres://me@h/d"), Optional.empty(), Map.of());
                assertThat(login.password()).isEmpty();
                assertThat(login.source())
                        .contains("~/.pgpass is not used, since others may read it: chmod 600 " + file);
            }
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamed(@TempDir Path folder) throws CouldNotRunException {
        Path file = folder.resolve("pgpass");
        DatabaseUrl url = DatabaseUrl.parse("postgres://me@h/d");
        assertThat(Login.choose(url, Optional.empty(), Map.of("PGPASSFILE", file.toString()))
                        .source())
                .isEqualTo("no password; the file that PGPASSFILE names is not there: " + file);
        assertThat(Login.choose(url, Optional.empty(), Map.of("PGPASSFILE", file.toString(), "PGPASSWORD", "c"))
                        .source())
                .isEqualTo("password from PGPASSWORD");
        assertThat(Login.choose(url, Optional.empty(), Map.of("PGPASSFILE", "/dev/null"))
                        .source())
                .isEqualTo("no password");
    }

    private static Optional<Password> fromFile(String url) throws CouldNotRunException {
        return Login.choose(DatabaseUrl.parse(url), Optional.empty(), Map.of()).password();
    }

    @Test
    void refusesTwoPasswordsAndTwoUsers() {
        assertThatThrownBy(() -> Login.choose(
                        DatabaseUrl.parse("postgres://me:hunter2@h/d"),
                        Optional.empty(),
                        Map.of("PGPASSWORD", "hunter3")))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessage("Two places give a password for me at h:5432/d: the URL and PGPASSWORD."
                        + " Leave it in one of them.");
        assertThatThrownBy(() -> Login.choose(
                        DatabaseUrl.parse("postgres://me@h/d"),
                        Optional.of(new ServerEntry("prod", Optional.of("you"), Optional.empty())),
                        Map.of()))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("the URL says me, server prod of settings.xml says you");
    }
}
