package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import org.junit.jupiter.api.Test;

final class PolicyRecursionTest extends CheckTest {

    PolicyRecursionTest() {
        super(new PolicyRecursion());
    }

    private static final String[] ENTER = {
        "CREATE POLICY p ON trackpay_users FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = trackpay_users.id))",
        "CREATE POLICY q ON trackpay_relationships FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = provider_id))"
    };

    @Test
    void twoTablesThatLookIntoEachOther() {
        assertThat(findings(ENTER))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).contains("trackpay_users → public.trackpay_relationships"));
        state("SELECT 1 FROM trackpay_users", ENTER[0], ENTER[1], Callers.STRANGER[0])
                .isEqualTo("42P17");
    }

    @Test
    void aTableThatLooksIntoItself() {
        String self = "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = trackpay_relationships.provider_id))";
        guilty(self);
        state("SELECT 1 FROM trackpay_relationships", self, Callers.STRANGER[0]).isEqualTo("42P17");
    }

    @Test
    void aCircleThroughAViewWithTheCallersRights() {
        String[] view = {
            "CREATE VIEW public.trackpay_v WITH (security_invoker = true) AS SELECT * FROM trackpay_relationships",
            "GRANT SELECT ON trackpay_v TO authenticated",
            "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM trackpay_v))"
        };
        guilty(view);
        state("SELECT 1 FROM trackpay_relationships", view[0], view[1], view[2], Callers.STRANGER[0])
                .isEqualTo("42P17");
    }

    @Test
    void aFunctionWithItsOwnersRightsEndsTheCircle() {
        String[] definer = {
            "CREATE FUNCTION public.known(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS"
                    + " 'SELECT EXISTS (SELECT 1 FROM public.trackpay_relationships r WHERE r.client_id = who)'",
            "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING (public.known(provider_id))"
        };
        innocent(definer);
        state("SELECT 1 FROM trackpay_relationships", definer[0], definer[1], Callers.STRANGER[0])
                .isEqualTo("00000");
    }

    @Test
    void lookingOneWayIsFine() {
        innocent(
                "CREATE POLICY p ON trackpay_sessions FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = client_id))");
        state(
                        "SELECT 1 FROM trackpay_sessions",
                        "CREATE POLICY p ON trackpay_sessions FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = client_id))",
                        Callers.STRANGER[0])
                .isEqualTo("00000");
    }

    @Test
    void aTableWithoutPoliciesInForceIsNoCircle() {
        String off = "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY";
        innocent(off, ENTER[0], ENTER[1]);
        state("SELECT 1 FROM trackpay_relationships", off, ENTER[0], ENTER[1], Callers.STRANGER[0])
                .isEqualTo("00000");
    }

    @Test
    void policiesOfDifferentRolesNeverMeet() {
        String other = ENTER[1].replace("authenticated", "anon");
        innocent(ENTER[0], other);
        state("SELECT 1 FROM trackpay_users", ENTER[0], other, Callers.STRANGER[0])
                .isEqualTo("00000");
    }

    /** The server counts any sub-query, also one that reads no table. */
    @Test
    void aCheckOfNewRowsThatReadsItsOwnTable() {
        String check = "CREATE POLICY p ON trackpay_relationships FOR INSERT TO authenticated WITH CHECK"
                + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = provider_id))";
        String insert =
                "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES (gen_random_uuid(), gen_random_uuid())";
        guilty(check);
        state(insert, check, Callers.STRANGER[0]).isEqualTo("42P17");

        String[] plain = {
            "DROP POLICY tp_relationships_select_party ON trackpay_relationships",
            "CREATE POLICY s ON trackpay_relationships FOR SELECT TO authenticated USING (provider_id = current_trackpay_user_id())"
        };
        innocent(check, plain[0], plain[1]);
        state(insert, check, plain[0], plain[1], Callers.STRANGER[0]).isEqualTo("42501");
    }
}
