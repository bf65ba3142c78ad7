package app.trackpay.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.Password;
import app.trackpay.database.TestPostgres;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real exports of a staging database, by the pg_dump of this machine, and what becomes of them elsewhere. */
final class SchemaExportTest {

    private static final String STAGING = """
            CREATE TYPE public.kind AS ENUM ('hour', 'day');
            CREATE DOMAIN public.money_amount AS numeric(10,2) CHECK (VALUE >= 0);
            CREATE TYPE public.unused AS ENUM ('x');
            CREATE SEQUENCE public.shared_numbers;
            CREATE FUNCTION public.code_length() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 8';
            CREATE FUNCTION public.new_code() RETURNS text LANGUAGE plpgsql AS
                'BEGIN RETURN pg_catalog.left(pg_catalog.md5(pg_catalog.random()::text), public.code_length()); END';
            CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.updated_at := pg_catalog.now(); RETURN NEW; END';
            CREATE FUNCTION public.nobody_asks() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            CREATE TABLE public.app_users (
                id bigserial PRIMARY KEY,
                number bigint DEFAULT nextval('public.shared_numbers'),
                login uuid REFERENCES auth.users,
                code text DEFAULT public.new_code(),
                updated_at timestamptz);
            CREATE TABLE public.app_work (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                by bigint NOT NULL REFERENCES public.app_users ON DELETE RESTRICT,
                kind public.kind NOT NULL DEFAULT 'hour',
                kinds public.kind[],
                amount public.money_amount CHECK (amount < 1000));
            CREATE TABLE public.other (id int);
            CREATE INDEX ON public.app_work (by) WHERE kind = 'day';
            CREATE TRIGGER touch BEFORE UPDATE ON public.app_users FOR EACH ROW EXECUTE FUNCTION public.touch();
            COMMENT ON TABLE public.app_users IS 'who';
            COMMENT ON COLUMN public.app_work.kind IS 'how';
            COMMENT ON FUNCTION public.touch() IS 'now';
            ALTER TABLE public.app_work ENABLE ROW LEVEL SECURITY;
            CREATE POLICY everybody ON public.app_work USING (true);
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPgDump() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/pg_dump")), "pg_dump is not installed");
    }

    private Plan plan(String provides) throws Exception {
        Files.writeString(
                folder.resolve(PlanReader.FILE),
                "version: 1\nsteps:\n  - id: \"1\"\n    file: tables.sql\n    provides: { tables: { app_users: [id], app_work: [id] } }\n"
                        + provides);
        return PlanReader.read(folder);
    }

    private static LiveDatabase live(TestPostgres.Database database) throws Exception {
        return LiveDatabase.open(
                DatabaseUrl.parse(database.jdbcUrl()),
                new Login(
                        database.migrations().user(),
                        Optional.of(database.migrations().password()),
                        "the test"));
    }

    private SchemaExport export(TestPostgres.Database database, Plan plan) throws Exception {
        return SchemaExport.of(live(database), plan, SchemaExport.step(plan, ""), "pg_dump", folder.resolve("target"));
    }

    private static Catalog catalog(TestPostgres.Database database) throws Exception {
        return CatalogReader.read(live(database), CatalogScope.USER_SCHEMAS);
    }

    private static void run(TestPostgres.Database database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                        database.jdbcUrl() + "?preferQueryMode=simple",
                        database.migrations().user(),
                        database.migrations().password().value());
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** What is in the schema public, except the table that was not asked for. */
    private static List<String> ours(List<?> objects) {
        return objects.stream()
                .map(Object::toString)
                .filter(text -> text.contains("=public.app_"))
                .toList();
    }

    private static TestPostgres.Database database() {
        return TestPostgres.of(15, GrantEra.NEW).database();
    }

    @Test
    void whatTheTablesNeedComesAlongAndNothingElse() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            SchemaExport export = export(
                    staging,
                    plan("  - id: \"2\"\n    file: p.sql\n    provides: { policies: { app_work: [mine] } }\n"));

            assertThat(export.tables())
                    .extracting(QualifiedName::toString)
                    .containsExactly("public.app_users", "public.app_work");
            assertThat(export.added())
                    .containsExactly(
                            "function public.code_length()",
                            "function public.new_code()",
                            "function public.touch()",
                            "type public.kind",
                            "type public.money_amount",
                            "sequence public.app_users_id_seq",
                            "sequence public.app_work_id_seq",
                            "sequence public.shared_numbers");
            assertThat(export.policiesLeft()).isEqualTo(1);
            assertThat(export.sql())
                    .doesNotContain("nobody_asks", "unused", "public.other", "everybody", "\\restrict", "OWNER TO")
                    .contains(
                            "COMMENT ON TABLE public.app_users",
                            "COMMENT ON COLUMN public.app_work.kind",
                            "COMMENT ON FUNCTION public.touch()");

            run(production, export.sql());
            Catalog there = catalog(staging);
            Catalog here = catalog(production);
            assertThat(ours(here.relations())).hasSize(2).isEqualTo(ours(there.relations()));
            assertThat(ours(here.constraints())).isNotEmpty().isEqualTo(ours(there.constraints()));
            assertThat(ours(here.indexes())).isNotEmpty().isEqualTo(ours(there.indexes()));
            assertThat(ours(here.triggers())).isNotEmpty().isEqualTo(ours(there.triggers()));
            assertThat(here.policies()).isEmpty();
            assertThat(here.relation(new QualifiedName("public", "app_work")).map(Relation::rowSecurity))
                    .contains(true);
            run(production, "INSERT INTO public.app_users DEFAULT VALUES; UPDATE public.app_users SET login = NULL");
        }
    }

    @Test
    void partitionsStayPartitionsAndTheirIndexesPartsOfTheirs() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, """
                    CREATE TABLE public.app_users (id bigint PRIMARY KEY, at date) PARTITION BY RANGE (id);
                    CREATE TABLE public.app_work (id int);
                    CREATE TABLE public.app_users_1 PARTITION OF public.app_users FOR VALUES FROM (0) TO (10);
                    CREATE TABLE public."app_users Rest" PARTITION OF public.app_users DEFAULT;
                    CREATE INDEX app_users_at ON public.app_users (at);
                    CREATE TABLE public.other (id bigint) PARTITION BY RANGE (id);
                    CREATE TABLE public.other_1 PARTITION OF public.other FOR VALUES FROM (0) TO (10);
                    """);
            SchemaExport export = export(staging, plan(""));
            assertThat(export.sql()).doesNotContain("other");
            run(production, export.sql());

            assertThat(partitions(production))
                    .hasSize(6)
                    .contains("app_users_1 of app_users FOR VALUES FROM ('0') TO ('10')")
                    .isEqualTo(partitions(staging).stream()
                            .filter(line -> line.contains("app_"))
                            .toList());
            proved(export, staging, production);

            run(production, "ALTER TABLE public.app_users DETACH PARTITION public.app_users_1");
            assertThatThrownBy(() -> proved(export, staging, production))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("~ table public.app_users_1 (partition bound, partition of)")
                    .hasMessageContaining("draft.sql and put it where the plan has tables.sql");
        }
    }

    private void proved(SchemaExport export, TestPostgres.Database staging, TestPostgres.Database production)
            throws Exception {
        Plan plan = PlanReader.read(folder);
        new Proof(export)
                .require(
                        Manifest.of(catalog(staging), plan),
                        Manifest.of(catalog(production), plan),
                        folder.resolve("draft.sql"));
    }

    @Test
    void whatTheFileMakesIsHeldAgainstTheDatabaseInEveryAttribute() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            run(staging, """
                    CREATE FUNCTION public.limit_of(a integer, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
                    ALTER TABLE public.app_work ADD CONSTRAINT limited CHECK (public.limit_of(1, 'a')) NOT VALID;
                    ALTER TABLE public.app_work ADD twice numeric GENERATED ALWAYS AS (amount * 2) STORED, ADD "order" text COLLATE "C";
                    ALTER TABLE public.app_users DISABLE TRIGGER touch;
                    ALTER TABLE public.app_users REPLICA IDENTITY FULL;
                    ALTER TABLE public.other SET (fillfactor = 70);
                    GRANT SELECT ON public.app_work TO authenticated;
                    """);
            SchemaExport export = export(staging, plan(""));
            run(production, export.sql());
            proved(export, staging, production);
            // what is not the export's own business
            run(production, "CREATE TABLE public.mine (id int)");
            proved(export, staging, production);

            for (String change : List.of(
                    "~ column public.app_work.kind (default)|ALTER TABLE public.app_work ALTER kind DROP DEFAULT",
                    "~ constraint public.app_work.limited (validated)|ALTER TABLE public.app_work VALIDATE CONSTRAINT limited",
                    "- policy public.app_work.everybody|DROP POLICY everybody ON public.app_work",
                    "~ trigger public.app_users.touch (enabled)|ALTER TABLE public.app_users ENABLE TRIGGER touch",
                    "- index public.app_work_by_idx|DROP INDEX public.app_work_by_idx",
                    "~ type public.kind (labels)|ALTER TYPE public.kind ADD VALUE 'week'",
                    "~ function public.limit_of(integer, text) (volatility)|ALTER FUNCTION public.limit_of(integer, text) STABLE",
                    "~ sequence public.shared_numbers (increment)|ALTER SEQUENCE public.shared_numbers INCREMENT 2")) {
                run(production, change.substring(change.indexOf('|') + 1));
                assertThatThrownBy(() -> proved(export, staging, production))
                        .hasMessageContaining(change.substring(0, change.indexOf('|')));
            }
        }
    }

    @Test
    void whoMayCallAFunctionComesAlongAndWhoMayReadATableDoesNot() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            run(staging, """
                    REVOKE EXECUTE ON FUNCTION public.new_code() FROM PUBLIC;
                    GRANT EXECUTE ON FUNCTION public.new_code() TO service_role;
                    GRANT SELECT ON public.app_work TO authenticated;
                    GRANT UPDATE (code) ON public.app_users TO authenticated;
                    GRANT USAGE ON SEQUENCE public.shared_numbers TO authenticated;
                    COMMENT ON FUNCTION public.new_code() IS 'a';
                    """);
            SchemaExport export = export(staging, plan(""));
            run(production, export.sql());

            assertThat(export.sql())
                    .contains(
                            "REVOKE ALL ON FUNCTION public.new_code() FROM PUBLIC",
                            "FUNCTION public.new_code() TO service_role")
                    .doesNotContain("authenticated");
            assertThat(export.lines()).anyMatch(line -> line.startsWith("privileges of the tables were left out"));
            proved(export, staging, production);
            run(production, "GRANT EXECUTE ON FUNCTION public.new_code() TO PUBLIC");
            assertThatThrownBy(() -> proved(export, staging, production))
                    .hasMessageContaining("~ function public.new_code() (privileges of PUBLIC), access widened");
        }
    }

    @Test
    void anArchiveOfAnEarlierRunIsNotTakenForThisOnes() throws Exception {
        try (TestPostgres.Database staging = database()) {
            run(staging, STAGING);
            Plan plan = plan("");
            assertThat(export(staging, plan).lines()).noneMatch(line -> line.contains("privileges"));
            assertThatThrownBy(() -> SchemaExport.of(
                            live(staging), plan, SchemaExport.step(plan, ""), "/bin/true", folder.resolve("target")))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("/bin/true wrote no archive");
        }
    }

    /** Tables and indexes that are a part of another. */
    private static List<String> partitions(TestPostgres.Database database) throws Exception {
        try (var connection = database.asSuperuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT c.relname || ' of ' || p.relname || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')"
                                + " FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid JOIN pg_class p ON p.oid = inhparent"
                                + " WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1")) {
            List<String> lines = new ArrayList<>();
            while (row.next()) {
                lines.add(row.getString(1));
            }
            return lines;
        }
    }

    @Test
    void whatIsSaidAboutThePartsOfATableComesAlong() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            run(staging, """
                    CREATE FUNCTION public.limit_of(a integer, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
                    ALTER TABLE public.app_work ADD CONSTRAINT limited CHECK (public.limit_of(1, 'a'));
                    CREATE RULE quiet AS ON DELETE TO public.other DO INSTEAD NOTHING;
                    COMMENT ON FUNCTION public.limit_of(integer, text) IS 'said 1';
                    COMMENT ON DOMAIN public.money_amount IS 'said 2';
                    COMMENT ON CONSTRAINT money_amount_check ON DOMAIN public.money_amount IS 'said 3';
                    COMMENT ON CONSTRAINT limited ON public.app_work IS 'said 4';
                    COMMENT ON TRIGGER touch ON public.app_users IS 'said 5';
                    COMMENT ON INDEX public.app_work_by_idx IS 'said 6';
                    COMMENT ON SEQUENCE public.shared_numbers IS 'said 7';
                    COMMENT ON RULE quiet ON public.other IS 'not ours';
                    COMMENT ON POLICY everybody ON public.app_work IS 'not ours';
                    COMMENT ON TYPE public.unused IS 'not ours';
                    """);
            SchemaExport export = export(
                    staging,
                    plan("  - id: \"2\"\n    file: p.sql\n    provides: { policies: { app_work: [mine] } }\n"));

            assertThat(export.sql())
                    .contains("'said 1'", "'said 2'", "'said 3'", "'said 4'", "'said 5'", "'said 6'", "'said 7'")
                    .doesNotContain("not ours");
            run(production, export.sql());
            assertThat(export(staging, plan("")).sql()).contains("COMMENT ON POLICY everybody");
        }
    }

    @Test
    void namesThatNeedQuotesAreFound() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, """
                    CREATE TABLE public."App Users" (id bigint GENERATED ALWAYS AS IDENTITY);
                    COMMENT ON TABLE public."App Users" IS 'said';
                    CREATE POLICY everybody ON public."App Users" USING (true);
                    """);
            Files.writeString(
                    folder.resolve(PlanReader.FILE),
                    "version: 1\nsteps:\n  - { id: \"1\", file: t.sql, provides: { tables: { '\"App Users\"': [id] } } }\n");
            SchemaExport export = export(staging, PlanReader.read(folder));

            assertThat(export.absent()).isEmpty();
            assertThat(export.sql()).contains("'said'", "CREATE POLICY everybody");
            run(production, export.sql());
        }
    }

    @Test
    void thePlansOwnCommandWouldHaveFailed() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            LiveDatabase live = live(staging);
            ProcessBuilder dump =
                    new ProcessBuilder("pg_dump", "-t", "public.app_*", "--schema-only", "--no-owner", "--no-acl");
            dump.environment().putAll(live.clientEnvironment());
            String text = new String(dump.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text).contains("CREATE TABLE public.app_users");
            assertThatThrownBy(() -> run(production, text.replaceAll("(?m)^\\\\.*$", "")))
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void policiesComeAlongWhereThePlanMakesNone() throws Exception {
        try (TestPostgres.Database staging = database();
                TestPostgres.Database production = database()) {
            run(staging, STAGING);
            SchemaExport export = export(staging, plan(""));
            run(production, export.sql());

            assertThat(export.policiesLeft()).isZero();
            assertThat(catalog(production).policies()).extracting(Policy::name).containsExactly("everybody");
        }
    }

    @Test
    void aTableThatIsNotThereIsNamed() throws Exception {
        try (TestPostgres.Database staging = database()) {
            run(staging, "CREATE TABLE public.app_users (id int)");
            SchemaExport export = export(staging, plan(""));

            assertThat(export.absent()).containsExactly(new QualifiedName("public", "app_work"));
        }
        try (TestPostgres.Database empty = database()) {
            assertThatThrownBy(() -> export(empty, plan("")))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("none of the tables that step 1 provides");
        }
    }

    @Test
    void aProgramThatIsNotThereOrTooOldIsToldInOneLine() throws Exception {
        try (TestPostgres.Database staging = TestPostgres.of(17, GrantEra.NEW).database()) {
            run(staging, STAGING);
            Plan plan = plan("");
            assertThatThrownBy(() -> SchemaExport.of(
                            live(staging), plan, SchemaExport.step(plan, ""), "no_pg_dump_here", folder.resolve("t")))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("-Dtrackpay.pgDump");
            assumeTrue(version().startsWith("15"), "pg_dump is not of 15");
            assertThatThrownBy(() -> export(staging, plan))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("server version mismatch")
                    .hasMessageContaining("client programs of the server's version");
        }
    }

    private static String version() throws Exception {
        return new String(
                        new ProcessBuilder("pg_dump", "--version")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .replaceFirst(".*\\) ", "");
    }

    @Test
    void aLoginThatMayNotReadTheTablesIsToldWhoMay() throws Exception {
        try (TestPostgres.Database staging = database()) {
            run(staging, STAGING);
            run(staging, "CREATE ROLE export_lowly LOGIN PASSWORD 'for-this-test'");
            try {
                Plan plan = plan("");
                LiveDatabase lowly = LiveDatabase.open(
                        DatabaseUrl.parse(staging.jdbcUrl()),
                        new Login("export_lowly", Optional.of(new Password("for-this-test")), "the test"));
                assertThatThrownBy(() -> SchemaExport.of(
                                lowly, plan, SchemaExport.step(plan, ""), "pg_dump", folder.resolve("t")))
                        .isInstanceOf(CouldNotRunException.class)
                        .hasMessageContaining("permission denied for table")
                        .hasMessageContaining("log in as their owner")
                        .message()
                        .doesNotContain("for-this-test");
                lowly.close();
            } finally {
                run(staging, "DROP ROLE export_lowly");
            }
        }
    }

    @Test
    void anotherFileIsNotOverwrittenUnlessAsked() throws Exception {
        Path file = folder.resolve("tables.sql");

        assertThat(ExportFile.place("SELECT 1;\n", file, false)).startsWith("wrote ");
        assertThat(ExportFile.place("SELECT 1;\n", file, false)).contains("up to date");
        assertThatThrownBy(() -> ExportFile.place("SELECT 2;\n", file, false))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("-Dtrackpay.overwrite=true");
        assertThat(Files.readString(file)).isEqualTo("SELECT 1;\n");
        assertThat(ExportFile.place("SELECT 2;\n", file, true)).startsWith("wrote ");
    }

    @Test
    void theStepIsTheFirstThatProvidesTablesOrTheOneNamed() throws Exception {
        Plan plan = plan("  - id: \"2\"\n    file: more.sql\n    provides: { tables: { app_more: [id] } }\n");

        assertThat(SchemaExport.step(plan, "").id()).isEqualTo("1");
        assertThat(SchemaExport.step(plan, "2").id()).isEqualTo("2");
        assertThatThrownBy(() -> SchemaExport.step(plan, "9"))
                .hasMessageContaining("no step 9")
                .hasMessageContaining("1, 2");
    }
}
