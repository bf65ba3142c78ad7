package app.trackpay.database.embedded;

import org.postgresql.Driver;
import org.postgresql.util.PasswordUtil;

/** Loads what the first connection needs while the server's files are copied: it is half of what a rehearsal takes to start. */
final class DriverWarmUp {

    private DriverWarmUp() {}

    static void begin() {
        Thread thread = new Thread(DriverWarmUp::load, "trackpay-driver");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        new Driver();
        // the cryptography of a login is the dear part
        PasswordUtil.encodeScramSha256("any".toCharArray());
    }
}
