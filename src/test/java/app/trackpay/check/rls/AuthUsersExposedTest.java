package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class AuthUsersExposedTest extends CheckTest {

    AuthUsersExposedTest() {
        super(new AuthUsersExposed());
    }

    private static final String[] VIEW = {
        "CREATE VIEW public.trackpay_logins AS SELECT p.name, u.email FROM trackpay_users p JOIN auth.users u ON u.id = p.auth_user_id",
        "GRANT SELECT ON trackpay_logins TO authenticated"
    };

    private static String[] view(String query) {
        return new String[] {"CREATE VIEW public.trackpay_logins AS " + query, VIEW[1]};
    }

    @Test
    void aViewShowsEveryLogin() {
        Finding finding = guilty(VIEW);

        assertThat(finding.object()).isEqualTo("view public.trackpay_logins");
        answer("SELECT count(*) FROM trackpay_logins", Keys.ROWS, VIEW, Callers.STRANGER)
                .isEqualTo("1");
    }

    @Test
    void aViewOfAViewDoesToo() {
        guilty(
                "CREATE VIEW public.inner_view AS SELECT id FROM auth.users",
                "CREATE VIEW public.trackpay_outer AS SELECT id FROM public.inner_view",
                "GRANT SELECT ON trackpay_outer TO anon");
    }

    @Test
    void aMaterializedViewDoesToo() {
        guilty(
                "CREATE MATERIALIZED VIEW public.trackpay_m AS SELECT email FROM auth.users",
                "GRANT SELECT ON trackpay_m TO anon");
    }

    @Test
    void aPolicyThatSearchesAllLogins() {
        guilty(
                "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (client_email IN (SELECT email FROM auth.users))");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                VIEW[0],
                VIEW[1],
                "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM auth.users u WHERE u.email = client_email))");
    }

    @Test
    void theCallersOwnLoginIsTheirs() {
        for (String query : new String[] {
            "SELECT email FROM auth.users WHERE id = auth.uid()",
            "SELECT u.email FROM trackpay_users p JOIN auth.users u ON u.id = p.auth_user_id WHERE p.auth_user_id = (SELECT auth.uid())"
        }) {
            innocent(view(query));
            answer("SELECT count(*) FROM trackpay_logins", Keys.ROWS, view(query), Callers.STRANGER)
                    .isEqualTo("0");
            answer("SELECT count(*) FROM trackpay_logins", Keys.ROWS, view(query), Callers.PROVIDER)
                    .isEqualTo("1");
        }
        innocent(
                "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (client_email = (SELECT email FROM auth.users WHERE id = auth.uid()))");
    }

    @Test
    void aViewThatNobodyMayReadOrWithTheCallersRightsShowsNothing() {
        innocent(VIEW[0]);
        String[] invoker = {
            VIEW[0].replace(" AS ", " WITH (security_invoker = true) AS ").replaceFirst("AS SELECT", "AS SELECT"),
            VIEW[1]
        };
        innocent(invoker);
        state("SELECT * FROM trackpay_logins", invoker[0], invoker[1], Callers.STRANGER[0])
                .isEqualTo("42501");
    }
}
