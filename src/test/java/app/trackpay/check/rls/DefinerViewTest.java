package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
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

    private static String[] of(String owner, String... rights) {
        return with(
                with(
                        new String[] {"CREATE ROLE rules_reader", "GRANT USAGE, CREATE ON SCHEMA public TO rules_reader"
                        },
                        rights),
                VIEW,
                "ALTER VIEW trackpay_totals OWNER TO " + owner,
                GRANT);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a view whose owner no policy binds", VIEW, MINE, GRANT)
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.guilty(
                                "a view of the logins, under any name",
                                "CREATE VIEW public.members AS SELECT id, email FROM auth.users",
                                "GRANT SELECT (id) ON public.members TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, "SELECT count(id) FROM members", "1"),
                Case.guilty(
                                "a view of a view in another schema",
                                "CREATE SCHEMA inside",
                                "CREATE VIEW inside.totals AS SELECT amount FROM public.trackpay_payments",
                                "CREATE VIEW public.trackpay_totals AS SELECT * FROM inside.totals",
                                GRANT)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty(
                                "a security barrier, which is not a security_invoker",
                                VIEW,
                                GRANT,
                                "ALTER VIEW trackpay_totals SET (security_barrier = true, security_invoker = false)")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.innocent(
                                "a view that asks the policies of its reader",
                                VIEW,
                                GRANT,
                                "ALTER VIEW trackpay_totals SET (security_invoker = on)")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "an owner whom the policies bind",
                                of("rules_reader", "GRANT SELECT ON trackpay_payments TO rules_reader"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent("an owner who may not read the table", of("rules_reader"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent("a view for the server alone", VIEW, "GRANT SELECT ON trackpay_totals TO service_role")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "42501"));
    }

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
