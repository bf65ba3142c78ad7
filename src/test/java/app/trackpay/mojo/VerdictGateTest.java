package app.trackpay.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Outcome;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.report.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first release to a live database: proved with rows inside the transaction, and none of them stays. */
final class VerdictGateTest implements Output {

    private static final String ANN = "a0000000-0000-4000-8000-00000000000a";
    private static final String BOB = "a0000000-0000-4000-8000-00000000000b";
    private static final String MINE = "(SELECT auth.uid()) = owner";

    @TempDir
    Path folder;

    private TestPostgres.Database database;
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void make() {
        database = TestPostgres.fresh();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void error(String line) {}

    @Override
    public void debug(String line) {}

    private Outcome release(boolean dryRun) throws CouldNotRunException {
        Plan plan = PlanReader.read(folder);
        gate = new VerdictGate(plan, dryRun, false, Severity.ERROR, this);
        Login login = new Login(
                database.migrations().user(), Optional.of(database.migrations().password()), "the test");
        String url =
                "jdbc:postgresql://127.0.0.1:" + database.postgres().server().port() + "/" + database.name();
        try (LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(url + "?sslmode=disable"), login)) {
            return new Applier(live, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan, gate);
        }
    }

    private VerdictGate gate;

    private List<String> found() {
        return gate.answer().judgement().findings().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .map(Finding::key)
                .toList();
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** One table whose rows are their owners', with a number that the server gives out. */
    private void notes(String policy, String more) throws Exception {
        Files.writeString(
                folder.resolve("notes.sql"),
                "CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner uuid NOT NULL REFERENCES auth.users);\n"
                        + "CREATE INDEX ON notes (owner);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n"
                        + "GRANT SELECT ON notes TO authenticated;\n"
                        + "CREATE POLICY mine ON notes FOR SELECT TO authenticated USING (" + policy + ");\n" + more);
        Files.writeString(
                folder.resolve("rows.sql"),
                "INSERT INTO auth.users (id, email) VALUES ('" + ANN + "', 'ann@example.org'), ('" + BOB
                        + "', 'bob@example.org');\nINSERT INTO notes (owner) SELECT id FROM auth.users WHERE email LIKE '___@example.org';\n");
        Files.writeString(folder.resolve("trackpay.yaml"), """
                version: 1
                fixtures: rows.sql
                steps:
                  - { id: "1", file: notes.sql, provides: { tables: { notes: [id, owner] } } }
                identity: { auth: [auth.users.id] }
                personas:
                  ann: { role: authenticated, sub: "%s" }
                  bob: { role: authenticated, sub: "%s" }
                  anon: { role: anon }
                access:
                  notes:
                    ann: { select: "owner = :auth" }
                    bob: { select: "owner = :auth" }
                """.formatted(ANN, BOB));
    }

    @ParameterizedTest
    @EnumSource(GrantEra.class)
    void everyPersonaTriesEverythingBeforeTheFirstCommit(GrantEra era) throws Exception {
        database.close();
        database = TestPostgres.of(15, era).database();
        ReferenceSet.write(folder);

        assertThat(release(false)).isInstanceOf(Outcome.Applied.class);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("the plan's tables held no row before: the fixtures are loaded"))
                .anyMatch(line -> line.matches(".*trackpay_payments +\\| delete .*"))
                .anyMatch(line -> line.matches("\\d{4} statements tried, all of them taken back"));
        assertThat(warnings).isEmpty();
        assertThat(found()).isEmpty();
        assertThat(ask("SELECT (SELECT count(*) FROM auth.users) + (SELECT count(*) FROM trackpay_users)"))
                .isEqualTo("0");
    }

    @Test
    void whatOnlyThePersonasCanShowIsNotCommitted() throws Exception {
        notes("owner IS NOT NULL AND auth.uid() IS NOT NULL", "");

        assertThat(release(false)).isInstanceOf(Outcome.TakenBack.class);
        assertThat(found())
                .contains("rows-leaked|table public.notes for ann", "rows-leaked|table public.notes for bob");
        assertThat(ask("SELECT to_regclass('public.notes')")).isEqualTo("null");
        assertThat(ask("SELECT to_regnamespace('trackpay_history')")).isEqualTo("null");
    }

    @Test
    void aSequenceStartsWhereThePlanLeftIt() throws Exception {
        notes(MINE, "CREATE SEQUENCE bills START 100; SELECT nextval('bills');\n");
        Files.writeString(
                folder.resolve("rows.sql"), Files.readString(folder.resolve("rows.sql")) + "SELECT nextval('bills');");

        assertThat(release(false)).isInstanceOf(Outcome.Applied.class);
        assertThat(found()).isEmpty();
        assertThat(ask("SELECT nextval('notes_id_seq') || ' ' || nextval('bills')"))
                .isEqualTo("1 101");
    }

