package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class WrongIdentityTest extends CheckTest {

    WrongIdentityTest() {
        super(new WrongIdentity());
    }

    private static final String SESSIONS = "SELECT count(*) FROM trackpay_sessions";

    private static String[] policy(String condition) {
        return new String[] {
            "DROP POLICY tp_sessions_select_party ON trackpay_sessions",
            "CREATE POLICY p ON trackpay_sessions FOR SELECT TO authenticated USING (" + condition + ")"
        };
    }

    private void lockedOut(String condition) {
        guilty(policy(condition));
        answer(SESSIONS, Keys.ROWS, policy(condition), Callers.PROVIDER).isEqualTo("0");
    }

    private void seesOwn(String condition) {
        innocent(policy(condition));
        answer(SESSIONS, Keys.ROWS, policy(condition), Callers.PROVIDER).isEqualTo("1");
    }

    @Test
    void bothOriginsAreExplained() {
        Finding finding = guilty(policy("provider_id = auth.uid()"));

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_sessions.p");
        assertThat(finding.message())
                .contains(
                        "trackpay_sessions.provider_id → public.trackpay_users.id (foreign key)",
                        "auth.uid() → auth.users.id");
    }

    @Test
    void everyWayToWriteItLocksOut() {
        lockedOut("provider_id = auth.uid()");
        lockedOut("provider_id = (SELECT auth.uid())");
        lockedOut("provider_id::text = auth.uid()::text");
        lockedOut("provider_id IN (SELECT auth.uid())");
        lockedOut("auth.uid() = ANY (ARRAY[provider_id, client_id])");
        lockedOut("provider_id IS NOT DISTINCT FROM auth.uid()");
        lockedOut("provider_id::text = (auth.jwt() ->> 'sub')");
        lockedOut("provider_id::text = current_setting('request.jwt.claims', true)::json ->> 'sub'");
        lockedOut("provider_id = CASE WHEN true THEN auth.uid() END");
        lockedOut("provider_id = coalesce(auth.uid(), auth.uid())");
        lockedOut("EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = auth.uid())");
        lockedOut("EXISTS (SELECT 1 FROM trackpay_users u WHERE u.auth_user_id = trackpay_sessions.provider_id)");
        lockedOut("EXISTS (SELECT 1 FROM trackpay_users u WHERE u.auth_user_id = current_trackpay_user_id())");
        lockedOut("provider_id IN (SELECT auth_user_id FROM trackpay_users UNION SELECT auth.uid())");
    }

    @Test
    void anAliasOfTheLoginIsTheLogin() {
        String[] alias = {
            "CREATE FUNCTION public.me() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT auth.uid()'",
            "CREATE FUNCTION public.me2() RETURNS uuid LANGUAGE sql STABLE RETURN auth.uid()",
            "CREATE FUNCTION public.me3() RETURNS uuid LANGUAGE plpgsql STABLE AS 'BEGIN RETURN public.me(); END'"
        };
        for (String function : new String[] {"me()", "me2()", "me3()"}) {
            String[] policy = policy("provider_id = public." + function);
            guilty(alias[0], alias[1], alias[2], policy[0], policy[1]);
            answer(SESSIONS, Keys.ROWS, alias, policy, Callers.PROVIDER).isEqualTo("0");
        }
    }

    /** No foreign key says what the audit holds: the declaration does. */
    @Test
    void aDeclaredColumnNeedsNoKey() {
        Finding finding = guilty(
                "CREATE POLICY audit_select_by_provider ON trackpay_relationship_audit FOR SELECT TO authenticated"
                        + " USING (provider_id = auth.uid())");

        assertThat(finding.object()).isEqualTo("policy public.trackpay_relationship_audit.audit_select_by_provider");
        assertThat(finding.message()).contains("(declared)");
    }

    @Test
    void withCheckIsReadAsWell() {
        String policy =
                "CREATE POLICY p ON trackpay_sessions FOR INSERT TO authenticated WITH CHECK (provider_id = auth.uid())";
        guilty("DROP POLICY tp_sessions_insert_provider ON trackpay_sessions", policy);
    }

    @Test
    void viewsAndBodiesOfFunctionsAreRead() {
        String view =
                "CREATE VIEW public.trackpay_mine AS SELECT * FROM trackpay_sessions WHERE provider_id = auth.uid()";
        assertThat(guilty(view).object()).isEqualTo("view public.trackpay_mine");
        answer(
                        "SELECT count(*) FROM trackpay_mine",
                        Keys.ROWS,
                        new String[] {view, "GRANT SELECT ON trackpay_mine TO authenticated"},
                        Callers.PROVIDER)
                .isEqualTo("0");
        assertThat(guilty("CREATE FUNCTION public.mine() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC"
                                + " SELECT count(*) FROM trackpay_sessions WHERE client_id = auth.uid(); END")
                        .object())
                .isEqualTo("function public.mine()");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        String[] one = policy("provider_id = (SELECT auth.uid()) OR EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id ="
                + " client_id AND u.auth_user_id = auth.uid())");
        repairs(
                one[0],
                one[1],
                "CREATE POLICY q ON trackpay_users FOR SELECT TO authenticated USING (auth_user_id = current_trackpay_user_id())",
                "CREATE POLICY r ON trackpay_payments FOR UPDATE TO authenticated USING (client_id = auth.uid()) WITH CHECK (client_id::text = auth.uid()::text)",
                "CREATE VIEW public.trackpay_mine AS SELECT id FROM trackpay_sessions WHERE provider_id = auth.uid()");
        try (var trial = database().trial().run(Keys.ROWS).run(one)) {
            Finding finding = new WrongIdentity()
                    .findings(plan(), trial.catalog())
                    .findFirst()
                    .orElseThrow();
            trial.run(finding.repair().orElseThrow()).run(Callers.PROVIDER);
            assertThat(trial.answer(SESSIONS)).isEqualTo("1");
        }
    }

    @Test
    void theRightIdIsRight() {
        seesOwn("provider_id = current_trackpay_user_id()");
        seesOwn("provider_id IN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid())");
        seesOwn(
                "EXISTS (SELECT 1 FROM trackpay_users WHERE id = trackpay_sessions.provider_id AND auth_user_id = auth.uid())");
        seesOwn(
                "EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = provider_id AND (SELECT auth.uid()) = u.auth_user_id)");
        seesOwn("(provider_id, true) IN (SELECT id, auth_user_id = (auth.jwt() ->> 'sub')::uuid FROM trackpay_users)");
        seesOwn("(SELECT u.auth_user_id FROM trackpay_users u WHERE u.id = provider_id) = auth.uid()");
    }

    @Test
    void aTableKeyedByTheLoginHoldsLogins() {
        String[] profiles = {
            "CREATE TABLE public.trackpay_profiles (id uuid PRIMARY KEY REFERENCES auth.users)",
            "CREATE TABLE public.trackpay_posts (author uuid REFERENCES trackpay_profiles)",
            "CREATE POLICY a ON trackpay_profiles FOR SELECT TO authenticated USING (id = auth.uid())",
            "CREATE POLICY b ON trackpay_posts FOR SELECT TO authenticated USING (author = auth.uid())"
        };
        innocent(profiles);
        assertThat(guilty(
                                profiles[0],
                                profiles[1],
                                "CREATE POLICY c ON trackpay_posts FOR SELECT USING (author = current_trackpay_user_id())")
                        .message())
                .contains("author → public.trackpay_profiles.id (foreign key) → auth.users.id (foreign key)");
    }

    @Test
    void whatIsUnknownIsListedOnceAndIsNoFault() {
        Finding finding = guilty(
                "CREATE TABLE public.trackpay_notes (owner uuid)",
                "CREATE POLICY a ON trackpay_notes FOR SELECT USING (owner = auth.uid())",
                "CREATE POLICY b ON trackpay_notes FOR DELETE USING ((SELECT auth.uid()) = owner)");

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.object()).isEqualTo("column public.trackpay_notes.owner");
    }

    @Test
    void withoutAPlanATableWithItsOwnIdsAndAUniqueLoginTells() {
        String[] generic = {
            "CREATE TABLE public.trackpay_people (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), login uuid UNIQUE REFERENCES auth.users)",
            "CREATE TABLE public.trackpay_jobs (person uuid REFERENCES trackpay_people)"
        };
        assertThat(guilty(generic[0], generic[1], "CREATE POLICY a ON trackpay_jobs USING (person = auth.uid())")
                        .severity())
                .isEqualTo(Severity.ERROR);
        innocent(
                generic[0],
                generic[1],
                "CREATE POLICY a ON trackpay_jobs USING (EXISTS (SELECT 1 FROM trackpay_people p WHERE p.id = person AND p.login = auth.uid()))");
    }
}
