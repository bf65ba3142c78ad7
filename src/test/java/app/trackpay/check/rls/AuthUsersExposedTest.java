package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
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

    private static final String COUNT = "SELECT count(*) FROM trackpay_logins";

    /** Two logins with an address, an invite for one of them, and a database in which the table of logins can be read. */
    private static final String[] READABLE = {
        "INSERT INTO auth.users (id, email) VALUES ('a0000000-0000-4000-8000-0000000000ff', 's@example.test'),"
                + " ('a0000000-0000-4000-8000-000000000003', 'c@example.test')",
        "INSERT INTO trackpay_invites (provider_id, client_id, client_email) VALUES"
                + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002', 'c@example.test')",
        "GRANT SELECT ON auth.users TO authenticated",
        "ALTER TABLE auth.users DISABLE ROW LEVEL SECURITY"
    };

    private static final String SEARCH =
            "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (client_email IN (SELECT email FROM auth.users))";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a view that joins every login to its user", VIEW)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty(
                                "a view of a view of the logins",
                                "CREATE VIEW public.inner_view AS SELECT id FROM auth.users",
                                "CREATE VIEW public.trackpay_logins AS SELECT id FROM public.inner_view",
                                "GRANT SELECT ON trackpay_logins TO anon")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.guilty(
                                "a materialized view of the addresses",
                                "CREATE MATERIALIZED VIEW public.trackpay_logins AS SELECT email FROM auth.users",
                                "GRANT SELECT ON trackpay_logins TO anon")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.guilty(
                                "a view that is bound to the caller in one of two branches",
                                view("SELECT id FROM auth.users WHERE id = auth.uid() OR email IS NULL"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("a policy that finds anybody's address among the logins", SEARCH)
                        .after(with(Keys.ROWS, READABLE))
                        .proof(Callers.STRANGER, "SELECT count(*) FROM trackpay_invites", "1"),
                Case.guilty("a policy that searches logins which its reader may not read", SEARCH)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_invites", "42501"),
                Case.innocent(
                                "a view of the caller's own login",
                                view("SELECT email FROM auth.users WHERE id = auth.uid()"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a view that is bound to the caller by way of another column",
                                view(
                                        "SELECT u.email FROM trackpay_users p JOIN auth.users u ON u.id = p.auth_user_id WHERE p.auth_user_id = (SELECT auth.uid())"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a view with its reader's rights",
                                VIEW[0].replace(" AS SELECT", " WITH (security_invoker = true) AS SELECT"),
                                VIEW[1])
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent("a view that no API role may read", VIEW[0])
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent(
                                "a policy that looks at the caller's own address",
                                "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (client_email = (SELECT email FROM auth.users WHERE id = auth.uid()))")
                        .after(with(Keys.ROWS, READABLE))
                        .proof(Callers.STRANGER, "SELECT count(*) FROM trackpay_invites", "0"));
    }

    @Test
    void aViewShowsEveryLogin() {
        Finding finding = guilty(VIEW);

        assertThat(finding.object()).isEqualTo("view public.trackpay_logins");
        answer("SELECT count(*) FROM trackpay_logins", Keys.ROWS, VIEW, Callers.STRANGER)
                .isEqualTo("1");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                VIEW[0],
                VIEW[1],
                "CREATE POLICY p ON trackpay_invites FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM auth.users u WHERE u.email = client_email))");
    }
}
