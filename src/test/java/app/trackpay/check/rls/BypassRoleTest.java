package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class BypassRoleTest extends CheckTest {

    BypassRoleTest() {
        super(new BypassRole());
    }

    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

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
    void aSuperuserIsNamed() {
        guilty("ALTER ROLE anon SUPERUSER");
    }

    @Test
    void rolesThatArePlainAreFine() {
        String[] plain = {"CREATE ROLE rules_readers", "GRANT rules_readers TO anon, authenticated"};

        innocent(plain);
        seen(COUNT, with(Keys.ROWS, with(plain, STRANGER))).isEqualTo("0");
    }

    @Test
    void whoIsAMemberOfTheApiRolesIsNotTheirConcern() {
        innocent("CREATE ROLE rules_boss SUPERUSER", "GRANT authenticated, anon TO rules_boss");
    }

    /** BYPASSRLS is not inherited, and there is no way to become the other role. */
    @Test
    void aMembershipThatOnlyInheritsGivesNoAttributes() {
        String[] inherits = {"GRANT service_role TO authenticated WITH INHERIT TRUE, SET FALSE"};

        innocent(inherits);
        seen(COUNT, with(Keys.ROWS, with(inherits, STRANGER))).isEqualTo("0");
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
