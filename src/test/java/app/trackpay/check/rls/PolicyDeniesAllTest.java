package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyDeniesAllTest extends CheckTest {

    PolicyDeniesAllTest() {
        super(new PolicyDeniesAll());
    }

    private static final String OWN = Notes.read("owner = auth.uid()");
    private static final String IDLE = "CREATE POLICY q ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (true)";

    private static Case none(String name, String... policies) {
        return Case.guilty(name, Notes.with(policies)).proof(Callers.PROVIDER, Notes.COUNT, "0");
    }

    private static Case some(String name, String... policies) {
        return Case.innocent(name, Notes.with(policies)).proof(Callers.PROVIDER, Notes.COUNT, "1");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                none("false", Notes.read("false")),
                none("NULL", Notes.read("NULL")),
                none("a comparison with NULL", Notes.read("owner = NULL")),
                none("no condition", "CREATE POLICY p ON trackpay_notes FOR SELECT"),
                none(
                        "a restrictive policy alone",
                        "CREATE POLICY p ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (owner = auth.uid())"),
                Case.guilty(
                                "a restrictive policy that everybody passes",
                                Notes.with(Notes.read("shared IS NOT NULL"), IDLE))
                        .proof(Callers.STRANGER, Notes.COUNT, "1"),
                some("the owner", OWN),
                some("the owner or nobody", Notes.read("owner = auth.uid() OR false")),
                some(
                        "a restrictive policy beside one that gives",
                        OWN,
                        "CREATE POLICY q ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (id < 5)"));
    }

    @Test
    void isAWarning() {
        assertThat(guilty(Notes.with(Notes.read("false"))).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(Notes.with(Notes.read("1 = 2")));
        repairs(Notes.with(OWN, IDLE));
    }
}
