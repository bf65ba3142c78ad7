package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableCountTest extends CheckTest {

    TableCountTest() {
        super(new TableCount());
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("one too many", "CREATE TABLE public.trackpay_more (id int)")
                        .proof("SELECT count(*) FROM trackpay_more", "0"),
                Case.guilty("one missing", "DROP TABLE trackpay_invites CASCADE")
                        .proof("SELECT count(*) FROM trackpay_invites", "42P01"),
                Case.guilty("one of another name", "ALTER TABLE trackpay_invites RENAME TO trackpay_offers")
                        .proof(
                                "SELECT (SELECT count(*) FROM trackpay_offers), (SELECT count(*) FROM trackpay_invites)",
                                "42P01"),
                Case.innocent(
                                "one that was dropped again",
                                "CREATE TABLE public.trackpay_more (id int)",
                                "DROP TABLE trackpay_more")
                        .proof("SELECT count(*) FROM trackpay_more", "42P01"),
                Case.innocent("one outside of the scope", "CREATE TABLE public.other (id int)")
                        .proof("SELECT count(*) FROM other", "0"),
                Case.innocent("a view", "CREATE VIEW public.trackpay_view AS SELECT 1 AS id")
                        .proof("INSERT INTO trackpay_view VALUES (2)", "55000"),
                Case.innocent(
                                "partitions are part of their table",
                                "DROP TABLE trackpay_requests CASCADE",
                                "CREATE TABLE public.trackpay_requests (id int) PARTITION BY HASH (id)",
                                "CREATE TABLE public.trackpay_requests_0 PARTITION OF trackpay_requests FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                                "INSERT INTO trackpay_requests_0 VALUES (7)")
                        .proof("SELECT id FROM trackpay_requests", "7"));
    }

    @Test
    void aTableThatNoStepProvidesIsUnexpected() {
        Finding finding = guilty("CREATE TABLE public.trackpay_more (id int)");

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("expects 8, there are 9: 1 UNEXPECTED", "public.trackpay_more");
    }

    @Test
    void oneMissingAndOneTooManyDoNotCancelOut() {
        assertThat(guilty("ALTER TABLE trackpay_invites RENAME TO trackpay_offers")
                        .message())
                .contains("expects 8, there are 8: 1 MISSING, 1 UNEXPECTED");
    }

    @Test
    void aMissingTableIsCounted() {
        assertThat(guilty("DROP TABLE trackpay_invites CASCADE").message()).contains("there are 7: 1 MISSING");
    }

    @Test
    void tablesOutsideOfTheScopeDoNotCount() {
        innocent("CREATE TABLE public.other (id int)", "CREATE SCHEMA app", "CREATE TABLE app.trackpay_x (id int)");
    }

    @Test
    void aScopeOfAWholeSchemaCountsEverything() {
        Scope whole = new Scope(List.of("public"), List.of());

        assertThat(whole.covers(new QualifiedName("public", "other"))).isTrue();
        assertThat(findings(Plans.with(plan(), whole), "CREATE TABLE public.other (id int)"))
                .hasSize(1);
    }
}
