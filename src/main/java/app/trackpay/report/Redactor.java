package app.trackpay.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Takes secrets out of everything that leaves a goal: log lines, reports, exception texts. */
public final class Redactor {

    private static final String HIDDEN = "***";

    // the longest first, so that a secret that contains another goes whole
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            (a, b) -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(b.length(), a.length()));

    /** Hides a secret from now on, also as a URL spells it. */
    public void hide(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            secrets.add(encoded);
            secrets.add(encoded.replace("+", "%20"));
        }
    }

    /** The text without the secrets. */
    public String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }
}
