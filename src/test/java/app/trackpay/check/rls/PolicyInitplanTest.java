package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.QueryPlan;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyInitplanTest extends CheckTest {

    PolicyInitplanTest() {
        super(new PolicyInitplan());
    }

    private static final String ONCE = QueryPlan.with("InitPlan", "SELECT * FROM trackpay_notes");

    private static Case everyRow(String name, String condition) {
        return Case.guilty(name, Notes.with(Notes.read(condition))).proof(Callers.PROVIDER, ONCE, QueryPlan.REFUTED);
    }

    private static Case once(String name, String condition) {
        return Case.innocent(name, Notes.with(Notes.read(condition))).proof(Callers.PROVIDER, ONCE, "-");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                everyRow("a bare call", "owner = auth.uid()"),
                everyRow("two bare calls", "auth.role() = 'authenticated' AND owner = auth.uid()"),
                everyRow("a bare call in an array", "owner = ANY (ARRAY[auth.uid()])"),
                once("a sub-select", "owner = (SELECT auth.uid())"),
                once("a sub-select that does not look at the row", "(SELECT auth.role()) = 'authenticated' AND shared"),
                once(
                        "a bare call in a sub-select of its own",
                        "owner = (SELECT u.auth_user_id FROM trackpay_users u WHERE u.auth_user_id = auth.uid())"));
    }

    @Test
    void isAWarningAndItsOwnSqlRepairsIt() {
        for (Case bare : cases()) {
            if (bare.guilty()) {
                String[] statements = bare.statements().toArray(String[]::new);
                assertThat(guilty(statements).severity()).isEqualTo(Severity.WARNING);
                repairs(statements);
            }
        }
    }

    @Test
    void theHelperIsACallAsWell() {
        guilty("CREATE POLICY p ON trackpay_sessions FOR SELECT USING (client_id = current_trackpay_user_id())");
    }

    @Test
    void aWrongIdIsToldByAnotherCheckWhichAsksOnceInItsPlace() {
        String policy = "CREATE POLICY p ON trackpay_sessions FOR SELECT USING (client_id = auth.uid()";
        innocent(policy + ")");
        guilty(policy + " OR auth.role() = 'authenticated')");
    }

    @Test
    void aWrittenRowIsOneRow() {
        innocent(Notes.with("CREATE POLICY p ON trackpay_notes FOR INSERT WITH CHECK (owner = auth.uid())"));
    }
}
