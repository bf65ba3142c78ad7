package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Routine;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the text of functions and expressions says about who is asking and what is read. Only the body of a function is ever text. */
final class SourceText {

    private static final Pattern ASIDE = Pattern.compile("('(?:[^']|'')*')|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CALLER = Pattern.compile(
            "(?<![\\w$\"])\"?auth\"?\\s*\\.\\s*\"?(uid|jwt|role|email)\"?\\s*\\(|(?<![\\w$\"])current_setting\\s*\\(",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> READABLE = List.of("sql", "plpgsql", "plv8", "plpython3u", "plperl");

    private final Catalog catalog;
    private final Optional<QualifiedName> helper;

    SourceText(Plan plan, Catalog catalog) {
        this.catalog = catalog;
        this.helper = plan.identity().helper().map(ProvidedFunction::name);
    }

    /** The text without its comments. */
    static String code(String text) {
        return ASIDE.matcher(text).replaceAll("$1");
    }

    static boolean isReadable(Routine routine) {
        return READABLE.contains(routine.language());
    }

    /** A body that was parsed when the function was made: its names are fixed. */
    static boolean isParsed(Routine routine) {
        return routine.language().equals("sql")
                && (routine.body().startsWith("BEGIN ATOMIC") || routine.body().startsWith("RETURN "));
    }

    /** Whether a function finds out who is asking, itself or through a function that it calls. */
    boolean looksAtCaller(Routine routine) {
        return looksAtCaller(code(routine.body()), new HashSet<>(Set.of(routine.signature())));
    }

    /** Whether an expression finds out who is asking. */
    boolean looksAtCaller(String expression) {
        return looksAtCaller(expression, new HashSet<>());
    }

    private boolean looksAtCaller(String code, Set<String> visited) {
        return CALLER.matcher(code).find()
                || helper.filter(name -> calls(code, name)).isPresent()
                || catalog.routines().stream()
                        .filter(r -> calls(code, r.name()))
                        .filter(r -> visited.add(r.signature()))
                        .anyMatch(r -> looksAtCaller(code(r.body()), visited));
    }

    /** Whether code calls a function of that name. */
    static boolean calls(String code, QualifiedName function) {
        return mentions(code, function)
                && Pattern.compile(named(function, false) + "\\s*\\(", Pattern.CASE_INSENSITIVE)
                        .matcher(code)
                        .find();
    }

    /** Whether code names something by its schema. */
    static boolean namesSchema(String code, String schema) {
        return Pattern.compile("(?<![\\w$\".])" + quoted(schema) + "\\s*\\.", Pattern.CASE_INSENSITIVE)
                .matcher(code)
                .find();
    }

    /** The relations that code names. Bodies leave the schema to the search_path; what the server deparses never does. */
    Stream<QualifiedName> reads(String code, boolean deparsed) {
        return catalog.relations().stream()
                .map(r -> r.name())
                .filter(name -> mentions(code, name))
                .filter(name -> Pattern.compile(named(name, deparsed) + "(?![\\w$\"])", Pattern.CASE_INSENSITIVE)
                        .matcher(code)
                        .find());
    }

    /** A cheap look before the exact one: databases have thousands of names. */
    private static boolean mentions(String code, QualifiedName name) {
        return code.toLowerCase(Locale.ROOT).contains(name.name().toLowerCase(Locale.ROOT));
    }

    private static String named(QualifiedName name, boolean qualified) {
        return "(?<![\\w$\".])(?:" + quoted(name.schema()) + "\\s*\\.\\s*)" + (qualified ? "" : "?")
                + quoted(name.name());
    }

    private static String quoted(String name) {
        return "\"?" + Pattern.quote(name.replace("\"", "\"\"")) + "\"?";
    }
}
