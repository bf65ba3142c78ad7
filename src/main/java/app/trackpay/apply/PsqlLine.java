package app.trackpay.apply;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line for psql.
 *
 * @param name without the backslash
 * @param arguments the rest of the line
 */
record PsqlLine(String name, String arguments) {

    private static final Set<String> YES = Set.of("", "on", "true", "yes", "1");

    private static final Map<String, String> INSTEAD = Map.of(
            "i", "make the other file a step of its own",
            "ir", "make the other file a step of its own",
            "include", "make the other file a step of its own",
            "copy", "use COPY ... FROM stdin with the rows in the file",
            "c", "the goal chooses the connection; split the file if it needs two databases",
            "connect", "the goal chooses the connection; split the file if it needs two databases",
            ".", "no COPY ... FROM stdin is open here; remove the line");

    static PsqlLine of(String line) {
        String rest = line.substring(1);
        int end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
            end++;
        }
        return new PsqlLine(rest.substring(0, end), rest.substring(end).strip());
    }

    boolean echoes() {
        return name.equals("echo") && !arguments.contains("\\");
    }

    /** Whether nothing is lost when the line is passed over. */
    boolean harmless() {
        if (name.equals("restrict") || name.equals("unrestrict")) {
            return true;
        }
        String[] words = arguments.split("\\s+", 2);
        return name.equals("set")
                && words[0].equals("ON_ERROR_STOP")
                && YES.contains((words.length > 1 ? words[1] : "").toLowerCase(Locale.ROOT));
    }

    /** Why the file cannot run with this line in it. */
    String problem() {
        if (name.equals("set") && arguments.startsWith("ON_ERROR_STOP")) {
            return "\\set ON_ERROR_STOP off asks to go on after an error, which apply never does. Remove the line.";
        }
        return "\\" + name + " is a command of psql that apply does not know: "
                + Optional.ofNullable(INSTEAD.get(name)).orElse("write it in SQL, or remove the line") + ".";
    }

    /** What {@code \echo} prints. */
    String echo() {
        return arguments.length() > 1 && arguments.startsWith("'") && arguments.endsWith("'")
                ? arguments.substring(1, arguments.length() - 1).replace("''", "'")
                : arguments;
    }
}
