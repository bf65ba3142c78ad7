package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class MissingIndexTest extends CheckTest {

    MissingIndexTest() {
        super(new MissingIndex());
    }

    private static final String DROP = "DROP INDEX idx_trackpay_sessions_client_created";

    @Test
    void namesTheIndexAndItsStep() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("index public.idx_trackpay_sessions_client_created");
        assertThat(finding.fix())
                .isEqualTo("run step 3.8 (030_indexes.sql), or mend that file where running it did not help");
    }

    @Test
    void anIndexOfTheNameOnOtherColumnsIsSaid() {
        Finding finding =
                guilty(DROP, "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (created_at)");

        assertThat(finding.message())
                .contains("is on public.trackpay_sessions (created_at)", "(client_id, created_at)");
        assertThat(finding.fix())
                .isEqualTo(
                        "drop it, then run step 3.8 (030_indexes.sql), or mend that file where running it did not help");
    }

    @Test
    void theOrderOfColumnsMattersToAnIndex() {
        guilty(DROP, "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (created_at, client_id)");
    }

    @Test
    void anIndexOfTheNameOnAnotherTableIsSaid() {
        guilty(DROP, "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_payments (client_id, created_at)");
    }

    @Test
    void anEqualIndexOfAnotherNameIsMentioned() {
        Finding finding = guilty("ALTER INDEX idx_trackpay_sessions_client_created RENAME TO by_client");

        assertThat(finding.message()).contains("by_client covers the same columns");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                DROP,
                "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (created_at)",
                "DROP INDEX idx_trackpay_activities_created");
    }

    @Test
    void aMissingColumnSpeaksForItsIndexes() {
        innocent("ALTER TABLE trackpay_activities DROP COLUMN created_at");
    }

    @Test
    void aMissingTableSpeaksForItsIndexes() {
        innocent("DROP TABLE trackpay_sessions CASCADE");
    }

    @Test
    void anotherOrderOfValuesOrMoreStoredColumnsIsTheSameIndex() {
        innocent(
                DROP,
                "CREATE INDEX IDX_trackpay_sessions_client_created ON trackpay_sessions (client_id, created_at DESC)"
                        + " INCLUDE (status)");
    }

    @Test
    void moreIndexesDoNotMatter() {
        innocent("CREATE INDEX more ON trackpay_sessions (status)");
    }
}
