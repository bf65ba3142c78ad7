package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "postgres://h?host=::1&dbname=x | [::1]:5432/x"
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
                "postgres://me:hunter2@h/d?password=hunter2 | two passwords",
                "postgres://me:hunter2@h/d?target_session_attrs=hunter2 | does not exist"
            })
    void refusesWhatItCannotReadAndShowsNothingOfIt(String text, String expected) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(expected == null ? "" : expected)
                .message()
                .doesNotContain("hunter2");
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
        Files.write(file, List.of("# mine", "h:5432:d:me:from\\:file", "*:*:*:other:no"));
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
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
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
