package app.trackpay.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** Takes secrets out of everything that leaves a goal: log lines, reports, exception texts. */
public final class Redactor {

    private static final String HIDDEN = "***";
    private static final int LETTERS = 3;

    /** What a file gives a role or a user mapping: {@code PASSWORD 'secret'}. */
    private static final Pattern LITERAL = Pattern.compile("(?i)(\\bpassword\\s+)E?'(?:[^'\\\\]|''|\\\\.)*'?");

    /** What it gives a subscription or dblink: {@code 'host=db password=secret'}. */
    private static final Pattern CONNECTION = Pattern.compile(
            "(?i)('[^'\n]*\\b(?:host|hostaddr|port|dbname|user)\\s*=[^'\n]*\\bpassword\\s*=\\s*)[^\\s']+");

    // the longest first, so that a secret that contains another goes whole
    private final Map<String, Pattern> secrets = new ConcurrentSkipListMap<>(
            (a, b) -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(b.length(), a.length()));

    /**
     * Hides a secret from now on, also as a URL spells it. One of up to three letters is hidden as a word of its own only: it stands in
     * half of all words, and those would tell it.
     */
    public void hide(String secret) {
        if (!secret.isEmpty()) {
            for (String spelled : spellings(secret)) {
                String quoted = Pattern.quote(spelled);
                secrets.put(
                        spelled,
                        Pattern.compile(
                                secret.length() > LETTERS ? quoted : "(?<![\\p{L}\\d])" + quoted + "(?![\\p{L}\\d])"));
            }
        }
    }

    /**
     * Hides a secret that is also a name, of the user who logs in or of the database, where it is given as a password. A local Supabase is
     * entered as postgres with the password postgres: with every postgres hidden, no text and no statement would be of use.
     */
    public void hidePasswordOnly(String secret) {
        for (String spelled : spellings(secret)) {
            secrets.putIfAbsent(
                    spelled,
                    Pattern.compile(
                            "(?<=:)" + Pattern.quote(spelled) + "(?=@)|(?i)(?<=password=)" + Pattern.quote(spelled)));
        }
    }

    private static Set<String> spellings(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return new LinkedHashSet<>(List.of(secret, encoded, encoded.replace("+", "%20")));
    }

    /** The text without the secrets. */
    public String clean(String text) {
        String clean = text.indexOf('\'') < 0 ? text : withoutLiterals(text);
        for (Pattern secret : secrets.values()) {
            clean = secret.matcher(clean).replaceAll(HIDDEN);
        }
        return clean;
    }

    private static String withoutLiterals(String text) {
        String clean = LITERAL.matcher(text).replaceAll("$1'" + HIDDEN + "'");
        return CONNECTION.matcher(clean).replaceAll("$1" + HIDDEN);
    }
}
