package app.trackpay.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The SQL that apply itself asks with, each in a file of its own. */
enum SqlResource {
    TARGET("target.sql"),
    HISTORY_CREATE("history-create.sql"),
    HISTORY_UPGRADE("history-upgrade.sql"),
    HISTORY_REST("history-rest.sql"),
    HISTORY_EXISTS("history-exists.sql"),
    HISTORY_READ("history-read.sql"),
    HISTORY_BEGIN("history-begin.sql"),
    HISTORY_FIRST("history-first.sql"),
    HISTORY_RESUME("history-resume.sql"),
    HISTORY_PART("history-part.sql"),
    HISTORY_REFUSED("history-refused.sql"),
    HISTORY_ADOPT("history-adopt.sql"),
    HISTORY_ACCEPT("history-accept.sql"),
    HISTORY_FORGET("history-forget.sql"),
    PUSHED("pushed.sql"),
    LOCK_HOLDER("lock-holder.sql"),
    LOCK_SESSION("lock-session.sql"),
    WORK_SESSION("work-session.sql"),
    CUT_OFF_INDEX("cut-off-index.sql"),
    CUT_OFF_REINDEX("cut-off-reindex.sql"),
    CUT_OFF_DETACH("cut-off-detach.sql"),
    CUT_OFF_OBJECT("cut-off-object.sql"),
    CUT_OFF_PUBLICATION("cut-off-publication.sql"),
    PRIVILEGED_SETTINGS("privileged-settings.sql"),
    BLOCKERS("blockers.sql"),
    RENEW("renew.sql"),
    SETTLE("settle.sql"),
    TABLES("tables.sql"),
    LOCKS("locks.sql"),
    SEQUENCES("sequences.sql"),
    CATALOG_WRITES("catalog-writes.sql");

    private final String file;
    private volatile @Nullable String text;

    SqlResource(String file) {
        this.file = file;
    }

    /** The text. It is asked for with every step, and to find a file in a jar costs more than many a query. */
    String text() {
        @Nullable String known = text;
        if (known == null) {
            known = read();
            text = known;
        }
        return known;
    }

    private String read() {
        try (InputStream in = SqlResource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the plugin's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
