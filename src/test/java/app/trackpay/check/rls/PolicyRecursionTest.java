package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.ReferenceDatabase.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyRecursionTest extends CheckTest {

    PolicyRecursionTest() {
        super(new PolicyRecursion());
    }

    /** The row of each is open to whoever sees a row of the other. */
    private static final String[] UNBOUND = {
        "CREATE POLICY p ON trackpay_users FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = trackpay_users.id))",
        "CREATE POLICY q ON trackpay_relationships FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = provider_id))"
    };

    /** A user's relationships, found by their login. */
    private static final String BOUND = "CREATE POLICY q ON trackpay_relationships FOR SELECT TO authenticated USING"
            + " (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = provider_id AND u.auth_user_id = (SELECT auth.uid()))"
            + " OR client_id = (SELECT current_trackpay_user_id()))";

    private static final String SELF = "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING"
            + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = trackpay_relationships.provider_id))";
    private static final String[] VIEW = {
        "CREATE VIEW public.trackpay_v WITH (security_invoker = true) AS SELECT * FROM trackpay_relationships",
        "GRANT SELECT ON trackpay_v TO authenticated",
        "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING (EXISTS (SELECT 1 FROM trackpay_v))"
    };
    private static final String CHECK =
            "CREATE POLICY p ON trackpay_relationships FOR INSERT TO authenticated WITH CHECK"
                    + " (EXISTS (SELECT 1 FROM trackpay_relationships r WHERE r.client_id = provider_id))";

    private static final String USERS = "SELECT count(*) FROM trackpay_users";
    private static final String RELATIONSHIPS = "SELECT count(*) FROM trackpay_relationships";
    private static final String INSERT =
            "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES (gen_random_uuid(), gen_random_uuid())";

    /** A provider, a client of theirs, and another provider who has a login and no relationship. */
    private static final String[] PEOPLE = with(
            Keys.ROWS,
            "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES"
                    + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002')",
            "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-0000000000ff')",
            "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES"
                    + " ('a0000000-0000-4000-8000-0000000000ff', 'provider', 'S')");

    private static Case endless(String name, String query, String... statements) {
        return Case.guilty(name, statements).after(PEOPLE).proof(Callers.STRANGER, query, "42P17");
    }

    private static Case ends(String name, String query, String answer, String... statements) {
        return Case.innocent(name, statements).after(PEOPLE).proof(Callers.STRANGER, query, answer);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                endless("two tables that look into each other", USERS, UNBOUND),
                endless("two tables that look for the caller in each other", USERS, BOUND),
                endless("a table that looks into itself", RELATIONSHIPS, SELF),
                endless("a view with the caller's rights", RELATIONSHIPS, VIEW),
                endless("a check of new rows that reads its own table", INSERT, CHECK),
                endless("a restrictive policy", RELATIONSHIPS, SELF.replace("FOR SELECT", "AS RESTRICTIVE FOR SELECT")),
                ends(
                        "a function with its owner's rights",
                        RELATIONSHIPS,
                        "0",
                        "CREATE FUNCTION public.known(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS"
                                + " 'SELECT EXISTS (SELECT 1 FROM public.trackpay_relationships r WHERE r.client_id = who)'",
                        "CREATE POLICY p ON trackpay_relationships FOR SELECT TO authenticated USING (public.known(provider_id))"),
                ends(
                        "a view with its owner's rights",
                        RELATIONSHIPS,
                        "1",
                        with(new String[] {VIEW[0].replace("true", "false")}, VIEW[1], VIEW[2])),
                ends(
                        "looking one way",
                        "SELECT count(*) FROM trackpay_sessions",
                        "0",
                        "CREATE POLICY p ON trackpay_sessions FOR SELECT TO authenticated USING"
                                + " (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = client_id))"),
                ends(
                        "a table whose policies are asleep",
                        RELATIONSHIPS,
                        "1",
                        with(new String[] {"ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY"}, UNBOUND)),
                ends(
                        "policies of roles that never meet",
                        USERS,
                        "1",
                        UNBOUND[0],
                        UNBOUND[1].replace("authenticated", "anon")),
                ends(
                        "a check of new rows that reads its own table, whose policies read no other",
                        INSERT,
                        "42501",
                        CHECK,
                        "DROP POLICY tp_relationships_select_party ON trackpay_relationships",
                        "CREATE POLICY s ON trackpay_relationships FOR SELECT TO authenticated"
                                + " USING (provider_id = current_trackpay_user_id())"));
    }

    @Test
    void namesTheTablesOfTheCircle() {
        assertThat(guilty(UNBOUND).message())
                .contains("public.trackpay_relationships → public.trackpay_users → public.trackpay_relationships");
    }

    @Test
    void whatShowsItIsWhatThePoliciesOfTheCircleAsk() {
        String shows = guilty(UNBOUND).shows().orElseThrow();
        try (Trial trial = database().trial().run(UNBOUND)) {
            assertThat(trial.rows(shows).lines().filter(line -> line.startsWith("public|")))
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("public|trackpay_relationships|q|"))
                    .anyMatch(line -> line.startsWith("public|trackpay_users|p|"))
                    .anyMatch(line -> line.startsWith("public|trackpay_users|tp_users_select_party|"));
        }
    }

    /** Each look is at rows of the caller: what the policy gives and holds back stays. */
    @Test
    void aLookForTheCallerGoesIntoAFunctionThatOnlyThePolicysRolesMayCall() {
        String repair = guilty(BOUND).repair().orElseThrow();

        assertThat(repair).contains("SECURITY DEFINER SET search_path = ''", "GRANT EXECUTE", "ALTER POLICY q");
        answer(RELATIONSHIPS, PEOPLE, new String[] {BOUND, repair}, Callers.PROVIDER)
                .isEqualTo("1");
        answer(RELATIONSHIPS, PEOPLE, new String[] {BOUND, repair}, Callers.STRANGER)
                .isEqualTo("0");
        answer(USERS, PEOPLE, new String[] {BOUND, repair}, Callers.PROVIDER).isEqualTo("2");
        state("SELECT public.q_rows(NULL)", with(new String[] {BOUND, repair}, Callers.VISITOR))
                .isEqualTo("42501");
    }

    /** Behind a function, a look that does not ask for the caller would open everybody's rows. */
    @Test
    void aLookAtAnybodysRowsIsTakenOut() {
        Finding finding = guilty(UNBOUND);

        assertThat(finding.fix()).contains("let it look at rows of the caller only");
        assertThat(finding.repair()).contains("DROP POLICY IF EXISTS q ON public.trackpay_relationships;");
    }
}
