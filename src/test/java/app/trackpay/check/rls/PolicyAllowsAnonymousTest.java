package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyAllowsAnonymousTest extends CheckTest {

    PolicyAllowsAnonymousTest() {
        super(new PolicyAllowsAnonymous());
    }

    private static Case open(String name, String condition) {
        return Case.guilty(name, Notes.with(Notes.read(condition))).proof(Callers.VISITOR, Notes.COUNT, "1");
    }

    private static Case closed(String name, String condition) {
        return Case.innocent(name, Notes.with(Notes.read(condition))).proof(Callers.VISITOR, Notes.COUNT, "0");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                open("nobody or the owner", "auth.uid() IS NULL OR owner = auth.uid()"),
                open("the owner or nobody", "owner = auth.uid() OR (SELECT auth.uid()) IS NULL"),
                open("nobody or the owner, of some rows", "(auth.uid() IS NULL OR owner = auth.uid()) AND id > 0"),
                open("not somebody, or the owner", "NOT (auth.uid() IS NOT NULL) OR owner = auth.uid()"),
                open("a token that names nobody", "(auth.jwt() ->> 'sub') IS NULL OR owner = auth.uid()"),
                open("a choice", "CASE WHEN auth.uid() IS NULL THEN true ELSE owner = auth.uid() END"),
                closed("somebody who is the owner", "auth.uid() IS NOT NULL AND owner = auth.uid()"),
                closed("the owner", "owner = auth.uid()"),
                closed("what is shared, for visitors", "auth.uid() IS NULL AND shared OR owner = auth.uid()"),
                closed("what belongs to nobody", "owner IS NULL OR owner = auth.uid()"));
    }

    @Test
    void whatVisitorsAreGivenIsAnError() {
        assertThat(guilty(Notes.with(Notes.read("auth.uid() IS NULL OR owner = auth.uid()")))
                        .severity())
                .isEqualTo(Severity.ERROR);
    }
}
