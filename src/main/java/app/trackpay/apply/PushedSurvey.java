package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import app.trackpay.plan.StepText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which migrations of a folder without a plan a database has, told by what the Supabase CLI wrote down when it pushed them. */
final class PushedSurvey {

    private static final String TABLE = "supabase_migrations.schema_migrations";

    private PushedSurvey() {}

    private record Pushed(String version, Optional<String> name, Optional<String> statements) {}

    /**
     * Reads the CLI's record.
     *
     * @throws CouldNotRunException when there is none
     */
    static Survey of(Plan plan, Connection connection) throws SQLException, CouldNotRunException {
        Map<String, Pushed> pushed = read(connection);
        Map<String, Evidence> evidence = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Step step : plan.steps()) {
            Optional<Pushed> row = Optional.ofNullable(pushed.remove(step.id()));
            evidence.put(step.id(), row.map(PushedSurvey::there).orElseGet(() -> pending(step)));
            if (row.isPresent() && differs(step, row.get())) {
                findings.add(changed(step));
            }
        }
        pushed.values().forEach(row -> findings.add(withoutFile(plan, row)));
        return new Survey(evidence, findings, true);
    }

    private static Map<String, Pushed> read(Connection connection) throws SQLException, CouldNotRunException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there =
                    statement.executeQuery("SELECT pg_catalog.to_regclass('" + TABLE + "') IS NOT NULL")) {
                if (!there.next() || !there.getBoolean(1)) {
                    throw new CouldNotRunException(
                            "Nothing tells which of these files the database has: the folder has no trackpay.yaml that says what"
                                    + " they provide, and the database has no " + TABLE
                                    + ", which supabase db push would have written. Write a trackpay.yaml, or apply the files with apply.");
                }
            }
            Map<String, Pushed> rows = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery(SqlResource.PUSHED.text())) {
                while (row.next()) {
                    String version = row.getString("version");
                    rows.put(
                            version,
                            new Pushed(
                                    version,
                                    Optional.ofNullable(row.getString("name")),
                                    Optional.ofNullable(row.getString("statements"))));
                }
            }
            return rows;
        }
    }

    private static Evidence there(Pushed row) {
        return new Evidence(
                Evidence.Standing.THERE,
                "pushed by the Supabase CLI as " + row.version()
                        + row.name().map(name -> " " + name).orElse(""),
                List.of());
    }

    private static Evidence pending(Step step) {
        return new Evidence(Evidence.Standing.LACKING, "not in " + TABLE, List.of(notPushed(step)));
    }

    private static Finding notPushed(Step step) {
        return new Finding(
                        "not-pushed",
                        Severity.ERROR,
                        "file " + step.name(),
                        "version " + step.id() + " is not in " + TABLE + ": the database does not have this migration,"
                                + " and nothing behind it was recorded",
                        "let apply run it; if later migrations were pushed without it, give it a later version first")
                .from(step);
    }

    /** Whether the file says something else than what was pushed; comments, spacing and semicolons do not count. */
    private static boolean differs(Step step, Pushed row) throws CouldNotRunException {
        String text = StepText.read(step.file()).text();
        return row.statements()
                .filter(statements -> !Words.of(statements).equals(Words.of(text)))
                .isPresent();
    }

    private static Finding changed(Step step) {
        return new Finding(
                        "changed-after-apply",
                        Severity.WARNING,
                        "file " + step.name(),
                        "the file says something else than what the Supabase CLI pushed as " + step.id()
                                + ": the database may not have what the file says",
                        "put the text back as it was pushed (it is in " + TABLE
                                + "), and bring the change in a migration of its own")
                .from(step);
    }

    private static Finding withoutFile(Plan plan, Pushed row) {
        return new Finding(
                "missing-file",
                Severity.ERROR,
                "migration " + row.version(),
                "the Supabase CLI pushed version " + row.version()
                        + row.name().map(name -> " (" + name + ")").orElse("") + " to this database, and "
                        + plan.directory() + " has no such file: the folder does not tell what the database holds",
                "fetch it with supabase migration fetch, or take it from the branch that has it");
    }
}
