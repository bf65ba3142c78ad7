package app.trackpay.it;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Step;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.cipher.PlexusCipher;

/** One story of {@code src/it}: what is done to the reference set before the build, and what its user reads afterwards. */
public final class Story {

    private final Path folder;
    private final Path plan;

    private Story(Path folder) {
        this.folder = folder;
        this.plan = folder.resolve("scripts/prod-migrate");
    }

    /** The story that a hook script runs for. */
    public static Story in(File basedir) {
        return new Story(basedir.toPath());
    }

    /** Writes the reference set where a user would have it. */
    public Story reference() throws Exception {
        ReferenceSet.write(plan);
        return this;
    }

    /** Puts the plan of another story where this one has none of its own. */
    public Story copyOf(String story) throws Exception {
        Path source = folder.resolve("../../../src/it").resolve(story).resolve("scripts/prod-migrate");
        Files.createDirectories(plan);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, plan.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return this;
    }

    /** Changes a file of the set; text that is not there is a mistake of the story. */
    public Story replace(String file, String from, String to) throws Exception {
        String text = Files.readString(plan.resolve(file));
        assertThat(text).as(file).contains(from);
        Files.writeString(plan.resolve(file), text.replace(from, to));
        return this;
    }

    public Story append(String file, String sql) throws Exception {
        Files.writeString(plan.resolve(file), Files.readString(plan.resolve(file)) + sql);
        return this;
    }

    public Story write(String file, String text) throws Exception {
        Files.createDirectories(plan);
        Files.writeString(plan.resolve(file), text);
        return this;
    }

    public Story delete(String file) throws Exception {
        Files.delete(plan.resolve(file));
        return this;
    }

    /** Gives the build a database of its own on a server that lives as long as the whole run. */
    public Story live() throws Exception {
        TestPostgres.Database database = database();
        return properties(
                "postgresql://postgres:" + database.migrations().password().value() + address(database));
    }

    /** The same, with the plan's files run on it, and then what somebody did by hand. */
    public Story liveWithPlanThen(String sql) throws Exception {
        TestPostgres.Database database = database();
        for (Step step : PlanReader.read(plan).steps()) {
            run(database, Files.readString(step.file()));
        }
        run(database, sql);
        return properties(
                "postgresql://postgres:" + database.migrations().password().value() + address(database));
    }

    /** A database on which somebody did something before any plan. */
    public Story liveAfter(String sql) throws Exception {
        TestPostgres.Database database = database();
        run(database, sql);
        return properties(
                "postgresql://postgres:" + database.migrations().password().value() + address(database));
    }

    /** A database of another major version with the plan's first tables, and what it has besides. */
    public Story staging(int major, String sql) throws Exception {
        TestPostgres.Database database = server(major).database();
        run(database, Files.readString(plan.resolve("trackpay_schema.sql")));
        run(database, sql);
        return properties(
                "postgresql://postgres:" + database.migrations().password().value() + address(database));
    }

    private static void run(TestPostgres.Database database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl() + "?preferQueryMode=simple",
                        database.migrations().user(),
                        database.migrations().password().value());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** The same, without a password. */
    public Story liveWithoutPassword() throws Exception {
        return properties("postgresql://postgres" + address(database()));
    }

    /** A server to rehearse on, of somebody who has other databases there. */
    public Story scratchServer() throws Exception {
        TestPostgres.Database other = database();
        Files.writeString(
                folder.resolve("test.properties"),
                "trackpay.rehearsal=postgresql://" + other.superuser().user() + ":"
                        + other.superuser().password().value() + address(other) + "\n");
        return this;
    }

