package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BypassRoleTest extends CheckTest {

    BypassRoleTest() {
        super(new BypassRole());
    }

    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a role with BYPASSRLS", "ALTER ROLE authenticated BYPASSRLS")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty(
                                "a member of a member of a role with BYPASSRLS",
                                "CREATE ROLE rules_support",
                                "GRANT service_role TO rules_support",
                                "GRANT rules_support TO anon")
                        .after(Keys.ROWS)
                        .proof(with(Callers.VISITOR, "SET LOCAL ROLE service_role"), COUNT, "1"),
                Case.guilty(
                                "a member of the owner of a table",
                                "CREATE ROLE rules_owner",
                                "ALTER TABLE trackpay_payments OWNER TO rules_owner",
                                "GRANT rules_owner TO authenticated WITH INHERIT TRUE")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("the owner of a table", "ALTER TABLE trackpay_payments OWNER TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("a superuser", "ALTER ROLE anon SUPERUSER")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.innocent(
                                "a member of a plain role",
                                "CREATE ROLE rules_readers",
                                "GRANT rules_readers TO anon, authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a superuser who is a member of the API roles",
                                "CREATE ROLE rules_boss SUPERUSER",
                                "GRANT authenticated, anon TO rules_boss")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a membership that inherits and cannot be entered: BYPASSRLS is not inherited",
                                "GRANT service_role TO authenticated WITH INHERIT TRUE, SET FALSE")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "the owner of a table that is not the plan's",
                                "CREATE TABLE public.other (id int)",
                                "ALTER TABLE other OWNER TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"));
    }

    @Test
    void namesTheRoleThatNoPolicyBinds() {
        String bypass = "ALTER ROLE authenticated BYPASSRLS";
        Finding finding = guilty(bypass);

        assertThat(finding.object()).isEqualTo("role authenticated");
        assertThat(finding.message()).contains("authenticated has BYPASSRLS");
        seen(COUNT, with(Keys.ROWS, bypass, STRANGER)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, bypass)).isEqualTo("0");
    }

    @Test
    void aMemberOfAMemberIsNamedWithTheWay() {
        String[] chain = {
            "CREATE ROLE rules_support", "GRANT service_role TO rules_support", "GRANT rules_support TO anon"
        };

        assertThat(guilty(chain).message())
                .contains("anon is a member of rules_support, which is a member of service_role, which has BYPASSRLS");
        seen(COUNT, with(Keys.ROWS, with(chain, VISITOR, "SET LOCAL ROLE service_role")))
                .isEqualTo("1");
    }

    @Test
    void theOwnerOfATableIsNotBoundEither() {
        String[] owner = {
            "CREATE ROLE rules_owner",
            "ALTER TABLE trackpay_payments OWNER TO rules_owner",
            "GRANT rules_owner TO authenticated WITH INHERIT TRUE"
        };

        assertThat(guilty(owner).message()).contains("rules_owner, which owns public.trackpay_payments");
        seen(COUNT, with(Keys.ROWS, with(owner, STRANGER))).isEqualTo("1");
        guilty("ALTER TABLE trackpay_payments OWNER TO authenticated");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(
                "ALTER ROLE anon BYPASSRLS",
                "CREATE ROLE rules_support",
                "GRANT service_role TO rules_support",
                "GRANT rules_support TO authenticated");
    }
}
