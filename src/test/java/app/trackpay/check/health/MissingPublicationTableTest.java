package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class MissingPublicationTableTest extends CheckTest {

    MissingPublicationTableTest() {
        super(new MissingPublicationTable());
    }

    private static final String DROP = "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments";

    @Test
    void namesTheTableAndItsStep() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("publication supabase_realtime of public.trackpay_payments");
        assertThat(finding.fix())
                .isEqualTo("run step 3.5 (010_realtime.sql), or mend that file where running it did not help");
    }

    @Test
    void aMissingPublicationIsOneFinding() {
        Finding finding = guilty("DROP PUBLICATION supabase_realtime");

        assertThat(finding.object()).isEqualTo("publication supabase_realtime");
        assertThat(finding.message()).contains("8 tables");
    }

    @Test
    void operationsThatAreLeftOutAreNamed() {
        assertThat(guilty("ALTER PUBLICATION supabase_realtime SET (publish = 'insert')")
                        .message())
                .contains("leaves out update and delete");
    }

    @Test
    void rowsAndColumnsThatAreLeftOutAreNamed() {
        assertThat(guilty(
                                DROP,
                                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_payments (id, amount) WHERE (amount > 5)")
                        .message())
                .contains("the columns", "amount", "the rows WHERE");
    }

    @Test
    void itsOwnSqlRepairsTablesAndOperations() {
        repairs(
                DROP,
                "ALTER PUBLICATION supabase_realtime SET (publish = 'insert')",
                "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_users",
                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_users (id)");
    }

    @Test
    void itsOwnSqlMakesAMissingPublication() {
        repairs("DROP PUBLICATION supabase_realtime");
    }

    @Test
    void aPublicationOfAllTablesHoldsThemAll() {
        innocent("DROP PUBLICATION supabase_realtime", "CREATE PUBLICATION supabase_realtime FOR ALL TABLES");
    }

    @Test
    void aPublicationOfTheSchemaHoldsThemAll() {
        innocent(
                "DROP PUBLICATION supabase_realtime",
                "CREATE PUBLICATION supabase_realtime FOR TABLES IN SCHEMA public");
    }

    @Test
    void truncateIsNotAskedFor() {
        innocent("ALTER PUBLICATION supabase_realtime SET (publish = 'insert, update, delete')");
    }

    @Test
    void aMissingTableIsNotAlsoUnpublished() {
        innocent("DROP TABLE trackpay_payments CASCADE");
    }
}
