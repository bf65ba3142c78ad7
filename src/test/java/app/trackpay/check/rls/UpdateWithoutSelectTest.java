package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpdateWithoutSelectTest extends CheckTest {

    UpdateWithoutSelectTest() {
        super(new UpdateWithoutSelect());
    }

    private static final String UPDATE = "UPDATE trackpay_notes SET shared = true WHERE id = 1 RETURNING id";
    private static final String DELETE = "DELETE FROM trackpay_notes WHERE id = 1 RETURNING id";
    private static final String CHANGE =
            "CREATE POLICY change ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid())";
    private static final String REMOVE =
            "CREATE POLICY remove ON trackpay_notes FOR DELETE TO authenticated USING (owner = auth.uid())";

    /** No row, and no error. */
    private static Case blind(String name, String statement, String... policies) {
        return Case.guilty(name, Notes.with(policies)).proof(Callers.PROVIDER, statement, "");
    }

    private static Case sound(String name, String... policies) {
        return Case.innocent(name, Notes.with(policies)).proof(Callers.PROVIDER, UPDATE, "1");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                blind("an UPDATE that finds no row", UPDATE, CHANGE),
                blind("a DELETE that finds no row", DELETE, REMOVE),
                blind(
                        "another role may read",
                        UPDATE,
                        CHANGE,
                        "CREATE POLICY look ON trackpay_notes FOR SELECT TO anon USING (true)"),
                blind(
                        "a restrictive policy gives nothing to read",
                        UPDATE,
                        CHANGE,
                        "CREATE POLICY look ON trackpay_notes AS RESTRICTIVE FOR SELECT TO authenticated USING (true)"),
                sound("everybody may read", CHANGE, "CREATE POLICY look ON trackpay_notes FOR SELECT USING (true)"),
                sound(
                        "a policy for all commands reads as well",
                        "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid())"),
                sound(
                        "a policy for everybody, and visitors may not read",
                        "CREATE POLICY change ON trackpay_notes FOR UPDATE USING (true)",
                        "CREATE POLICY look ON trackpay_notes FOR SELECT TO authenticated USING (true)"),
                Case.innocent(
                                "a role that no policy binds",
                                Notes.with(
                                        "GRANT SELECT, UPDATE ON trackpay_notes TO service_role",
                                        "CREATE POLICY p ON trackpay_notes FOR UPDATE TO service_role USING (true)"))
                        .proof(new String[] {"SET LOCAL ROLE service_role"}, UPDATE, "1"));
    }

    @Test
    void namesThePolicyThatFindsNoRow() {
        Finding finding = guilty(Notes.with(CHANGE));

        assertThat(finding.object()).isEqualTo("policy public.trackpay_notes.change");
        assertThat(finding.message()).contains("0 rows");
        seenAfterRepair(UPDATE, PROVIDER, Notes.with(CHANGE)).isEqualTo("1");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(Notes.with(
                CHANGE, "CREATE POLICY gone ON trackpay_notes FOR DELETE TO anon, authenticated USING (shared)"));
    }
}
