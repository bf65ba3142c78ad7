package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingTableTest extends CheckTest {

    MissingTableTest() {
        super(new MissingTable());
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no table", "DROP TABLE trackpay_relationship_audit CASCADE")
                        .proof("SELECT count(*) FROM trackpay_relationship_audit", "42P01"),
                Case.guilty(
                                "the table in another schema",
                                "CREATE SCHEMA app",
                                "ALTER TABLE trackpay_invites SET SCHEMA app")
                        .proof("SELECT count(*) FROM trackpay_invites", "42P01"),
                Case.guilty("the table in quotes", "ALTER TABLE trackpay_invites RENAME TO \"Trackpay_Invites\"")
                        .proof("SELECT count(*) FROM trackpay_invites", "42P01"),
                Case.innocent("the tables of the plan").proof("SELECT count(*) FROM trackpay_invites", "0"),
                Case.innocent(
                                "the table in upper case without quotes",
                                "ALTER TABLE trackpay_invites RENAME TO x",
                                "ALTER TABLE x RENAME TO TRACKPAY_INVITES")
                        .proof("SELECT count(*) FROM trackpay_invites", "0"),
                Case.innocent(
                                "a partitioned table",
                                "DROP TABLE trackpay_relationship_audit CASCADE",
                                "CREATE TABLE public.trackpay_relationship_audit (id uuid) PARTITION BY HASH (id)")
                        .proof("SELECT count(*) FROM trackpay_relationship_audit", "0"),
                Case.innocent(
                                "tables of others",
                                "CREATE TABLE public.other_app (id int)",
                                "CREATE TABLE public.trackpay_more (id int)")
                        .proof("SELECT count(*) FROM trackpay_more", "0"));
    }

    @Test
    void namesTheStepAndWhatGoesWithTheTable() {
        Finding finding = guilty("DROP TABLE trackpay_payments CASCADE");

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.fix())
                .isEqualTo("run step 3.1 (trackpay_schema.sql), or mend that file where running it did not help");
        assertThat(finding.message())
                .contains("relation trackpay_payments does not exist")
                .contains("11 columns", "3 policies", "3 foreign keys", "2 indexes", "1 trigger");
        state("SELECT 1 FROM trackpay_payments", "DROP TABLE trackpay_payments CASCADE")
                .isEqualTo("42P01");
    }

    @Test
    void aViewOfTheNameIsNoTable() {
        Finding finding = guilty(
                "DROP TABLE trackpay_payments CASCADE", "CREATE VIEW public.trackpay_payments AS SELECT 1 AS id");

        assertThat(finding.message()).contains("a view has its name");
    }

    @Test
    void aTableInAnotherSchemaIsNotTheTable() {
        Finding finding = guilty("CREATE SCHEMA app", "ALTER TABLE trackpay_invites SET SCHEMA app");

        assertThat(finding.message()).contains("the table does not exist");
    }

    @Test
    void aTableMadeInQuotesIsNotTheTable() {
        Finding finding = guilty("ALTER TABLE trackpay_invites RENAME TO \"Trackpay_Invites\"");

        assertThat(finding.message()).contains("public.\"Trackpay_Invites\"");
        state("SELECT 1 FROM trackpay_invites", "ALTER TABLE trackpay_invites RENAME TO \"Trackpay_Invites\"")
                .isEqualTo("42P01");
    }
}
