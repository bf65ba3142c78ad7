package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A folder of the Supabase CLI, with no declaration at all. */
final class IsolationTest {

    private static final String NOTES = """
            CREATE TABLE public.notes (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                user_id uuid NOT NULL REFERENCES auth.users (id),
                body text NOT NULL);
            CREATE TABLE public.tags (
                note_id bigint NOT NULL REFERENCES public.notes (id),
                user_id uuid NOT NULL REFERENCES auth.users (id),
                tag varchar(20) NOT NULL,
                PRIMARY KEY (note_id, tag));
            CREATE TABLE public.countries (code text PRIMARY KEY);
            ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
            ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;
            ALTER TABLE public.countries ENABLE ROW LEVEL SECURITY;
            GRANT ALL ON public.notes, public.tags, public.countries TO anon, authenticated;
            CREATE POLICY own ON public.notes TO authenticated USING (user_id = (SELECT auth.uid()));
            CREATE POLICY own ON public.tags TO authenticated USING (user_id = (SELECT auth.uid()));
            """;

    private static Observation look(String... more) throws Exception {
        Path folder = Files.createTempDirectory("migrations");
        Files.writeString(folder.resolve("20260101_notes.sql"), NOTES);
        Plan plan = PlanReader.read(folder);
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            database.run(NOTES);
            for (String sql : more) {
                database.run(sql);
            }
            Login login = new Login(
                    database.migrations().user(),
                    Optional.of(database.migrations().password()),
                    "the test");
            try (LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(database.jdbcUrl()), login);
                    Connection connection = live.connect()) {
                Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
                Observation seen = Probe.isolation(connection, plan, catalog);
                assertThat(CatalogReader.read(connection, CatalogScope.USER_SCHEMAS))
                        .isEqualTo(catalog);
                return seen;
            }
        }
    }

    private static List<String> keys(Observation seen) {
        return seen.findings().stream().map(Finding::key).toList();
    }

    @Test
    void usersWhoSeeTheirOwnRowsAreFine() throws Exception {
        Observation seen = look();

        assertThat(seen.findings()).extracting(Finding::message).isEmpty();
        assertThat(seen.notes()).singleElement().asString().contains("public.countries");
        assertThat(seen.cells())
                .filteredOn(c -> c.persona().name().equals("a user"))
                .allSatisfy(c -> assertThat(c.words()).isEqualTo("own"));
    }

    @Test
    void rowsOfAnotherAreAWarningToReadAndAnErrorToDelete() throws Exception {
        Observation seen = look(
                "CREATE POLICY readable ON public.notes FOR SELECT USING (true)",
                "CREATE POLICY gone ON public.tags FOR DELETE USING (true)");

        assertThat(keys(seen))
                .contains(
                        "rows-leaked|table public.notes for a visitor",
                        "rows-leaked|table public.notes for another user",
                        "write-allowed|table public.tags for a visitor, delete",
                        "write-allowed|table public.tags for a user, delete");
        assertThat(seen.findings())
                .allSatisfy(f -> assertThat(f.severity())
                        .isEqualTo(f.check().equals("rows-leaked") ? Severity.WARNING : Severity.ERROR));
    }

    @Test
    void aTableThatCannotBeQueriedIsFound() throws Exception {
        assertThat(keys(look(
                        "CREATE POLICY loop ON public.countries USING (EXISTS (SELECT FROM public.countries AS c))")))
                .containsExactly("query-fails|table public.countries");
    }
}
