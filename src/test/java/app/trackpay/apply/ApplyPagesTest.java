package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.FileFindings;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.report.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages of apply's findings show is what is printed, but for times and sizes. */
final class ApplyPagesTest extends FreshDatabase {

    private static final String WAITING_LIST =
            "CREATE TABLE public.waiting_list (email text); INSERT INTO public.waiting_list VALUES ('a@example.org');";
    private static final String POLICIES = "020_rls_policies.sql";
    private static final String INDEXES = "030_indexes.sql";

    /** What the page shows, in its order. */
    private static List<String> page(String id) throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/checks/" + id + ".md"));
        return Pattern.compile("```text\n(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf("## How it looks")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private void shows(String id, List<Finding> findings) throws Exception {
        List<String> shown = page(id);
        assertThat(findings).hasSameSizeAs(shown);
        for (int i = 0; i < shown.size(); i++) {
            assertThat(findings.get(i).check()).isEqualTo(id);
            shows(findings.get(i), shown.get(i));
        }
    }

    private void shows(Finding finding, String page) {
        String shown = finding.severity() + "[" + finding.check() + "] " + finding.object() + "\n" + finding.message()
                + "\nfix: "
                + finding.fix()
                + Location.of(finding).map(place -> "\nat: " + place).orElse("");
        assertThat(tidy(shown)).isEqualTo(tidy(page));
    }

    /** Without what differs from run to run and from folder to folder. */
    private String tidy(String text) {
        return text.replace(path.toString(), "scripts/prod-migrate")
                .replaceAll("\\d+ ms", "0 ms")
                .replaceAll("\\(\\d+ [A-Za-z]+\\)", "(size)")
                .replaceAll("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} UTC", "day")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private Trial dry() throws Exception {
        return ((Outcome.TakenBack) folder.dryRun()).trial();
    }

    private List<Finding> refused() throws Exception {
        return ((Outcome.Refused) folder.apply()).findings();
    }

    @Test
    void stepIncomplete() throws Exception {
        folder.step("3.0", "000_extensions.sql", "SELECT 1;")
                .step("3.9", "040_manifest.sql", "CREATE TABLE public.trackpay_payments (id uuid PRIMARY KEY);")
                .step(
                        "3.10",
                        "050_receipts.sql",
                        "CREATE TABLE IF NOT EXISTS public.trackpay_payments (id uuid PRIMARY KEY, receipt_url text);",
                        "{ tables: { trackpay_payments: { receipt_url: text } } }");
        shows("step-incomplete", folder.incomplete());
    }

    @Test
    void stepFailed() throws Exception {
        folder.step("3.0", "000_extensions.sql", "CREATE TABLE public.trackpay_users (id uuid);")
                .step("3.6", "015_rls_helper.sql", "SELECT 1;")
                .step(
                        "3.7",
                        POLICIES,
                        "\n".repeat(91)
                                + "CREATE POLICY p ON public.trackpay_users\n    FOR UPDAT TO authenticated USING (true);");
        SqlFailure failure = folder.failure();
        shows(
                "step-failed",
                List.of(new Finding(
                                "step-failed",
                                Severity.ERROR,
                                failure.unit().object(),
                                String.join("\n", failure.lines()),
                                failure.consequence())
                        .from(failure.unit().step())));
    }

    @Test
    void rewritesTable() throws Exception {
        database.run(WAITING_LIST);
        folder.step(
                "3.8",
                INDEXES,
                "ALTER TABLE public.waiting_list ALTER COLUMN email TYPE varchar(200) USING email || '';");
        shows("rewrites-table", LockFindings.of(folder.plan(), dry().locks()));
    }

    @Test
    void blocksWrites() throws Exception {
        database.run(WAITING_LIST);
        folder.step("3.8", INDEXES, "CREATE INDEX waiting_list_email ON public.waiting_list (email);");
        shows("blocks-writes", LockFindings.of(folder.plan(), dry().locks()));
    }

    @Test
    void notTried() throws Exception {
        database.run(WAITING_LIST);
        folder.step(
                "3.8",
                INDEXES,
                "\n".repeat(11) + "CREATE INDEX CONCURRENTLY waiting_list_email ON public.waiting_list (email);",
                "{ indexes: [waiting_list_email] }");
        shows("not-tried", dry().leftOut().stream().map(LeftOut::finding).toList());
    }

    @Test
    void notRerunnable() throws Exception {
        database.run("CREATE TABLE public.trackpay_users (id uuid, auth_user_id uuid); CREATE TABLE"
                + " public.trackpay_sessions (id uuid PRIMARY KEY)");
        String page = Files.readString(Path.of("src/site/markdown/checks/not-rerunnable.md"));
        String[] files = page.substring(page.lastIndexOf("```sql\n") + 7, page.lastIndexOf("```"))
                .split("(?=-- \\d)");
        folder.step("3.6", "015_rls_helper.sql", files[0])
                .step(
                        "3.5",
                        "010_realtime.sql",
                        "-- who is told\nALTER PUBLICATION supabase_realtime ADD TABLE public.trackpay_sessions;")
                .step("3.11", "050_fix_helper.sql", files[1])
                .declared();
        List<Finding> findings = SecondRun.of(
                        folder.plan(), folder.applied().ran(), folder.way(), ApplyOptions.standard("test"))
                .orElseThrow()
                .findings();
        shows("not-rerunnable", List.of(findings.get(1), findings.get(0)));
    }

    @Test
    void missingFile() throws Exception {
        ReferenceSet.write(path);
        Files.delete(path.resolve(INDEXES));
        shows("missing-file", FileFindings.of(PlanReader.read(path)));
    }

    @Test
    void unlistedFile() throws Exception {
        ReferenceSet.write(path);
        Files.writeString(path.resolve("025_fix_policies.sql"), "SELECT 1;");
        shows("unlisted-file", FileFindings.of(PlanReader.read(path)));
    }

    @Test
    void changedAfterApply() throws Exception {
        folder.step("3.7", POLICIES, "SELECT 1;").applied();
        folder.write(POLICIES, "SELECT 2;");
        shows("changed-after-apply", refused());
    }

    @Test
    void orderViolation() throws Exception {
        folder.step("3.8", INDEXES, "SELECT 1;").applied();
        folder.step("3.7b", "025_fix_policies.sql", "SELECT 1;").swap(0, 1);
        shows("order-violation", refused());
    }

    @Test
    void notPushed() throws Exception {
        database.run("CREATE SCHEMA IF NOT EXISTS supabase_migrations; CREATE TABLE IF NOT EXISTS"
                + " supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);"
                + " INSERT INTO supabase_migrations.schema_migrations VALUES ('20250101000000', ARRAY['SELECT 1'], 'one'),"
                + " ('20250103000000', ARRAY['SELECT 3'], 'three')");
        for (String name : List.of("20250101000000_one", "20250102000000_two", "20250103000000_three")) {
            Files.writeString(path.resolve(name + ".sql"), "SELECT " + Integer.parseInt(name.substring(6, 8)) + ";");
        }
        shows(
                "not-pushed",
                new Adoption(folder.way(), ApplyOptions.standard("test"), folder)
                        .adopt(PlanReader.read(path), false)
                        .findings());
    }
}
