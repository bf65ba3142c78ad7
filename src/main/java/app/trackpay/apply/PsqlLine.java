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

    private static final String FILE = "make the other file a step of its own";
    private static final String CONNECTION =
            "the goal chooses the connection; split the file if it needs two databases";
    private static final String VARIABLE =
            "apply has no variables; write the value into the statement, or use a DO block";
    private static final String CONDITION = "ask the catalog in a DO block, or write IF NOT EXISTS";

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("i", FILE),
            Map.entry("ir", FILE),
            Map.entry("include", FILE),
            Map.entry("include_relative", FILE),
            Map.entry("copy", "use COPY ... FROM stdin with the rows in the file"),
            Map.entry("c", CONNECTION),
            Map.entry("connect", CONNECTION),
            Map.entry("set", VARIABLE),
            Map.entry("gset", VARIABLE),
            Map.entry("if", CONDITION),
            Map.entry("elif", CONDITION),
            Map.entry("else", CONDITION),
            Map.entry("endif", CONDITION),
            Map.entry("gexec", "run the statements in a DO block with EXECUTE"),
            Map.entry("g", "end the statement with a semicolon"),
            Map.entry(":", "write the colon without the backslash"),
            Map.entry(".", "no COPY ... FROM stdin is open here; remove the line"));

    static PsqlLine of(String line) {
        String rest = line.substring(1);
        if (rest.startsWith(":")) {
            return new PsqlLine(":", rest.substring(1));
        }
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
