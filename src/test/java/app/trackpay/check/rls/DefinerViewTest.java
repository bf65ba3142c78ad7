package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class DefinerViewTest extends CheckTest {

    DefinerViewTest() {
        super(new DefinerView());
    }

    private static final String VIEW =
            "CREATE VIEW public.trackpay_totals AS SELECT provider_id, amount FROM trackpay_payments";
    private static final String GRANT = "GRANT SELECT ON trackpay_totals TO anon, authenticated";
    private static final String MINE = "ALTER VIEW trackpay_totals OWNER TO postgres";
    private static final String COUNT = "SELECT count(*) FROM trackpay_totals";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    @Test
    void namesTheViewAndTheTablesWhosePoliciesItGoesRound() {
        Finding finding = guilty(VIEW, MINE, GRANT);

        assertThat(finding.object()).isEqualTo("view public.trackpay_totals");
        assertThat(finding.message())
                .startsWith("anon and authenticated may read")
                .contains("public.trackpay_payments");
        seen(COUNT, with(Keys.ROWS, VIEW, MINE, GRANT, VISITOR)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, VIEW, MINE, GRANT)).isEqualTo("0");
        seenAfterRepair(COUNT, VISITOR, with(Keys.ROWS, VIEW, MINE, GRANT)).isEqualTo("42501");
    }

    @Test
    void aViewOfLoginsUnderAnyNameIsNamed() {
        String[] open = {
            "CREATE VIEW public.members AS SELECT id, email FROM auth.users",
            "GRANT SELECT (id) ON public.members TO authenticated"
        };

        guilty(open);
        seen("SELECT count(id) FROM members", with(Keys.ROWS, with(open, STRANGER)))
                .isEqualTo("1");
    }

    @Test
    void aViewBelowAViewIsFollowed() {
        String[] open = {
            "CREATE SCHEMA inside",
            "CREATE VIEW inside.totals AS SELECT amount FROM public.trackpay_payments",
            "CREATE VIEW public.trackpay_totals AS SELECT * FROM inside.totals",
            GRANT
        };

        assertThat(guilty(open).message()).contains("public.trackpay_payments");
        seen(COUNT, with(Keys.ROWS, with(open, STRANGER))).isEqualTo("1");
    }

    @Test
    void aBarrierIsNoInvoker() {
        String barrier = "ALTER VIEW trackpay_totals SET (security_barrier = true, security_invoker = false)";

        guilty(VIEW, GRANT, barrier);
        seen(COUNT, with(Keys.ROWS, VIEW, GRANT, barrier, VISITOR)).isEqualTo("1");
    }

    @Test
    void anInvokerViewAsksThePoliciesOfItsReader() {
        String invoker = "ALTER VIEW trackpay_totals SET (security_invoker = on)";

        innocent(VIEW, GRANT, invoker);
        seen(COUNT, with(Keys.ROWS, VIEW, GRANT, invoker, STRANGER)).isEqualTo("0");
        seen(COUNT, with(Keys.ROWS, VIEW, GRANT, invoker, PROVIDER)).isEqualTo("1");
    }

    @Test
    void anOwnerWhomThePoliciesBindSeesNoMoreThanAllowed() {
        String[] bound = {
            "CREATE ROLE rules_reader",
            "GRANT USAGE, CREATE ON SCHEMA public TO rules_reader",
            "GRANT SELECT ON trackpay_payments TO rules_reader",
            VIEW,
            "ALTER VIEW trackpay_totals OWNER TO rules_reader",
            GRANT
        };

        innocent(bound);
        seen(COUNT, with(Keys.ROWS, with(bound, STRANGER))).isEqualTo("0");
    }

    @Test
    void anOwnerWithoutThePrivilegeReadsNothing() {
        String[] unable = {
            "CREATE ROLE rules_reader",
            "GRANT USAGE, CREATE ON SCHEMA public TO rules_reader",
            VIEW,
            "ALTER VIEW trackpay_totals OWNER TO rules_reader",
            GRANT
        };

        innocent(unable);
        seen(COUNT, with(Keys.ROWS, with(unable, STRANGER))).isEqualTo("42501");
    }

    @Test
    void aViewThatNoApiRoleMayReadIsFine() {
        innocent(VIEW, "GRANT SELECT ON trackpay_totals TO service_role");
        seen(COUNT, VIEW, VISITOR).isEqualTo("42501");
    }

    @Test
    void aViewOfDeclaredPublicTablesIsFine() {
        assertThat(findings(PlansOf.publicRead(plan(), "trackpay_payments"), VIEW, GRANT))
                .isEmpty();
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(
                VIEW,
                GRANT,
                "CREATE VIEW public.members AS SELECT email FROM auth.users",
                "GRANT ALL ON members TO anon");
    }
}
