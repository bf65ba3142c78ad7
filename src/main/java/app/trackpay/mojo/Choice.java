package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters with a fixed set of values. Maven's own conversion would answer a wrong one with a class name. */
final class Choice {

    private Choice() {}

    /**
     * The constant a user means, in any letter case.
     *
     * @param parameter without its prefix
     * @throws CouldNotRunException for any other text, naming those that may stand there
     */
    static <E extends Enum<E>> E of(String parameter, @Nullable String text, Class<E> type)
            throws CouldNotRunException {
        return of(parameter, text, EnumSet.allOf(type));
    }

    /** The same, where not every constant is for users. */
    static <E extends Enum<E>> E of(String parameter, @Nullable String text, Set<E> choices)
            throws CouldNotRunException {
        String given = text == null ? "" : text.strip();
        return choices.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() ->
                        new CouldNotRunException("trackpay." + parameter + " is \"" + given + "\"; it may be "
                                + choices.stream()
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /**
     * A span of time with its unit, as PostgreSQL's settings write it: {@code 500ms}, {@code 5s}, {@code 2min}, {@code 1h}.
     *
     * @throws CouldNotRunException for any other text
     */
    static Duration duration(String parameter, String text) throws CouldNotRunException {
        Matcher written = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h)").matcher(text.strip());
        if (!written.matches()) {
            throw new CouldNotRunException("trackpay." + parameter + " is \"" + text
                    + "\"; it must be a whole number and its unit: 500ms, 5s, 2min or 1h.");
        }
        long number = Long.parseLong(written.group(1));
        Duration duration = switch (written.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.toMillis() > Integer.MAX_VALUE) {
            throw new CouldNotRunException("trackpay." + parameter + " is \"" + text
                    + "\"; the server takes no more than 596h. 0s stands for no limit.");
        }
        return duration;
    }

    /** A whole number. */
    static int number(String parameter, @Nullable String text) throws CouldNotRunException {
        try {
            return Integer.parseInt(String.valueOf(text).strip());
        } catch (NumberFormatException e) {
            throw new CouldNotRunException(
                    "trackpay." + parameter + " is \"" + text + "\"; it must be a whole number.", e);
        }
    }
}
