package app.trackpay.apply;

import java.util.Arrays;
import java.util.Optional;

/** How a statement locks a table, from what only schema changes notice to what shuts out everybody. */
public enum LockMode {
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String word;

    LockMode(String word) {
        this.word = word;
    }

    /** As pg_locks writes it; empty for ACCESS SHARE, which is every SELECT. */
    static Optional<LockMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }

    /** Whether INSERT, UPDATE and DELETE of others wait. */
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    /** As SQL writes it. */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
