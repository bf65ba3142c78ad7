package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrivilegeNotRevokedTest extends CheckTest {

    PrivilegeNotRevokedTest() {
        super(new PrivilegeNotRevoked());
    }

    private static final String DELETE = "DELETE FROM trackpay_relationships";

    private static final String GRANT = "GRANT DELETE ON trackpay_relationships TO authenticated";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a grant to the role", GRANT).proof(Callers.STRANGER, DELETE, "-"),
                Case.guilty("a grant to everybody", "GRANT DELETE ON trackpay_relationships TO PUBLIC")
                        .proof(Callers.VISITOR, DELETE, "-"),
                Case.guilty("a grant of everything", "GRANT ALL ON trackpay_payments TO anon")
                        .proof(Callers.VISITOR, "TRUNCATE trackpay_payments", "-"),
                Case.guilty(
                                "a membership",
                                "CREATE ROLE health_editors",
                                "GRANT health_editors TO authenticated WITH INHERIT TRUE",
                                "GRANT DELETE ON trackpay_relationships TO health_editors")
                        .proof(Callers.STRANGER, DELETE, "-"),
                Case.innocent("what the step revoked").proof(Callers.STRANGER, DELETE, "42501"),
                Case.innocent("a grant to a role that may", "GRANT DELETE ON trackpay_relationships TO service_role")
                        .proof(Callers.STRANGER, DELETE, "42501"),
                Case.innocent(
                                "a grant on columns is not the table",
                                "GRANT UPDATE (description) ON trackpay_activities TO authenticated")
                        .proof(Callers.STRANGER, "UPDATE trackpay_activities SET metadata = '{}'", "42501"),
                Case.innocent(
                                "a membership that does not inherit",
                                "CREATE ROLE health_editors",
                                "GRANT health_editors TO authenticated WITH INHERIT FALSE",
                                "GRANT DELETE ON trackpay_relationships TO health_editors")
                        .proof(Callers.STRANGER, DELETE, "42501"));
    }

    @Test
    void namesTheRoleTheTableAndThePrivileges() {
        Finding finding = guilty("GRANT DELETE, TRUNCATE ON trackpay_relationships TO authenticated");

        assertThat(finding.object()).isEqualTo("table public.trackpay_relationships for authenticated");
        assertThat(finding.message()).contains("authenticated may DELETE, TRUNCATE here");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.2");
    }

    @Test
    void whatEverybodyMayTheRoleMay() {
        assertThat(findings("GRANT DELETE ON trackpay_relationships TO PUBLIC"))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message()).contains("granted to PUBLIC"));
    }

    @Test
    void whatAMembershipGivesTheRoleMay() {
        String[] member = {
            "CREATE ROLE health_editors",
            "GRANT health_editors TO authenticated WITH INHERIT TRUE",
            "GRANT DELETE ON trackpay_relationships TO health_editors"
        };
        Finding finding = guilty(member);

        assertThat(finding.message()).contains("granted to health_editors");
        assertThat(finding.fix())
                .contains("every member of health_editors")
                .contains("end the membership of authenticated");
        repairs(member);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                "GRANT DELETE ON trackpay_relationships TO PUBLIC",
                "GRANT ALL ON trackpay_payments TO anon",
                "GRANT TRUNCATE ON trackpay_users TO authenticated");
    }

    @Test
    void aMissingTableIsSilent() {
        innocent("GRANT DELETE ON trackpay_relationships TO anon", "DROP TABLE trackpay_relationships CASCADE");
    }
}
