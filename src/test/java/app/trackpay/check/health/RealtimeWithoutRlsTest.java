package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class RealtimeWithoutRlsTest extends CheckTest {

    RealtimeWithoutRlsTest() {
        super(new RealtimeWithoutRls());
    }

    private static final String OFF = "ALTER TABLE trackpay_payments DISABLE ROW LEVEL SECURITY";

    @Test
    void namesTheTableThatNoPolicyGuards() {
        Finding finding = guilty(OFF);

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.message()).contains("supabase_realtime");
    }

    @Test
    void aTableThatNobodyDeclaredCountsAsWell() {
        guilty(
                "CREATE TABLE public.trackpay_more (id int PRIMARY KEY)",
                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_more");
    }

    @Test
    void aPublicationOfAllTablesPublishesEveryTable() {
        guilty(
                "DROP PUBLICATION supabase_realtime",
                "CREATE PUBLICATION supabase_realtime FOR ALL TABLES",
                "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(OFF, "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY");
    }

    @Test
    void aTableOutsideOfThePublicationIsNotPassedOn() {
        innocent(OFF, "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments");
    }

    @Test
    void publicationsForOtherReadersDoNotMatter() {
        innocent(
                OFF,
                "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments",
                "CREATE PUBLICATION warehouse FOR TABLE trackpay_payments");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent(
                "CREATE TABLE public.other (id int PRIMARY KEY)",
                "ALTER PUBLICATION supabase_realtime ADD TABLE other");
    }
}
