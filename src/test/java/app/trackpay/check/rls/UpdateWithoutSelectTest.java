package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class UpdateWithoutSelectTest extends CheckTest {

    UpdateWithoutSelectTest() {
        super(new UpdateWithoutSelect());
    }

    private static final String[] NOTES = {
        "CREATE TABLE public.trackpay_notes (id int, owner uuid, published boolean DEFAULT false)",
        "INSERT INTO trackpay_notes VALUES (1, 'a0000000-0000-4000-8000-000000000001'), (2, NULL)",
        "ALTER TABLE trackpay_notes ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT, UPDATE, DELETE ON trackpay_notes TO anon, authenticated"
    };
    private static final String COUNT = "SELECT count(*) FROM trackpay_notes";

    private static final String UPDATE = "UPDATE trackpay_notes SET published = true WHERE id = 1 RETURNING id";
    private static final String CHANGE =
            "CREATE POLICY change ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid())";

    @Test
    void namesThePolicyThatFindsNoRow() {
        Finding finding = guilty(with(NOTES, CHANGE));

        assertThat(finding.object()).isEqualTo("policy public.trackpay_notes.change");
        assertThat(finding.message()).contains("0 rows");
        seen(UPDATE, with(NOTES, CHANGE, PROVIDER)).isEqualTo("-");
        seenAfterRepair(UPDATE, PROVIDER, with(NOTES, CHANGE)).isEqualTo("1");
    }

    @Test
    void deleteFindsItsRowsTheSameWay() {
        String[] blind = with(NOTES, "CREATE POLICY p ON trackpay_notes FOR DELETE TO authenticated USING (true)");

        guilty(blind);
        seen("DELETE FROM trackpay_notes WHERE id = 1 RETURNING id", with(blind, PROVIDER))
                .isEqualTo("-");
    }

    @Test
    void aSelectPolicyForAnotherRoleDoesNotHelp() {
        String[] blind = with(NOTES, CHANGE, "CREATE POLICY look ON trackpay_notes FOR SELECT TO anon USING (true)");

        guilty(blind);
        seen(UPDATE, with(blind, PROVIDER)).isEqualTo("-");
    }

    @Test
    void aRestrictiveSelectPolicyOpensNothing() {
        String[] blind = with(
                NOTES,
                CHANGE,
                "CREATE POLICY look ON trackpay_notes AS RESTRICTIVE FOR SELECT TO authenticated USING (true)");

        guilty(blind);
        seen(UPDATE, with(blind, PROVIDER)).isEqualTo("-");
    }

    @Test
    void aSelectPolicyForEverybodyHelps() {
        String[] sound = with(NOTES, CHANGE, "CREATE POLICY look ON trackpay_notes FOR SELECT USING (true)");

        innocent(sound);
        seen(UPDATE, with(sound, PROVIDER)).isEqualTo("1");
    }

    @Test
    void aPolicyForAllCommandsReadsAsWell() {
        String[] sound = with(NOTES, "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid())");

        innocent(sound);
        seen(UPDATE, with(sound, PROVIDER)).isEqualTo("1");
    }

    @Test
    void aPolicyForEverybodyMayShutVisitorsOut() {
        String[] sound = with(
                NOTES,
                "CREATE POLICY change ON trackpay_notes FOR UPDATE USING (true)",
                "CREATE POLICY look ON trackpay_notes FOR SELECT TO authenticated USING (true)");

        innocent(sound);
        seen(UPDATE, with(sound, PROVIDER)).isEqualTo("1");
        seen(UPDATE, with(sound, VISITOR)).isEqualTo("-");
    }

    @Test
    void aRoleThatNoPolicyBindsReadsAnyway() {
        innocent(with(NOTES, "CREATE POLICY p ON trackpay_notes FOR UPDATE TO service_role USING (true)"));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(with(
                NOTES,
                CHANGE,
                "CREATE POLICY gone ON trackpay_notes FOR DELETE TO anon, authenticated USING (published)"));
    }
}
