package app.trackpay.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.TestArchives;
import app.trackpay.database.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goals that write into a history, without a database that keeps one. */
final class LiveOnlyTest {

    @TempDir
    private Path cache;

    @Test
    void aRehearsalIsRefusedBeforeItStarts() throws Exception {
        PostgresRelease release = PostgresRelease.of(17);
        Source source = new Source.Throwaway(
                new EmbeddedEngine(release, TestArchives.ARCHIVES, cache, line -> {}), GrantEra.NEW, Optional.empty());

        assertThatThrownBy(source::live)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("-Dtrackpay.url")
                .hasMessageContaining("TRACKPAY_DB_URL");
    }
}
