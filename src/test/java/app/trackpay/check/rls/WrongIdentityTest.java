package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
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

    private static final String ACTIVITY =
            "INSERT INTO trackpay_activities (user_id, provider_id, client_id, activity_type) VALUES"
                    + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001',"
                    + " 'b0000000-0000-4000-8000-000000000002', 'note')";

    private static Case lockedOut(String name, String condition) {
        return Case.guilty(name, policy(condition)).after(Keys.ROWS).proof(Callers.PROVIDER, SESSIONS, "0");
    }

    private static Case seesOwn(String name, String condition) {
        return Case.innocent(name, policy(condition)).after(Keys.ROWS).proof(Callers.PROVIDER, SESSIONS, "1");
    }

    private static Case byAlias(String name, String alias) {
        return lockedOut(name, "provider_id = public.me()").after("CREATE FUNCTION public.me() RETURNS uuid " + alias);
    }

    private static final String[] UPLOADS = {
        "INSERT INTO storage.buckets (id, name) VALUES ('docs', 'docs')",
        "INSERT INTO storage.objects (bucket_id, name, owner, owner_id) VALUES ('docs',"
                + " 'a0000000-0000-4000-8000-000000000001/a', 'a0000000-0000-4000-8000-000000000001',"
                + " 'a0000000-0000-4000-8000-000000000001')",
        "GRANT SELECT ON storage.objects TO authenticated"
    };

    private static String[] uploaded(String condition) {
        return with(
                UPLOADS,
                "CREATE POLICY p ON storage.objects FOR SELECT TO authenticated USING (bucket_id = 'docs' AND "
                        + condition + ")");
    }

    private static final String UPLOADED = "SELECT count(*) FROM storage.objects";

    @Override
    protected List<Case> cases() {
        return List.of(
                lockedOut("an internal id and the login", "provider_id = auth.uid()"),
                lockedOut("the same in a sub-select", "provider_id = (SELECT auth.uid())"),
                lockedOut("the same as text", "provider_id::text = auth.uid()::text"),
                lockedOut("the same with IN", "provider_id IN (SELECT auth.uid())"),
                lockedOut("the same with ANY", "auth.uid() = ANY (ARRAY[provider_id, client_id])"),
                lockedOut("the same with IS NOT DISTINCT FROM", "provider_id IS NOT DISTINCT FROM auth.uid()"),
                lockedOut("the login in the token", "provider_id::text = (auth.jwt() ->> 'sub')"),
                lockedOut(
                        "the login in the claims",
                        "provider_id::text = current_setting('request.jwt.claims', true)::json ->> 'sub'"),
                lockedOut("the login out of CASE", "provider_id = CASE WHEN true THEN auth.uid() END"),
                lockedOut("the login out of coalesce", "provider_id = coalesce(auth.uid(), auth.uid())"),
                lockedOut(
                        "the caller's row by the wrong column",
                        "EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = auth.uid())"),
                lockedOut(
                        "the helper and the column of logins",
                        "EXISTS (SELECT 1 FROM trackpay_users u WHERE u.auth_user_id = current_trackpay_user_id())"),
                lockedOut(
                        "two columns of two kinds",
                        "EXISTS (SELECT 1 FROM trackpay_users u WHERE u.auth_user_id = trackpay_sessions.provider_id)"),
                lockedOut(
                        "a union of two kinds of login",
                        "provider_id IN (SELECT auth_user_id FROM trackpay_users UNION SELECT auth.uid())"),
                byAlias("a function that gives the login back", "LANGUAGE sql STABLE AS 'SELECT auth.uid()'"),
                byAlias("a function with a parsed body that does", "LANGUAGE sql STABLE RETURN auth.uid()"),
                byAlias("a plpgsql function that does", "LANGUAGE plpgsql STABLE AS 'BEGIN RETURN auth.uid(); END'"),
                Case.guilty(
                                "a column that only the plan knows",
                                "CREATE POLICY audit_select_by_provider ON trackpay_relationship_audit FOR SELECT TO authenticated USING (provider_id = auth.uid())",
                                "DROP POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit",
                                "INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES"
                                        + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002', 'deleted')")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_relationship_audit", "0"),
                Case.guilty(
                                "a condition on new rows",
                                "DROP POLICY tp_activities_insert_party ON trackpay_activities",
                                "CREATE POLICY p ON trackpay_activities FOR INSERT TO authenticated WITH CHECK (user_id = auth.uid())")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ACTIVITY, "42501"),
                Case.guilty(
                                "both conditions of an update, by the login in the token",
                                "DROP POLICY tp_sessions_update_provider ON trackpay_sessions",
                                "CREATE POLICY p ON trackpay_sessions FOR UPDATE TO authenticated"
                                        + " USING (provider_id::text = auth.jwt() ->> 'sub')"
                                        + " WITH CHECK (provider_id = (auth.jwt() ->> 'sub')::uuid)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "UPDATE trackpay_sessions SET notes = 'x' RETURNING notes", ""),
                Case.guilty(
                                "a view",
                                "CREATE VIEW public.trackpay_mine WITH (security_invoker = true) AS SELECT * FROM trackpay_sessions WHERE provider_id = auth.uid()",
                                "GRANT SELECT ON trackpay_mine TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_mine", "0"),
                Case.guilty(
                                "a function with a parsed body",
                                "CREATE FUNCTION public.mine() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC"
                                        + " SELECT count(*) FROM public.trackpay_sessions WHERE provider_id = auth.uid(); END")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT public.mine()", "0"),
                Case.guilty("a stored file's login and the helper", uploaded("owner = current_trackpay_user_id()"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, UPLOADED, "0"),
                Case.guilty(
                                "the same by the newer column, as text",
                                uploaded("owner_id = (SELECT current_trackpay_user_id()::text)"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, UPLOADED, "0"),
                Case.innocent("a stored file's login and the login", uploaded("owner_id = (SELECT auth.uid()::text)"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, UPLOADED, "1"),
                Case.innocent(
                                "the login as a stored file's folder",
                                uploaded("(storage.foldername(name))[1] = auth.uid()::text"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, UPLOADED, "1"),
                seesOwn("an internal id and the helper", "provider_id = current_trackpay_user_id()"),
                seesOwn(
                        "the caller's row by its login",
                        "provider_id IN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid())"),
                seesOwn(
                        "the same with EXISTS",
                        "EXISTS (SELECT 1 FROM trackpay_users WHERE id = trackpay_sessions.provider_id AND auth_user_id = auth.uid())"),
                seesOwn(
                        "the same the other way round",
                        "EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = provider_id AND (SELECT auth.uid()) = u.auth_user_id)"),
                seesOwn(
                        "the same as a pair",
                        "(provider_id, true) IN (SELECT id, auth_user_id = (auth.jwt() ->> 'sub')::uuid FROM trackpay_users)"),
                seesOwn(
                        "the login of the row's provider",
                        "(SELECT u.auth_user_id FROM trackpay_users u WHERE u.id = provider_id) = auth.uid()"),
                Case.innocent(
                                "a table that is keyed by the login",
                                "CREATE TABLE public.trackpay_profiles (id uuid PRIMARY KEY REFERENCES auth.users)",
                                "INSERT INTO trackpay_profiles VALUES ('a0000000-0000-4000-8000-000000000001')",
                                "ALTER TABLE trackpay_profiles ENABLE ROW LEVEL SECURITY",
                                "GRANT SELECT ON trackpay_profiles TO authenticated",
                                "CREATE POLICY a ON trackpay_profiles FOR SELECT TO authenticated USING (id = auth.uid())")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_profiles", "1"));
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
    void whatComesOfItTakesTheNotIn() {
        assertThat(List.of(
                        "provider_id = auth.uid()",
                        "provider_id IS NOT DISTINCT FROM auth.uid()",
                        "NOT (provider_id <> auth.uid())",
                        "NOT (NOT (provider_id = auth.uid()) OR provider_id IS NULL)",
                        "provider_id IN (SELECT auth.uid())"))
                .allSatisfy(none -> assertThat(guilty(policy(none)).message()).endsWith("no row will ever match"));
        assertThat(List.of(
                        "provider_id <> auth.uid()",
                        "provider_id IS DISTINCT FROM auth.uid()",
                        "NOT (provider_id = auth.uid())",
                        "NOT (provider_id = auth.uid() AND provider_id IS NULL)",
                        "provider_id NOT IN (SELECT u.auth_user_id FROM trackpay_users u)"))
                .allSatisfy(all -> assertThat(guilty(policy(all)).message()).endsWith("every row will pass"));
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
