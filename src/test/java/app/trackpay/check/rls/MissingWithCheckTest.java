package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingWithCheckTest extends CheckTest {

    MissingWithCheckTest() {
        super(new MissingWithCheck());
    }

    private static final String READ = "CREATE POLICY s ON trackpay_notes FOR SELECT USING (true)";
    private static final String GIVE = "UPDATE trackpay_notes SET owner = NULL";
    private static final String WEAK = update("owner = auth.uid()", "true");

    private static String update(String using, String check) {
        return "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (" + using + ") WITH CHECK ("
                + check + ")";
    }

    private static Case givesAway(String name, String... statements) {
        return Case.guilty(name, statements).after(Notes.with(READ)).proof(Callers.PROVIDER, GIVE, "-");
    }

    private static Case keeps(String name, String... statements) {
        return Case.innocent(name, statements).after(Notes.with(READ)).proof(Callers.PROVIDER, GIVE, "42501");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                givesAway("new rows are not looked at", WEAK),
                givesAway("new rows are looked at for something else", update("owner = auth.uid()", "id = 1")),
                givesAway(
                        "whoever is logged in may have made the new row",
                        "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid())"
                                + " WITH CHECK (auth.uid() IS NOT NULL)"),
                givesAway(
                        "an alternative beside the owner",
                        update("owner = auth.uid() AND id > 0", "owner = auth.uid() OR NOT shared")),
                keeps(
                        "no WITH CHECK: the server takes USING",
                        "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid())"),
                keeps("the same the other way round", update("owner = auth.uid()", "auth.uid() = owner")),
                keeps(
                        "the owner's part of a longer condition",
                        update("owner = (SELECT auth.uid()) AND NOT shared", "owner = auth.uid()")),
                keeps("a condition that asks for more", update("owner = auth.uid() OR shared", "owner = auth.uid()")),
                keeps(
                        "a grant that leaves the owner out",
                        "REVOKE UPDATE ON trackpay_notes FROM anon, authenticated",
                        "GRANT UPDATE (shared) ON trackpay_notes TO authenticated",
                        WEAK),
                keeps(
                        "a restrictive policy that asks for it",
                        WEAK,
                        "CREATE POLICY r ON trackpay_notes AS RESTRICTIVE FOR UPDATE TO authenticated USING (owner = auth.uid())"),
                Case.innocent(
                                "an INSERT policy without WITH CHECK",
                                Notes.with(READ, "CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated"))
                        .proof(Callers.PROVIDER, "INSERT INTO trackpay_notes VALUES (2, NULL, true)", "42501"));
    }

    @Test
    void namesThePolicyAndWhatAUserCanDo() {
        Finding finding = guilty(Notes.with(READ, WEAK));

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_notes.p");
        assertThat(finding.message()).contains("give a row of their own to somebody else");
    }
}