    @Test
    void aDryRunTriesTheSameAndLeavesNothing() throws Exception {
        notes(MINE, "");

        assertThat(release(true)).isInstanceOf(Outcome.TakenBack.class);
        assertThat(found()).containsExactly("blocks-writes|table auth.users in step 1");
        assertThat(lines).anyMatch(line -> line.matches(".*public.notes +\\| select +\\| own +\\| own +\\| none.*"));
        assertThat(ask("SELECT count(*) FROM pg_class WHERE relname ~ '^notes'"))
                .isEqualTo("0");
    }

    @Test
    void rowsThatThePlanItselfBringsAreNoReasonNotToTry() throws Exception {
        notes(
                MINE,
                "INSERT INTO auth.users (id, email) VALUES ('a0000000-0000-4000-8000-00000000000c', 'c@example.org');\n"
                        + "INSERT INTO notes (owner) VALUES ('a0000000-0000-4000-8000-00000000000c');\n");

        assertThat(release(false)).isInstanceOf(Outcome.Applied.class);
        assertThat(lines).anyMatch(line -> line.matches(".*public.notes +\\| select +\\| own .*"));
        assertThat(ask("SELECT string_agg(id::text, ' ') || ' ' || nextval('notes_id_seq') FROM notes"))
                .isEqualTo("1 2");
    }

    @Test
    void wherePeopleAreAlreadyTheirRowsAreOnlyRead() throws Exception {
        notes(MINE, "");
        release(false);
        database.run("INSERT INTO auth.users (id, email) VALUES ('" + BOB
                + "', 'bob@example.org'); INSERT INTO notes (owner) VALUES ('" + BOB + "')");
        Files.writeString(folder.resolve("more.sql"), "ALTER TABLE notes ADD text text;");
        Files.writeString(
                folder.resolve("trackpay.yaml"),
                Files.readString(folder.resolve("trackpay.yaml"))
                        .replace("identity:", "  - { id: \"2\", file: more.sql }\nidentity:"));
        lines.clear();

        assertThat(release(false)).isInstanceOf(Outcome.Applied.class);
        assertThat(lines)
                .anyMatch(line -> line.contains("without fixtures, because there were rows before (public.notes)"))
                .anyMatch(line -> line.contains(BOB))
                .noneMatch(line -> line.contains("| ann"));
    }

    @Test
    void aTableThatThePlanDoesNotSpeakOfIsReadAsItIs() throws Exception {
        database.run("CREATE TABLE waiting_list (email text); INSERT INTO waiting_list VALUES ('a@example.org')");
        notes(MINE, "");

        assertThat(release(false)).isInstanceOf(Outcome.Applied.class);
        assertThat(lines)
                .anyMatch(line -> line.matches(".*public.notes +\\| select +\\| own +\\| own +\\| none.*"))
                .anyMatch(line -> line.matches(".*public.waiting_list +\\| select .*"))
                .noneMatch(line -> line.matches(".*public.waiting_list +\\| delete .*"));
        assertThat(warnings).anyMatch(line -> line.startsWith("rows were in public.waiting_list before"));
        assertThat(ask("SELECT count(*) FROM waiting_list")).isEqualTo("1");
    }

    @Test
    void whatIsOpenThereIsFoundThere() throws Exception {
        database.run("CREATE TABLE waiting_list (email text); INSERT INTO waiting_list VALUES ('a@example.org');"
                + " GRANT SELECT ON waiting_list TO anon");
        notes(MINE, "");

        assertThat(release(false)).isInstanceOf(Outcome.TakenBack.class);
        assertThat(found()).contains("rows-leaked|table public.waiting_list for anon");
    }

    @Test
    void fixturesThatCannotBeLoadedAreNoPass() throws Exception {
        notes(MINE, "");
        database.run("INSERT INTO auth.users (id, email) VALUES ('" + ANN + "', 'somebody@example.org')");

        assertThatThrownBy(() -> release(false))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("rows.sql")
                .hasMessageContaining("users_pkey")
                .hasMessageContaining("Key (id)=(" + ANN + ") already exists.")
                .hasMessageContaining("ids and addresses that nobody else has")
                .hasMessageContaining("Nothing was committed.");
        assertThat(ask("SELECT to_regclass('public.notes')")).isEqualTo("null");
    }

    @Test
    void aLoginThatMayNotWriteThereIsToldSo() throws Exception {
        notes(MINE, "");
        Files.writeString(folder.resolve("rows.sql"), "\n\nINSERT INTO pg_catalog.pg_authid (rolname) VALUES ('x');");

        assertThatThrownBy(() -> release(false))
                .hasMessageStartingWith("rows.sql")
                .hasMessageContaining(
                        "permission denied for table pg_authid (SQLSTATE 42501). The login may not do this");
    }
}
