package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.CatalogReader;
import app.trackpay.database.TestPostgres;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The reference set and what it lacks of statements that are hard to interrupt, and what an undisturbed run makes of them. */
final class FaultyRun {

    private static final String STEPS = """
              - id: "9.1"
                file: 900_concurrently.sql
              - id: "9.2"
                file: 910_sections.sql
                sections: true
              - id: "9.3"
                file: 920_last.sql

            financial:
            """;

    private static final String CONCURRENTLY = """
            CREATE TABLE trackpay_big (id int, kind text, note text);
            COPY trackpay_big FROM stdin;
            1\tone\tfirst
            2\ttwo\t\\N
            \\.
            INSERT INTO trackpay_big SELECT g, 'kind ' || g % 7, NULL FROM generate_series(3, 3000) AS g;
            CREATE INDEX CONCURRENTLY trackpay_big_kind ON trackpay_big (kind, lower(note)) WHERE kind <> 'one';
            SET search_path = extensions, public;
            CREATE UNIQUE INDEX CONCURRENTLY ON trackpay_big USING btree (id DESC) INCLUDE (note);
            VACUUM (ANALYZE) trackpay_big;
            REINDEX INDEX CONCURRENTLY trackpay_big_kind;
            CREATE INDEX trackpay_big_gone ON trackpay_big (note);
            DROP INDEX CONCURRENTLY trackpay_big_gone;
            CREATE TABLE public.trackpay_parts (id int) PARTITION BY LIST (id);
            CREATE TABLE public.trackpay_part PARTITION OF trackpay_parts FOR VALUES IN (1);
            ALTER TABLE trackpay_parts DETACH PARTITION trackpay_part CONCURRENTLY;
            INSERT INTO trackpay_part VALUES (1);
            """;

    private static final String SECTIONS = """
            -- SECTION 1: A type
            CREATE TYPE public.trackpay_kind AS ENUM ('a');
            -- SECTION 2: One more label
            ALTER TYPE public.trackpay_kind ADD VALUE 'b';
            -- SECTION 3: Its use, and an index
            CREATE TABLE public.trackpay_kinds (kind public.trackpay_kind);
            INSERT INTO public.trackpay_kinds VALUES ('b');
            CREATE INDEX CONCURRENTLY IF NOT EXISTS trackpay_kinds_kind ON public.trackpay_kinds (kind);
            -- SECTION 4: The end
            COMMENT ON TABLE public.trackpay_kinds IS 'kinds';
            """;

    /** What no catalog shows: rows, and that each step is in the history once, to its end. */
    private static final String ROWS = """
            SELECT 'big ' || count(*) || ' ' || sum(id) FROM public.trackpay_big
            UNION ALL SELECT 'part ' || count(*) FROM public.trackpay_part
            UNION ALL SELECT 'kinds ' || count(*) || ' ' || min(kind) FROM public.trackpay_kinds
            UNION ALL SELECT 'invalid ' || count(*) FROM pg_index WHERE NOT indisvalid
            UNION ALL SELECT 'index ' || relname FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT step || '/' || section || '/' || parts || '/' || (finished_at IS NOT NULL) || coalesce(attempt, '')
            FROM trackpay_history.steps
            ORDER BY 1
            """;

    private final Path folder;
    private final Plan plan;
    private Manifest manifest;
    private List<String> rows;
    private int messages;

    private FaultyRun(Path folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
    }

    /** Writes the set, applies it once without a fault, and remembers what came of it. */
    static FaultyRun in(Path folder) throws Exception {
        ReferenceSet.write(folder);
        Path yaml = folder.resolve("trackpay.yaml");
        String text = Files.readString(yaml);
        assertThat(text).contains("\nfinancial:\n");
        Files.writeString(yaml, text.replace("\nfinancial:\n", STEPS));
        Files.writeString(folder.resolve("900_concurrently.sql"), CONCURRENTLY);
        Files.writeString(folder.resolve("910_sections.sql"), SECTIONS);
        Files.writeString(folder.resolve("920_last.sql"), "CREATE TABLE public.trackpay_last ();");
        FaultyRun run = new FaultyRun(folder, PlanReader.read(folder));
        try (TestPostgres.Database database = TestPostgres.fresh();
                Interception wire = Interception.counting(
                        "127.0.0.1", database.postgres().server().port())) {
            Way way = Way.to(database);
            run.applied(way.through(wire.port()), "no fault");
            run.messages = wire.messages();
            run.manifest = run.manifest(way);
            run.rows = rows(way);
        }
        return run;
    }

    Path folder() {
        return folder;
    }

    Plan plan() {
        return plan;
    }

    /** How many messages an undisturbed run sends on the connection that runs the steps. */
    int messages() {
        return messages;
    }

    /** The n-th of some points that lie evenly over the run. */
    int message(int point, int of) {
        // the very last is the goodbye, with which nothing can go wrong
        return 1 + (int) ((long) (messages - 2) * point / (of - 1));
    }

    Outcome apply(Way way) throws Exception {
        return new Applier(way, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan);
    }

    private Outcome.Applied applied(Way way, String after) throws Exception {
        Outcome outcome = apply(way);
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(
                    after + ": " + String.join("\n", failed.failure().lines()));
        }
        assertThat(outcome).as(after).isInstanceOf(Outcome.Applied.class);
        return (Outcome.Applied) outcome;
    }

    /** A run after the fault ends where an undisturbed one does, and one more has nothing to do. */
    void resumesTo(Way way, String after) throws Exception {
        applied(way, after);
        endedWell(way, after);
        assertThat(applied(way, after).ran()).as(after).isEmpty();
    }

    void endedWell(Way way, String after) throws Exception {
        assertThat(rows(way)).as(after).isEqualTo(rows);
        assertThat(manifest(way)).as(after).isEqualTo(manifest);
    }

    private Manifest manifest(Way way) throws Exception {
        return Manifest.of(CatalogReader.read(way, Manifest.scope(plan)), plan);
    }

    private static List<String> rows(Way way) throws SQLException {
        try (Connection connection = DriverManager.getConnection(way.url(), way.user(), way.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }
}
