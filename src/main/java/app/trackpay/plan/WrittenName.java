package app.trackpay.plan;

import app.trackpay.catalog.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as people write them in a plan, turned into the names the server stores. */
final class WrittenName {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern PART = Pattern.compile("\\s*(\"(?:[^\"]|\"\")+\"|[^.\"\\s][^.\"]*)\\s*(\\.|$)");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")+\"");
    private static final int LONGEST = 63;

    private WrittenName() {}

    /** One name. What could only have been made with quotes ({@code Users can read}) needs none here. */
    static String stored(String written) {
        String name = written.strip();
        return cut(isPlain(name) ? Identifier.fold(name) : name);
    }

    /** Whether this is one name, as opposed to an expression. */
    static boolean isPlain(String written) {
        return PLAIN.matcher(written).matches() || QUOTED.matcher(written).matches();
    }

    /** The names between the dots, at most so many; empty where it is not such a name. */
    static Optional<List<String>> parts(String written, int most) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(written);
        int end = 0;
        boolean more = true;
        while (more) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            parts.add(stored(part.group(1)));
            end = part.end();
            more = !part.group(2).isEmpty();
        }
        return parts.size() <= most ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    /** {@code head(a, b(c, d))} as {@code head}, {@code a}, {@code b(c, d)}; empty where it has no such form. */
    static Optional<List<String>> call(String written) {
        String text = written.strip();
        int open = text.indexOf('(', Math.max(0, text.lastIndexOf('"')));
        if (open < 1 || !text.endsWith(")")) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(text.substring(0, open).strip()));
        String inside = text.substring(open + 1, text.length() - 1);
        if (inside.isBlank()) {
            return Optional.of(parts);
        }
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            switch (inside.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(inside.substring(start, i).strip());
                        start = i + 1;
                    }
                }
                default -> {}
            }
            if (depth < 0) {
                return Optional.empty();
            }
        }
        parts.add(inside.substring(start).strip());
        return depth == 0 && parts.stream().noneMatch(String::isEmpty) ? Optional.of(parts) : Optional.empty();
    }

    /** The server cuts long names without an error, so a declared one must be cut alike to be found. */
    private static String cut(String name) {
        String kept = name;
        while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept;
    }
}
