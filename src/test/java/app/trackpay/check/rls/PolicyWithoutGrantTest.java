package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyWithoutGrantTest extends CheckTest {

    PolicyWithoutGrantTest() {
        super(new PolicyWithoutGrant());
    }

    private static final String READ = "SELECT count(id) FROM public.trackpay_payments";
    private static final String REVOKE = "REVOKE ALL ON trackpay_payments FROM authenticated";
    private static final String REVOKE_SCHEMA = "REVOKE USAGE ON SCHEMA public FROM authenticated, PUBLIC";
    private static final String MORE = "CREATE TABLE public.trackpay_more (id int, n int)";
    private static final String READ_MORE = "SELECT count(*) FROM trackpay_more";

    private static final String NUMBERED = "CREATE TABLE public.trackpay_notes (id bigserial PRIMARY KEY, n int)";
    private static final String ADDS =
            "CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated WITH CHECK (n = 1)";
    private static final String MAY_ADD = "GRANT INSERT ON trackpay_notes TO authenticated";
    private static final String ADD = "INSERT INTO trackpay_notes (n) VALUES (1)";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("nothing is granted on the table", REVOKE)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, READ, "42501"),
                Case.guilty(
                                "nothing is granted on any table",
                                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, READ, "42501"),
                Case.guilty("the schema is not granted", REVOKE_SCHEMA)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, READ, "42501"),
                Case.guilty(
                                "an UPDATE that may not look for its rows",
                                MORE,
                                "CREATE POLICY p ON trackpay_more FOR UPDATE TO authenticated USING (true)",
                                "GRANT UPDATE ON trackpay_more TO authenticated")
                        .proof(Callers.STRANGER, "UPDATE trackpay_more SET n = 2 WHERE id = 1", "42501"),
                Case.guilty(
                                "a policy for everybody that nobody can use",
                                MORE,
                                "CREATE POLICY p ON trackpay_more USING (true)")
                        .proof(Callers.STRANGER, READ_MORE, "42501"),
                Case.guilty("a number that users may not draw from its sequence", NUMBERED, ADDS, MAY_ADD)
                        .proof(Callers.STRANGER, ADD, "42501"),
                Case.guilty(
                                "a number as part of a text, from a sequence with a name in quotes, for everybody",
                                "CREATE SEQUENCE public.\"Trackpay 'no'\"",
                                "CREATE TABLE public.trackpay_notes (id text DEFAULT"
                                        + " 'N-' || nextval('public.\"Trackpay ''no''\"'), n int)",
                                "CREATE POLICY p ON trackpay_notes WITH CHECK (n = 1)",
                                "GRANT SELECT, INSERT ON trackpay_notes TO authenticated, anon")
                        .proof(Callers.STRANGER, ADD, "42501"),
                Case.innocent(
                                "a number from a sequence that users may use",
                                NUMBERED,
                                ADDS,
                                MAY_ADD,
                                "GRANT USAGE ON SEQUENCE trackpay_notes_id_seq TO authenticated")
                        .proof(Callers.STRANGER, ADD, "-"),
                Case.innocent(
                                "a number from a sequence that users may update",
                                NUMBERED,
                                ADDS,
                                MAY_ADD,
                                "GRANT UPDATE ON SEQUENCE trackpay_notes_id_seq TO authenticated")
                        .proof(Callers.STRANGER, ADD, "-"),
                Case.innocent(
                                "an identity column, which asks nobody for its sequence",
                                NUMBERED.replace("bigserial", "bigint GENERATED ALWAYS AS IDENTITY"),
                                ADDS,
                                MAY_ADD)
                        .proof(Callers.STRANGER, ADD, "-"),
                Case.innocent(
                                "a number that users only read",
                                NUMBERED,
                                "INSERT INTO trackpay_notes (n) VALUES (1)",
                                "CREATE POLICY p ON trackpay_notes TO authenticated USING (n = 1)",
                                "GRANT SELECT, UPDATE, DELETE ON trackpay_notes TO authenticated")
                        .proof(Callers.STRANGER, "UPDATE trackpay_notes SET n = 1 RETURNING n", "1"),
                Case.innocent("the reference set", Keys.ROWS).proof(Callers.PROVIDER, READ, "1"),
                Case.innocent(
                                "grants on columns",
                                REVOKE,
                                "GRANT SELECT (id), INSERT (id), UPDATE (amount) ON trackpay_payments TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, READ, "1"),
                Case.innocent(
                                "grants to everybody and by membership",
                                REVOKE,
                                "CREATE ROLE health_readers",
                                "GRANT health_readers TO authenticated WITH INHERIT TRUE",
                                "GRANT SELECT, UPDATE ON trackpay_payments TO health_readers",
                                "GRANT INSERT ON trackpay_payments TO PUBLIC")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, READ, "1"),
                Case.innocent(
                                "a policy for everybody that shuts visitors out",
                                MORE,
                                "INSERT INTO trackpay_more VALUES (1)",
                                "CREATE POLICY p ON trackpay_more FOR SELECT USING (true)",
                                "GRANT SELECT ON trackpay_more TO authenticated")
                        .proof(Callers.STRANGER, READ_MORE, "1"),
                Case.innocent(
                                "a policy for all commands that is used for one",
                                MORE,
                                "INSERT INTO trackpay_more VALUES (1)",
                                "CREATE POLICY p ON trackpay_more TO authenticated USING (true)",
                                "GRANT SELECT ON trackpay_more TO authenticated")
                        .proof(Callers.STRANGER, READ_MORE, "1"));
    }

    @Test
    void namesTheRoleTheTableAndEveryPrivilege() {
        Finding finding = guilty(
                REVOKE,
                "REVOKE UPDATE (session_id, session_ids, amount, payment_method, payment_date, notes,"
                        + " updated_at) ON trackpay_payments FROM authenticated");

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments for authenticated");
        assertThat(finding.message()).contains("lacks INSERT, SELECT, UPDATE", "tp_payments_select_party");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.7");
    }

    /** A project of the new kind, where nothing is granted by itself. */
    @Test
    void aSetThatGrantsNothingIsNamedTableByTable() {
        assertThat(findings("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM authenticated"))
                .hasSize(8)
                .allSatisfy(finding -> assertThat(finding.message()).contains("42501"));
    }

    @Test
    void usageOfTheSchemaIsNeededAsWell() {
        assertThat(guilty(REVOKE_SCHEMA).object()).isEqualTo("schema public for authenticated");
    }

    @Test
    void anUpdateFindsItsRowsBySelecting() {
        assertThat(guilty(
                                MORE,
                                "CREATE POLICY p ON trackpay_more FOR UPDATE TO authenticated USING (true)",
                                "GRANT UPDATE ON trackpay_more TO authenticated")
                        .message())
                .contains("lacks SELECT on the table");
    }

    @Test
    void whatShowsItNamesTheRoleTheTableAndWhatIsNotHeld() {
        String shows = guilty(REVOKE).shows().orElseThrow();
        try (var trial = database().trial().run(REVOKE)) {
            assertThat(trial.rows(shows))
                    .isEqualTo("authenticated|public.trackpay_payments|INSERT|f\n"
                            + "authenticated|public.trackpay_payments|SELECT|f\n"
                            + "authenticated|public.trackpay_payments|UPDATE|f");
        }
    }

    @Test
    void namesTheSequenceAndTheColumnThatDrawsFromIt() {
        Finding finding = guilty(NUMBERED, ADDS, MAY_ADD);

        assertThat(finding.object()).isEqualTo("sequence public.trackpay_notes_id_seq for authenticated");
        assertThat(finding.message())
                .contains("public.trackpay_notes.id draws", "permission denied for sequence trackpay_notes_id_seq");
        assertThat(finding.repair()).contains("GRANT USAGE ON SEQUENCE public.trackpay_notes_id_seq TO authenticated;");
    }

    @Test
    void namesTheStepThatLetsUsersInsertThere() {
        Finding finding = guilty("ALTER TABLE trackpay_payments ADD COLUMN receipt bigserial");

        assertThat(finding.object()).isEqualTo("sequence public.trackpay_payments_receipt_seq for authenticated");
        assertThat(finding.step().orElseThrow().name()).isEqualTo("020_rls_policies.sql");
    }

    /** Both at once: whoever grants the table would only meet the sequence next. */
    @Test
    void theSequenceIsNamedBesideTheTable() {
        assertThat(findings(NUMBERED, ADDS))
                .extracting(Finding::object)
                .containsExactly(
                        "table public.trackpay_notes for authenticated",
                        "sequence public.trackpay_notes_id_seq for authenticated");
    }

    @Test
    void aRestrictivePolicyOpensNothing() {
        innocent("CREATE POLICY p ON trackpay_payments AS RESTRICTIVE FOR DELETE TO anon USING (false)");
    }

    @Test
    void policiesOnTablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON other TO authenticated USING (true)");
    }
}
