package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} is made at {1}")
    @CsvSource({
        "table public.payments, step.sql:2",
        "column public.requests.session_id, step.sql:8",
        "table public.payments for authenticated, step.sql:2",
        "function public.helper(uuid), step.sql:10",
        "index public.not_there, step.sql",
        "extension payments, step.sql:2",
        "file step.sql, step.sql",
    })
    void isTheFirstLineThatNamesTheObjectOutsideComments(String object, String place) throws Exception {
        Path file = folder.resolve("step.sql");
        Files.writeString(file, """
                -- payments and requests
                CREATE TABLE payments (
                    id uuid,
                    session_id uuid
                );
                CREATE TABLE requests (
                    id uuid,
                    session_id uuid
                );
                CREATE FUNCTION helper(uuid) RETURNS uuid;
                """);
        Finding finding = new Finding("check", Severity.ERROR, object, "message", "fix").from(step(file));
        assertThat(Location.of(finding)).map(Location::toString).isEqualTo(Optional.of(place));
        Finding elsewhere = new Finding("check", Severity.ERROR, "table public.requests", "message", "fix")
                .from(step(file))
                .causedBy(object);
        assertThat(Location.of(elsewhere)).map(Location::toString).isEqualTo(Optional.of(place));
    }

    private static Step step(Path file) {
        return new Step("1", "step.sql", file, "", Step.Importance.CRITICAL, false, Provides.NOTHING);
    }
}
