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
import java.util.stream.Stream;
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

    /** The table's columns, its row level security on, and its policies after {@code CREATE POLICY}. */
    private static String[] table(String name, String columns, String... policies) {
        return Stream.concat(
                        Stream.of(
                                "CREATE TABLE public." + name + " (" + columns + ")",
                                "ALTER TABLE public." + name + " ENABLE ROW LEVEL SECURITY",
                                "GRANT ALL ON public." + name + " TO anon, authenticated"),
                        Stream.of(policies).map(policy -> "CREATE POLICY " + policy))
                .toArray(String[]::new);
    }

    private static String[] and(String[]... statements) {
        return Stream.of(statements).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String[] messages(String delete) {
        return table(
                "direct_messages",
                "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, recipient_id uuid NOT NULL REFERENCES auth.users,"
                        + " sender_id uuid NOT NULL REFERENCES auth.users, body text",
                "s ON public.direct_messages FOR SELECT TO authenticated USING ((SELECT auth.uid()) IN (recipient_id, sender_id))",
                "i ON public.direct_messages FOR INSERT TO authenticated WITH CHECK (sender_id = (SELECT auth.uid()))",
                "d ON public.direct_messages FOR DELETE TO authenticated USING (" + delete + ")");
    }

    @Test
    void aRowOfTwoPeopleIsForBothOfThem() throws Exception {
        assertThat(look(messages("sender_id = (SELECT auth.uid())")).findings())
                .extracting(Finding::message)
                .isEmpty();

        Observation seen = look(messages("true"));
        assertThat(keys(seen))
                .containsExactlyInAnyOrder(
                        "write-allowed|table public.direct_messages for a user, delete",
                        "write-allowed|table public.direct_messages for another user, delete");
        assertThat(seen.findings()).allSatisfy(f -> {
            assertThat(f.severity()).isEqualTo(Severity.ERROR);
            assertThat(f.message()).contains("that do not belong to that user (recipient_id = auth.uid() OR");
            assertThat(f.message() + f.fix()).doesNotContain("the plan", "fixtures");
        });
    }

    private static String[] members(String update) {
        String mine = "org_id IN (SELECT o.id FROM public.orgs AS o WHERE o.owner_id = (SELECT auth.uid()))";
        return and(
                table(
                        "orgs",
                        "id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users",
                        "own ON public.orgs TO authenticated USING (owner_id = (SELECT auth.uid()))"),
                table(
                        "org_members",
                        "org_id uuid NOT NULL REFERENCES public.orgs, user_id uuid NOT NULL REFERENCES auth.users,"
                                + " PRIMARY KEY (org_id, user_id)",
                        "s ON public.org_members FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()) OR "
                                + mine + ")",
                        "u ON public.org_members FOR UPDATE TO authenticated USING ("
                                + (update.isEmpty() ? mine : update) + ")"));
    }

    @Test
    void whoeverOwnsTheGroupMayChangeItsMembers() throws Exception {
        assertThat(look(members("")).findings())
                .allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));

        assertThat(look(members("true")).findings())
                .filteredOn(f -> f.severity() == Severity.ERROR)
                .extracting(Finding::key)
                .contains("write-allowed|table public.org_members for another user, update");
    }

    private static String[] drafts(String owner, String update) {
        return table(
                "drafts",
                "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " + owner + ", title text",
                "s ON public.drafts FOR SELECT TO authenticated USING (true)",
                "u ON public.drafts FOR UPDATE TO authenticated USING (" + update + ")");
    }

    @Test
    void aKeyThatMayBeNullSaysWhoseARowIsToo() throws Exception {
        String filledIn = "user_id uuid DEFAULT auth.uid() REFERENCES auth.users";
        String own = "user_id = (SELECT auth.uid())";
        assertThat(look(drafts(filledIn, own + " OR title IS NULL")).findings())
                .filteredOn(f -> f.severity() == Severity.ERROR)
                .extracting(Finding::key)
                .contains("write-allowed|table public.drafts for a user, update");
        assertThat(look(drafts(filledIn + ", approved_by uuid REFERENCES auth.users", own))
                        .findings())
                .extracting(Finding::check)
                .containsOnly("rows-leaked");
    }

    @Test
    void aKeyThatMayBeNullAndIsNotFilledInMaySayWhoChangedARowLast() throws Exception {
        Observation wiki = look(drafts("updated_by uuid REFERENCES auth.users", "true"));
        assertThat(keys(wiki)).contains("write-allowed|table public.drafts for a user, update");
        assertThat(wiki.findings()).allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));

        Observation two =
                look(drafts("created_by uuid REFERENCES auth.users, updated_by uuid REFERENCES auth.users", "true"));
        assertThat(two.findings()).isEmpty();
        assertThat(two.notes()).singleElement().asString().contains("NOT NULL", "public.countries, public.drafts");
    }

    private static String[] manyTypes(String select) {
        return and(
                new String[] {
                    "CREATE TYPE public.state AS ENUM ('open', 'closed')",
                    "CREATE DOMAIN public.slug AS varchar(40) CHECK (VALUE ~ '^[a-z0-9-]{3,}$')",
                    "CREATE TYPE public.\"Mixed Case\" AS ENUM ('one')",
                },
                table(
                        "shops",
                        "user_id uuid NOT NULL REFERENCES auth.users, name text NOT NULL UNIQUE, slug public.slug NOT NULL UNIQUE,"
                                + " sort integer NOT NULL UNIQUE, letter character(1) NOT NULL UNIQUE, state public.state NOT NULL,"
                                + " other public.\"Mixed Case\" NOT NULL, every interval NOT NULL, at timestamp(3) NOT NULL UNIQUE",
                        "s ON public.shops FOR SELECT TO authenticated USING (" + select + ")"));
    }

    @Test
    void everyUserHasARowOfTheirOwnInUniqueColumnsAndEveryType() throws Exception {
        Observation closed = look(manyTypes("user_id = (SELECT auth.uid())"));
        assertThat(closed.findings()).isEmpty();
        assertThat(closed.notes()).singleElement().asString().contains("public.countries");

        assertThat(keys(look(manyTypes("true"))))
                .containsExactlyInAnyOrder(
                        "rows-leaked|table public.shops for a user", "rows-leaked|table public.shops for another user");
    }

    private static String[] stamped(String check, String trigger) {
        return and(
                new String[] {
                    "CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + trigger
                            + " RETURN NEW; END $$"
                },
                table(
                        "stamped",
                        "id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES auth.users, body text",
                        "s ON public.stamped FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()))",
                        "i ON public.stamped FOR INSERT TO authenticated WITH CHECK (" + check + ")"),
                new String[] {
                    "CREATE TRIGGER stamp BEFORE INSERT ON public.stamped FOR EACH ROW EXECUTE FUNCTION public.stamp()"
                });
    }

    @Test
    void aTriggerMayWriteDownWhoseARowIs() throws Exception {
        Observation seen = look(stamped("user_id = (SELECT auth.uid())", "NEW.user_id := auth.uid();"));
        assertThat(seen.findings()).extracting(Finding::message).isEmpty();
        assertThat(seen.notes()).singleElement().asString().contains("public.countries");

        assertThat(keys(look(stamped("true", "NEW.body := 'b';"))))
                .contains("write-allowed|table public.stamped for a user, insert");
    }

    @Test
    void whoLacksARowIsTold() throws Exception {
        String columns = "user_id uuid NOT NULL REFERENCES auth.users, code text NOT NULL";
        String policy = "s ON public.codes USING (true)";
        assertThat(look(table("codes", columns + " CHECK (code ~ '^[A-Z]{9}$')", policy))
                        .notes())
                .anySatisfy(note ->
                        assertThat(note).contains("public.codes", "for a user and for another user", "trackpay.yaml"));
        Observation one = look(table("codes", columns + " CHECK (code = 'user1')", policy));
        assertThat(one.notes()).anySatisfy(note -> assertThat(note).contains("no row could be made for another user"));
        assertThat(keys(one)).contains("rows-leaked|table public.codes for another user");
    }
}
