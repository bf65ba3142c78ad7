package app.trackpay.database.scratch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL files of this package. */
final class ScratchSql {

    private ScratchSql() {}

    static String of(String name) {
        try (InputStream stream = ScratchSql.class.getResourceAsStream(name + ".sql")) {
            if (stream == null) {
                throw new IllegalStateException("the plugin's jar lacks " + name + ".sql");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