    /** No rehearsal left its database there. */
    public Story leavesTheScratchServerAsItWas() throws Exception {
        String url = Files.readString(folder.resolve("test.properties")).strip().replaceFirst(".*://", "");
        String[] login = url.replaceFirst("@.*", "").split(":");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + url.replaceFirst(".*@", ""), login[0], login[1]);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT datname FROM pg_catalog.pg_database WHERE datname LIKE 'trackpay_rehearsal%'")) {
            assertThat(rows.next()).as("a rehearsal's database is left").isFalse();
        }
        return this;
    }

    /** A database whose login stands in a settings.xml, encrypted as mvn --encrypt-password does it; one more entry with another key. */
    public Story liveWithPasswordInSettings() throws Exception {
        TestPostgres.Database database = database();
        PlexusCipher cipher = new DefaultPlexusCipher();
        Files.writeString(
                folder.resolve("settings-security.xml"),
                "<settingsSecurity><master>" + cipher.encryptAndDecorate("a master", "settings.security")
                        + "</master></settingsSecurity>");
        String password = database.migrations().password().value();
        Files.writeString(
                folder.resolve("global-settings.xml"),
                "<settings><servers>" + server("prod", cipher.encryptAndDecorate(password, "a master"))
                        + server("stale", cipher.encryptAndDecorate(password, "another master"))
                        + "</servers></settings>");
        Files.writeString(
                folder.resolve("test.properties"),
                "trackpay.url=postgresql://" + address(database).substring(1) + "\nsettings.security="
                        + folder.resolve("settings-security.xml") + "\n");
        return this;
    }

    private static String server(String id, String password) {
        return "<server><id>" + id + "</id><username>postgres</username><password>" + password + "</password></server>";
    }

    private TestPostgres.Database database() {
        return server(17).database();
    }

    private TestPostgres server(int major) {
        // the hooks run where Maven was started, which need not be this project
        System.setProperty(
                "trackpay.test.postgres",
                folder.resolve("../../postgres-binaries").toString());
        return TestPostgres.of(major, GrantEra.NEW);
    }

    private static String address(TestPostgres.Database database) {
        return "@" + database.jdbcUrl().replaceFirst("^jdbc:postgresql://", "");
    }

    /** User properties of the build, as if typed with the command. */
    private Story properties(String url) throws Exception {
        Files.writeString(folder.resolve("test.properties"), "trackpay.url=" + url + "\n");
        return this;
    }

    /** The password of {@link #live} is nowhere in what the plugin printed or wrote. */
    public Story hidesThePassword() throws Exception {
        String url = Files.readString(folder.resolve("test.properties")).strip();
        String password = url.replaceFirst(".*//postgres:", "").replaceFirst("@.*", "");
        assertThat(log().lines()
                        // Maven itself shows what was typed
                        .filter(line -> !line.contains("trackpay.url") && !line.contains("(f) url"))
                        .filter(line -> line.contains(password)))
                .as("lines with the password")
                .isEmpty();
        assertThat(report("health").toString()).doesNotContain(password);
        return this;
    }

    /** The build printed these, in this order. */
    public Story says(String... texts) throws Exception {
        assertThat(log()).as("build.log").containsSubsequence(texts);
        return this;
    }

    public Story neverSays(String... texts) throws Exception {
        assertThat(log()).as("build.log").doesNotContain(texts);
        return this;
    }

    /** No user is shown a stack trace or asked to read one. */
    public Story isReadable() throws Exception {
        assertThat(log().lines().filter(line -> line.stripLeading().startsWith("at app.trackpay.")))
                .as("stack trace lines")
                .isEmpty();
        return this;
    }

    /** How often a text was printed. */
    public Story saysTimes(int times, String text) throws Exception {
        assertThat(log().split(Pattern.quote(text), -1)).as("times of " + text).hasSize(times + 1);
        return this;
    }

    public Story verdict(String goal, String verdict) throws Exception {
        assertThat(report(goal).path("verdict").asText()).as(goal).isEqualTo(verdict);
        return this;
    }

    /** These, and no others, are the errors that the goal found: {@code check object}. */
    public Story errors(String goal, String... errors) throws Exception {
        assertThat(findings(goal, "error")).as("errors of " + goal).containsExactlyInAnyOrder(errors);
        return this;
    }

    /** The same for warnings. */
    public Story warnings(String goal, String... warnings) throws Exception {
        assertThat(findings(goal, "warning")).as("warnings of " + goal).containsExactlyInAnyOrder(warnings);
        return this;
    }

    private List<String> findings(String goal, String severity) throws Exception {
        return StreamSupport.stream(report(goal).path("findings").spliterator(), false)
                .filter(f -> severity.equals(f.path("severity").asText()))
                .map(f -> f.path("check").asText() + " " + f.path("object").asText())
                .toList();
    }

    public JsonNode report(String goal) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve("target/trackpay/" + goal + ".json").toFile());
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("build.log"));
    }
}
