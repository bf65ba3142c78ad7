package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import org.junit.jupiter.api.Test;

final class ProbeTest {

    @Test
    void theReferenceSetDoesWhatItSays() throws Exception {
        try (Trial trial = ReferenceDatabase.on(17, GrantEra.NEW).trialAsPostgres()) {
            long t = System.nanoTime();
            Observation seen = Probe.run(trial.connection(), trial.plan(), trial.catalog());
            System.err.println((System.nanoTime() - t) / 1_000_000 + " ms, tries " + seen.tries());
            seen.matrix().lines().forEach(System.err::println);
            seen.findings().forEach(f -> System.err.println(f.key() + "\n   " + f.message()));
            seen.notes().forEach(System.err::println);
            assertThat(seen.findings()).extracting(Finding::key).isEmpty();
            assertThat(seen.notes()).isEmpty();
        }
    }
}
