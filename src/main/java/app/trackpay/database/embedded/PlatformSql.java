package app.trackpay.database.embedded;

import app.trackpay.database.GrantEra;
import app.trackpay.database.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes a plain cluster into the stand-in.
 *
 * @param messages the SQL, each text one message to the server
 * @param settings what is added to postgresql.conf
 * @param access the text of pg_hba.conf
 */
record PlatformSql(List<String> messages, String settings, String access) {

    static PlatformSql of(GrantEra era) throws IOException {
        return new PlatformSql(StandIn.messages(era), resource("settings.conf"), resource("pg_hba.conf"));
    }

    /** Tells one content from another; fit to be part of a file's name. */
    String hash() {
        return hash(String.join("\0", messages) + "\0" + settings + "\0" + access);
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream stream = PlatformSql.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the plugin's jar lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
