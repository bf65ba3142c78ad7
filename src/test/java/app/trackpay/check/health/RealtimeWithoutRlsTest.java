package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RealtimeWithoutRlsTest extends CheckTest {

    RealtimeWithoutRlsTest() {
        super(new RealtimeWithoutRls());
    }

    private static final String OFF = "ALTER TABLE trackpay_payments DISABLE ROW LEVEL SECURITY";

    /** What a stranger gets, and how often whoever follows the changes is told of the table. */
    private static String open(String table) {
        return "SELECT (SELECT count(*) > 0 FROM " + table + "), (SELECT count(*) FROM pg_publication_tables WHERE"
                + " pubname = 'supabase_realtime' AND tablename = '" + table + "')";
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a table of the plan", OFF)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, open("trackpay_payments"), "t|1"),
                Case.guilty(
                                "a table that nobody declared",
                                "CREATE TABLE public.trackpay_more AS SELECT 1 AS id",
                                "GRANT SELECT ON trackpay_more TO authenticated",
                                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_more")
                        .proof(Callers.STRANGER, open("trackpay_more"), "t|1"),
                Case.guilty(
                                "a publication of all tables",
                                "DROP PUBLICATION supabase_realtime",
                                "CREATE PUBLICATION supabase_realtime FOR ALL TABLES",
                                OFF)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, open("trackpay_payments"), "t|1"),
                Case.innocent("a table under its policies", Keys.ROWS)
                        .proof(Callers.STRANGER, open("trackpay_payments"), "f|1"),
                Case.innocent(
                                "a table outside of the publication",
                                OFF,
                                "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, open("trackpay_payments"), "t|0"),
                Case.innocent(
                                "a publication for other readers",
                                OFF,
                                "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments",
                                "CREATE PUBLICATION warehouse FOR TABLE trackpay_payments")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, open("trackpay_payments"), "t|0"));
    }

    @Test
    void namesTheTableThatNoPolicyGuards() {
        Finding finding = guilty(OFF);

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.message()).contains("supabase_realtime");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent(
                "CREATE TABLE public.other (id int PRIMARY KEY)",
                "ALTER PUBLICATION supabase_realtime ADD TABLE other");
    }
}
