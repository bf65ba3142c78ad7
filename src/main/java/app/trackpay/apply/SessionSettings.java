package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a file has set for its session up to a place, and has not set otherwise since: of each setting the last statement alone. An earlier
 * one may have become impossible, as {@code SET ROLE} is once the role is dropped.
 */
final class SessionSettings {

    private static final String ROLE = "ROLE";
    private static final String AUTHORIZATION = "SESSION_AUTHORIZATION";

    /** Whoever the session acts as: neither RESET ALL nor another setting changes it. */
    private static final Set<String> IDENTITY = Set.of(ROLE, AUTHORIZATION);

    /**
     * @param identity who the session acted as, where that was not whoever logged in
     */
    private record Setting(Statement statement, List<Statement> identity) {}

    private final Map<String, Setting> last = new LinkedHashMap<>();

    private SessionSettings() {}

    /** What holds behind the first parts of a unit. */
    static SessionSettings behind(Unit unit, int parts) {
        SessionSettings settings = new SessionSettings();
        unit.parts().subList(0, parts).forEach(part -> settings.follow(unit.script(), part));
        return settings;
    }

    /** One more part has run. */
    void follow(Script script, Part part) {
        for (Piece piece : part.pieces()) {
            if (piece instanceof Piece.Sql sql) {
                sql.statements().forEach(statement -> follow(script, statement));
            }
        }
    }

    /** What was set while the session acted as somebody else; names in upper case. */
    Set<String> borrowed() {
        return last.entrySet().stream()
                .filter(setting -> !setting.getValue().identity().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The statements that bring all of it back, in the file's order. Who the session acted as meanwhile comes back only for what not everybody
     * may set: the role may be gone by now.
     *
     * @param privileged names in upper case
     */
    List<Statement> all(Set<String> privileged) {
        List<Statement> all = new ArrayList<>();
        last.forEach((name, setting) -> {
            if (privileged.contains(name)) {
                all.addAll(setting.identity());
            }
            all.add(setting.statement());
        });
        return List.copyOf(all);
    }

    /** Whether the file has a will of its own about a setting, whose name is in upper case. */
    boolean concern(String name) {
        return last.containsKey(name);
    }

    /** Those of them that say who the session acts as. */
    List<Statement> identity() {
        return last.entrySet().stream()
                .filter(setting -> IDENTITY.contains(setting.getKey()))
                .map(setting -> setting.getValue().statement())
                .toList();
    }

    private void follow(Script script, Statement statement) {
        boolean sets = statement.kind() == StatementKind.SESSION;
        if (!sets && statement.kind() != StatementKind.ALONE) {
            return;
        }
        List<String> words = words(script.sent(statement.start(), statement.end()), statement.escapes());
        if (words.equals(List.of("DISCARD", "ALL"))) {
            last.clear();
        } else if (sets) {
            String name = name(words, statement);
            if (name.equals("ALL")) {
                last.keySet().retainAll(IDENTITY);
            } else if (name.equals(AUTHORIZATION)) {
                // the server goes back to no role with it
                last.remove(ROLE);
            }
            List<Statement> identity = IDENTITY.contains(name) ? List.of() : identity();
            last.remove(name);
            last.put(name, new Setting(statement, identity));
        }
    }

    /** What the statement sets; a name of its own where that is more than one thing. */
    private static String name(List<String> words, Statement statement) {
        String itself = "at " + statement.start();
        if (words.get(0).equals("SELECT")) {
            int call = words.indexOf("SET_CONFIG");
            boolean single = call == words.lastIndexOf("SET_CONFIG")
                    && words.get(words.size() - 1).equals(")")
                    && words.get(call + 3).equals(",");
            return single ? words.get(call + 2) : itself;
        }
        // SET SESSION AUTHORIZATION and SET session.x name a setting, SET SESSION x says for how long
        boolean scoped = words.size() > 2
                && words.get(1).equals("SESSION")
                && !words.get(2).equals("AUTHORIZATION")
                && !words.get(2).equals(".");
        List<String> rest = words.subList(scoped ? 2 : 1, words.size());
        return switch (rest.isEmpty() ? "" : rest.get(0)) {
            case "SESSION" -> rest.size() > 1 && rest.get(1).equals(".") ? dotted(rest) : AUTHORIZATION;
            case "TIME" -> "TIMEZONE";
            case "NAMES" -> "CLIENT_ENCODING";
            case "SCHEMA" -> "SEARCH_PATH";
            case "CHARACTERISTICS" -> itself;
            case "" -> itself;
            default -> dotted(rest);
        };
    }

    private static String dotted(List<String> words) {
        StringBuilder name = new StringBuilder(words.get(0));
        for (int i = 1; i + 1 < words.size() && words.get(i).equals("."); i += 2) {
            name.append('.').append(words.get(i + 1));
        }
        return name.toString();
    }

    /** In upper case, and those in quotes as if they stood there without. */
    private static List<String> words(String text, boolean escapes) {
        Lexer lexer = new Lexer(text);
        lexer.escapes(escapes);
        List<String> words = new ArrayList<>();
        for (Token token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
            if (token.kind() == Kind.LINE_COMMENT || token.kind() == Kind.SEMICOLON) {
                continue;
            }
            boolean quotes = token.kind() == Kind.QUOTED && token.end() - token.start() > 1;
            words.add(text.substring(token.start() + (quotes ? 1 : 0), token.end() - (quotes ? 1 : 0))
                    .toUpperCase(Locale.ROOT));
        }
        return words;
    }
}
