package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The caller's user_metadata says admin, because the caller wrote it there; their app_metadata does not. */
final class PolicyUserMetadataTest extends CheckTest {

    PolicyUserMetadataTest() {
        super(new PolicyUserMetadata());
    }

    private static final String ARROWS = "auth.jwt() -> 'user_metadata' ->> 'role' = 'admin'";

    private static Case believes(String name, String condition) {
        return Case.guilty(name, Notes.with(Notes.read(condition))).proof(Callers.STRANGER, Notes.COUNT, "1");
    }

    private static Case doubts(String name, String condition) {
        return Case.innocent(name, Notes.with(Notes.read(condition))).proof(Callers.STRANGER, Notes.COUNT, "0");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                believes("by arrows", ARROWS),
                believes("by a path", "auth.jwt() #>> '{user_metadata,role}' = 'admin'"),
                believes("in a sub-select", "(SELECT auth.jwt()) -> 'user_metadata' ->> 'role' = 'admin'"),
                believes(
                        "in the setting that carries the token",
                        "current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'role' = 'admin'"),
                believes("by a function", "jsonb_extract_path_text(auth.jwt(), 'user_metadata', 'role') = 'admin'"),
                doubts("what the server writes", "auth.jwt() -> 'app_metadata' ->> 'role' = 'admin'"),
                doubts("what the server writes, by a path", "auth.jwt() #>> '{app_metadata,role}' = 'admin'"),
                doubts(
                        "a key of that name in what the server writes",
                        "auth.jwt() -> 'app_metadata' ->> 'user_metadata' = 'admin'"),
                doubts("the word alone", "'user_metadata' = auth.role()"));
    }

    @Test
    void isAnError() {
        assertThat(guilty(Notes.with(Notes.read(ARROWS))).severity()).isEqualTo(Severity.ERROR);
    }
}
