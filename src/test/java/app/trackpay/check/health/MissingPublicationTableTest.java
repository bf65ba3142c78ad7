package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingPublicationTableTest extends CheckTest {

    MissingPublicationTableTest() {
        super(new MissingPublicationTable());
    }

    private static final String DROP = "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments";

    /** What whoever follows the changes asks first: which tables there are to hear of, and of what in them. */
    private static final String HEARD =
            "SELECT count(*) FROM pg_publication_tables t JOIN pg_publication p USING (pubname) WHERE pubname = 'supabase_realtime'"
                    + " AND tablename = 'trackpay_payments' AND 'notes' = ANY (attnames) AND rowfilter IS NULL AND pubupdate";

    /** Taking it out needs it in. */
    private static final String OUT = "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a table outside of the publication", DROP).proof(OUT, "42704"),
                Case.guilty("no publication", "DROP PUBLICATION supabase_realtime")
                        .proof(OUT, "42704"),
                Case.guilty("no updates", "ALTER PUBLICATION supabase_realtime SET (publish = 'insert')")
                        .proof(HEARD, "0"),
                Case.guilty(
                                "some columns",
                                DROP,
                                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_payments (id, amount)")
                        .proof(HEARD, "0"),
                Case.guilty(
                                "some rows",
                                DROP,
                                "ALTER PUBLICATION supabase_realtime ADD TABLE trackpay_payments WHERE (amount > 5)")
                        .proof(HEARD, "0"),
                Case.innocent("the publication of the plan").proof(HEARD, "1"),
                Case.innocent(
                                "a publication of all tables",
                                "DROP PUBLICATION supabase_realtime",
                                "CREATE PUBLICATION supabase_realtime FOR ALL TABLES")
                        .proof(HEARD, "1"),
                Case.innocent(
                                "a publication of the schema",
                                "DROP PUBLICATION supabase_realtime",
                                "CREATE PUBLICATION supabase_realtime FOR TABLES IN SCHEMA public")
                        .proof(HEARD, "1"),
                Case.innocent(
                                "no TRUNCATE, which realtime does not pass on",
                                "ALTER PUBLICATION supabase_realtime SET (publish = 'insert, update, delete')")
                        .proof(HEARD, "1"));
    }

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
    void aMissingTableIsNotAlsoUnpublished() {
        innocent("DROP TABLE trackpay_payments CASCADE");
    }
}
