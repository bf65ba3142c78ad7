package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.database.GrantEra;
import app.trackpay.manifest.Clones.Clone;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of {@code changes.txt} is named, exactly and alone; nothing of {@code innocent.txt} is. */
final class DriftTest {

    private static final Clones CLONES = Clones.on(17, GrantEra.NEW);
    private static final Clone CHANGED = CLONES.open();
    /** What cannot be in a transaction. */
    private static final Pattern OUTSIDE = Pattern.compile("^VACUUM|CONCURRENTLY");

    private static Connection connection;
    private static final Manifest BASELINE = CHANGED.manifest(CLONES.wide());

    record Row(String check, String object, String attributes, String access, boolean repaired, String sql) {

        static Row of(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", 6)).map(String::strip).toList();
            return new Row(
                    "drift-" + cells.get(0),
                    cells.get(1),
                    cells.get(2).equals("-") ? "" : cells.get(2),
                    cells.get(3).equals("-") ? "" : cells.get(3),
                    cells.get(4).equals("sql"),
                    cells.get(5));
        }

        @Override
        public String toString() {
            return sql;
        }
    }

    static Stream<Row> changes() {
        return lines("changes.txt").map(Row::of);
    }

    static Stream<String> innocent() {
        return lines("innocent.txt");
    }

    private static Stream<String> lines(String resource) {
        return Clones.resource(resource).lines().filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    @BeforeAll
    static void connect() throws SQLException {
        connection = CHANGED.connect();
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void namesTheObjectAndTheAttributeAndRepairsIt(Row row) throws SQLException {
        // never committed: roles are the whole cluster's, and the next change wants the same database
        try {
            run(connection, "SET allow_system_table_mods = on");
            run(connection, row.sql());
            Manifest changed = Clones.manifest(connection, CLONES.wide());
            List<Difference> differences = Comparison.of(BASELINE, changed);
            List<Finding> findings = Drift.findings(CLONES.wide(), BASELINE, changed);

            assertThat(findings)
                    .extracting(finding -> finding.check() + " " + finding.object())
                    .containsExactly(row.check() + " " + row.object());
            assertThat(attributes(differences.get(0))).isEqualTo(row.attributes());
            assertThat(differences.get(0).direction().map(Direction::toString).orElse(""))
                    .as("access")
                    .isEqualTo(row.access());
            assertThat(findings.get(0).repair().isPresent())
                    .as("repair %s", findings.get(0).repair())
                    .isEqualTo(row.repaired());
            if (row.repaired()) {
                run(connection, findings.get(0).repair().orElseThrow());
                assertThat(Drift.findings(CLONES.wide(), BASELINE, Clones.manifest(connection, CLONES.wide())))
                        .as("after %s", findings.get(0).repair().orElseThrow())
                        .isEmpty();
            }
        } finally {
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void isSilentAbout(String sql) throws SQLException {
        List<String> statements = sql.startsWith("DO ")
                ? List.of(sql)
                : Arrays.stream(sql.split("; ")).toList();
        if (OUTSIDE.matcher(sql).find()) {
            try (Clone clone = CLONES.open()) {
                clone.run(statements.toArray(String[]::new));
                assertThat(Drift.findings(CLONES.wide(), BASELINE, clone.manifest(CLONES.wide())))
                        .isEmpty();
            }
            return;
        }
        try {
            for (String statement : statements) {
                run(connection, statement);
            }
            assertThat(Drift.findings(CLONES.wide(), BASELINE, Clones.manifest(connection, CLONES.wide())))
                    .isEmpty();
        } finally {
            connection.rollback();
        }
    }

    @Test
    void theTableHoldsEveryKindAndEveryAttribute() {
        Set<String> known = BASELINE.entries().values().stream()
                .flatMap(entry -> entry.attributes().keySet().stream()
                        .map(attribute -> entry.object().kind() + ": " + family(attribute)))
                .collect(Collectors.toSet());
        Set<String> tried = changes()
                .filter(row -> !row.attributes().isEmpty())
                .flatMap(row -> Arrays.stream(row.attributes().split(", "))
                        .map(attribute ->
                                ObjectName.parse(row.object()).orElseThrow().kind() + ": " + family(attribute)))
                .collect(Collectors.toSet());
        Set<String> kinds = changes()
                .map(row -> ObjectName.parse(row.object()).orElseThrow().kind().toString())
                .collect(Collectors.toSet());

        assertThat(changes().count()).isGreaterThan(60);
        assertThat(kinds)
                .containsAll(Arrays.stream(Kind.values()).map(Kind::toString).toList());
        known.removeAll(tried);
        assertThat(known)
                .as("attributes that no change tries")
                .isSubsetOf(
                        // these differ only together with the object's own name, or make it another object
                        "table: kind",
                        "table: partition key",
                        "table: partition of",
                        "index: table",
                        "function: kind",
                        "type: kind",
                        "type: type",
                        "type: definition");
    }

    private static String family(String attribute) {
        return attribute.replaceFirst(
                "^(privileges of|default of|table|columns of|row filter of|schema|member of|setting) .*", "$1");
    }

    private static String attributes(Difference difference) {
        return difference instanceof Difference.Changed changed
                ? changed.changes().stream().map(Change::attribute).collect(Collectors.joining(", "))
                : "";
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
