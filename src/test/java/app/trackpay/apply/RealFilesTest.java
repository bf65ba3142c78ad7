package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people and pg_dump write them. */
class RealFilesTest {

    private static final Path PG_DUMP = Path.of("/usr/lib/postgresql/15/bin/pg_dump");

    @TempDir
    private Path path;

    @ParameterizedTest
    @EnumSource(GrantEra.class)
    void theReferenceSetApplies(GrantEra era) throws Exception {
        Plan plan = PlanReader.read(Path.of("src/main/resources/app/trackpay/reference"));
        try (TestPostgres.Database database = TestPostgres.of(17, era).database()) {
            Folder folder = new Folder(path, database);
            Applier applier = folder.applier(ApplyOptions.standard("test"));
            Outcome outcome = applier.apply(plan);
            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            assertThat(((Outcome.Applied) outcome).line()).isEqualTo("Applied 10 steps.");
            assertThat(folder.progress).hasSize(21);
            assertThat(folder.progress.get(2))
                    .matches("\\[3/10] 20251015_fix_fk_SAFE_SEQUENTIAL\\.sql  section 1/12 \\S.*  \\d+ ms");
            ResultTable manifest = folder.tables.get(folder.tables.size() - 1);
            assertThat(manifest.columns()).contains("category", "status");
            assertThat(manifest.rows())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get(manifest.columns().indexOf("status")))
                            .contains("OK"));
            assertThat(((Outcome.Applied) applier.apply(plan)).ran()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void aDumpRunsAsItComesAndTheNextFileFindsItsTables(int major) throws Exception {
        try (TestPostgres.Database database =
                TestPostgres.of(major, GrantEra.NEW).database()) {
            Folder folder = new Folder(path, database)
                    .step("1", "dump.sql", of(major, sample()))
                    .step("2", "next.sql", "INSERT INTO session (note) VALUES (NULL);");
            folder.applied();
            assertThat(folder.ask("SELECT note FROM public.session ORDER BY id"))
                    .containsExactly("tab\there", "back\\slash", "\\.", "\u00e4\uD83D\uDE00", "a;b $$ 'c'");
            assertThat(folder.ask("SELECT public.total(1)::text"))
                    .singleElement()
                    .isNotEqualTo("1");
        }
    }

    /** As the pg_dump of a later release writes what this one does. */
    private static String of(int major, String sample) {
        String known = major < 17
                ? sample
                : sample.replace("SET client_encoding", "SET transaction_timeout = 0;\nSET client_encoding");
        return known.replaceAll("version 15\\.18 \\(.*\\)", "version " + major + ".0");
    }

    @Test
    void aDumpOfTheNewestReleaseRuns() throws Exception {
        try (TestPostgres.Database database = TestPostgres.of(18, GrantEra.NEW).database()) {
            Folder folder = new Folder(path, database).step("1", "dump.sql", resource("pg_dump-18.sql"));
            folder.applied();
            assertThat(folder.ask("SELECT owner || ' ' || shout FROM public.account ORDER BY id"))
                    .containsExactly("a;b A;B", "\\. \\.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15})
    void whatPgDumpWritesMakesTheSameDatabase(int major) throws Exception {
        assumeTrue(Files.isExecutable(PG_DUMP), PG_DUMP + " is not installed");
        TestPostgres server = TestPostgres.of(major, GrantEra.NEW);
        try (TestPostgres.Database one = server.database();
                TestPostgres.Database other = server.database()) {
            new Folder(path, one)
                    .step("1", "a.sql", "CREATE SCHEMA shop;")
                    .step("2", "b.sql", sample().replace("public.", "shop."))
                    .applied();
            String dump = dump(one);
            assertThat(dump).contains("\\restrict ", "COPY shop.session", "BEGIN ATOMIC");
            new Folder(path, other).step("1", "dump.sql", dump).applied();
            assertThat(withoutToken(dump(other))).isEqualTo(withoutToken(dump));
        }
    }

    private static String dump(TestPostgres.Database database) throws Exception {
        URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        ProcessBuilder builder = new ProcessBuilder(
                PG_DUMP.toString(),
                "-h",
                address.getHost(),
                "-p",
                String.valueOf(address.getPort()),
                "-U",
                database.migrations().user(),
                "-n",
                "shop",
                database.name());
        builder.environment().put("PGPASSWORD", database.migrations().password().value());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return text;
    }

    private static String withoutToken(String dump) {
        return dump.lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }

    private static String sample() throws Exception {
        return resource("pg_dump.sql");
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = Optional.ofNullable(RealFilesTest.class.getResourceAsStream(name))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
