package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres;
import app.trackpay.database.TestPostgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code liquibase:diff} between a database and a copy of it, from Maven Central. */
final class Liquibase implements Tool {

    private final Path folder;
    private String copy = "";

    Liquibase(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "liquibase-maven-plugin diff";
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public void remember(Database database) throws IOException, InterruptedException, Skipped {
        Files.createDirectories(folder);
        try (InputStream pom = Liquibase.class.getResourceAsStream("liquibase-pom.xml")) {
            Files.write(folder.resolve("pom.xml"), Objects.requireNonNull(pom).readAllBytes());
        }
        copy = database.name() + "_copy";
        administer(database.postgres(), "DROP DATABASE IF EXISTS " + copy);
        administer(database.postgres(), "CREATE DATABASE " + copy + " TEMPLATE " + database.name());
        // whatever has to be downloaded is no part of the measure
        Run run = Run.attempt(List.of(WholeProcess.mvn(), "-B", "-q", "liquibase:help"), Map.of(), folder);
        if (run.exit() != 0) {
            throw new Skipped("liquibase-maven-plugin: " + run.lastLine());
        }
    }

    @Override
    public Verdict look(Database database) throws InterruptedException, Skipped {
        String url = database.jdbcUrl();
        Run run = Run.attempt(
                List.of(
                        WholeProcess.mvn(),
                        "-B",
                        "-o",
                        "liquibase:diff",
                        // it wants one, and does not look at it
                        "-Dliquibase.changeLogFile=none.xml",
                        "-Dliquibase.url=" + url,
                        "-Dliquibase.referenceUrl=" + url.substring(0, url.lastIndexOf('/') + 1) + copy,
                        "-Dliquibase.username=" + database.superuser().user(),
                        "-Dliquibase.referenceUsername=" + database.superuser().user(),
                        "-Dliquibase.password="
                                + database.superuser().password().value(),
                        "-Dliquibase.referencePassword="
                                + database.superuser().password().value()),
                Map.of(),
                folder);
        if (run.exit() != 0) {
            throw new Skipped("liquibase:diff: "
                    + run.output()
                            .lines()
                            .filter(line -> line.contains("ERROR"))
                            .findFirst()
                            .orElse(run.lastLine()));
        }
        String said = "";
        String heading = "";
        for (String line : run.output().lines().toList()) {
            if (line.matches("(Missing|Unexpected|Changed) .*\\(s\\): *")) {
                heading = line.strip();
            } else if (said.isEmpty()
                    && line.startsWith("     ")
                    && !heading.isEmpty()
                    && !heading.contains("Catalog")) {
                // the copy has another name, which it counts as a change of the catalog
                said = heading + " " + line.strip();
            }
        }
        return new Verdict(run, !said.isEmpty(), said);
    }

    void forget(TestPostgres postgres) {
        administer(postgres, "DROP DATABASE IF EXISTS " + copy);
    }

    private static void administer(TestPostgres postgres, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + postgres.server().host() + ":"
                                + postgres.server().port() + "/template1",
                        postgres.server().superuser().user(),
                        postgres.server().superuser().password().value());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
