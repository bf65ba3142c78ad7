package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.ColumnName;
import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnEscalationTest extends CheckTest {

    ColumnEscalationTest() {
        super(new ColumnEscalation());
    }

    private static final String GRANT = "GRANT UPDATE ON trackpay_users TO authenticated";
    private static final String PROMOTE =
            "UPDATE trackpay_users SET role = 'client' WHERE id = 'b0000000-0000-4000-8000-000000000001' RETURNING role";
    private static final String[] NOTES = {
        "CREATE TABLE public.trackpay_notes (id int, owner uuid, level text)",
        "INSERT INTO trackpay_notes VALUES (1, 'a0000000-0000-4000-8000-000000000001', 'low')",
        "ALTER TABLE trackpay_notes ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT, UPDATE ON trackpay_notes TO authenticated"
    };

    private List<Finding> notes(String... rest) {
        ColumnName owner = new ColumnName(PlansOf.table("trackpay_notes"), "owner");
        ColumnName level = new ColumnName(PlansOf.table("trackpay_notes"), "level");
        return findings(PlansOf.protecting(plan(), owner, level), with(NOTES, rest));
    }

    private static final String RAISE = "UPDATE trackpay_notes SET level = 'high' RETURNING level";

    private static Case ofNotes(Case other) {
        ColumnName owner = new ColumnName(PlansOf.table("trackpay_notes"), "owner");
        ColumnName level = new ColumnName(PlansOf.table("trackpay_notes"), "level");
        return other.after(NOTES)
                .with(
                        "protected: [trackpay_notes.owner, trackpay_notes.level]",
                        plan -> PlansOf.protecting(plan, owner, level));
    }

    private static String own(String and) {
        return "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid()" + and + ")";
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("UPDATE on a whole table with protected columns", GRANT)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, PROMOTE, "client"),
                Case.guilty(
                                "UPDATE on one protected column, for everybody",
                                "GRANT UPDATE (role) ON trackpay_users TO PUBLIC")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, PROMOTE, "client"),
                ofNotes(Case.guilty(
                                "a policy whose condition on the column is one of two that are enough",
                                own(" OR level = 'low'")))
                        .proof(Callers.PROVIDER, RAISE, "high"),
                ofNotes(Case.guilty(
                                "a table without row level security",
                                "ALTER TABLE trackpay_notes DISABLE ROW LEVEL SECURITY"))
                        .proof(Callers.STRANGER, RAISE, "high"),
                Case.innocent(
                                "UPDATE on other columns",
                                "GRANT UPDATE (name, phone) ON trackpay_users TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, PROMOTE, "42501"),
                ofNotes(Case.innocent(
                                "a trigger that forbids it",
                                "CREATE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN"
                                        + " IF NEW.level <> OLD.level OR NEW.owner <> OLD.owner THEN RAISE insufficient_privilege; END IF; RETURN NEW; END $$",
                                "CREATE TRIGGER guard BEFORE UPDATE ON trackpay_notes FOR EACH ROW EXECUTE FUNCTION guard()",
                                own("")))
                        .proof(Callers.PROVIDER, RAISE, "42501"),
                ofNotes(Case.innocent("a condition that holds the column", own(" AND level = 'low'")))
                        .proof(Callers.PROVIDER, RAISE, "42501"),
                ofNotes(Case.innocent(
                                "no policy that lets anybody update",
                                "CREATE POLICY p ON trackpay_notes FOR SELECT TO authenticated USING (true)"))
                        .proof(Callers.PROVIDER, RAISE, ""));
    }

    @Test
    void namesTheColumnsThatMakeSomebodyElseOfTheirOwner() {
        Finding finding = guilty(GRANT);

        assertThat(finding.object()).isEqualTo("table public.trackpay_users for authenticated");
        assertThat(finding.message()).contains("may UPDATE auth_user_id, role, claimed_status");
        seen(PROMOTE, with(Keys.ROWS, PROVIDER)).isEqualTo("42501");
        seen(PROMOTE, with(Keys.ROWS, GRANT, PROVIDER)).isEqualTo("client");
        seenAfterRepair(PROMOTE, PROVIDER, with(Keys.ROWS, GRANT)).isEqualTo("42501");
    }

    @Test
    void oneColumnIsEnough() {
        assertThat(guilty("GRANT UPDATE (role) ON trackpay_users TO PUBLIC").message())
                .contains("may UPDATE role,");
    }

    @Test
    void aTriggerThatSpeaksOfTheColumnIsLeftToTheProbe() {
        String[] guarded = {
            "CREATE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN"
                    + " IF NEW.level <> OLD.level OR NEW.owner <> OLD.owner THEN RAISE insufficient_privilege; END IF;"
                    + " RETURN NEW; END $$",
            "CREATE TRIGGER guard BEFORE UPDATE ON trackpay_notes FOR EACH ROW EXECUTE FUNCTION guard()",
            "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid())"
        };

        assertThat(notes(guarded)).isEmpty();
        seen("UPDATE trackpay_notes SET level = 'high' RETURNING level", with(NOTES, with(guarded, PROVIDER)))
                .isEqualTo("42501");
        assertThat(notes(with(guarded, "ALTER TABLE trackpay_notes DISABLE TRIGGER guard")))
                .hasSize(1);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(GRANT, "GRANT UPDATE ON trackpay_sessions TO authenticated");
    }
}
