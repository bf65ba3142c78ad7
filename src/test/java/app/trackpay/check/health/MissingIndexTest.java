package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.QueryPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingIndexTest extends CheckTest {

    MissingIndexTest() {
        super(new MissingIndex());
    }

    private static final String DROP = "DROP INDEX idx_trackpay_sessions_client_created";

    private static final String QUERY =
            "SELECT * FROM trackpay_sessions WHERE client_id = 'b0000000-0000-4000-8000-000000000002' ORDER BY created_at";

    /** The history of a client, in order, without reading or sorting the whole table. */
    private static final String HISTORY = QueryPlan.without("Sort", QUERY);

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no index", DROP).proof(HISTORY, QueryPlan.REFUTED),
                Case.guilty(
                                "an index of the name on other columns",
                                DROP,
                                "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (status)")
                        .proof(HISTORY, QueryPlan.REFUTED),
                Case.guilty(
                                "an index of the name that begins there and goes on otherwise",
                                DROP,
                                "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (client_id, status)")
                        .proof(HISTORY, QueryPlan.REFUTED),
                Case.guilty(
                                "an index of the name on another table",
                                DROP,
                                "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_payments (client_id, created_at)")
                        .proof(HISTORY, QueryPlan.REFUTED),
                Case.innocent("the index").proof(HISTORY, "-"),
                Case.innocent(
                                "the index in upper case without quotes, with more stored columns",
                                DROP,
                                "CREATE INDEX IDX_trackpay_sessions_client_created ON trackpay_sessions (client_id, created_at)"
                                        + " INCLUDE (status)")
                        .proof(HISTORY, "-"),
                Case.innocent(
                                "the index read from the other end",
                                DROP,
                                "CREATE INDEX idx_trackpay_sessions_client_created ON trackpay_sessions (client_id, created_at DESC)")
                        .proof(HISTORY, "-"),
                Case.innocent("one more index", "CREATE INDEX more ON trackpay_sessions (status)")
                        .proof(HISTORY, "-"));
    }

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
}
