package app.trackpay.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The statement that makes an object, and failing that one that is about it. A word that happens to be its name is neither. */
final class MakingStatement {

    private static final List<String> KINDS = List.of(
            "policy",
            "table",
            "column",
            "foreign key",
            "constraint",
            "trigger",
            "rule",
            "index",
            "function",
            "view",
            "materialized view",
            "sequence",
            "type",
            "extension",
            "schema",
            "publication",
            "role",
            "default privileges");

    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|[^.]+");
    private static final Pattern ADDED = Pattern.compile(" (?:for|in|of|as) ");
    private static final Pattern PLAIN = Pattern.compile("[\\p{Ll}_][\\p{L}\\p{N}_$]*");

    private final String kind;
    private final String name;

    /**
     * @param object as findings name it: {@code policy public.t.p}, {@code table public.t for anon, delete}, {@code function public.f(uuid)}
     */
    MakingStatement(String object) {
        this.kind = KINDS.stream()
                .filter(known -> object.startsWith(known + " "))
                .findFirst()
                .orElse("");
        this.name = object.substring(Math.min(object.length(), kind.length() + 1));
    }

    /** The line where it begins; empty where there is none. */
    OptionalInt lineIn(String text) {
        if (kind.isEmpty()) {
            return OptionalInt.empty();
        }
        Code code = Code.of(text);
        return names().stream()
                .map(each -> place(each, code))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .map(place -> OptionalInt.of(code.line(place.getAsInt())))
                .orElse(OptionalInt.empty());
    }

    /** The name, and the name without what findings add to it: a name may itself hold these words. */
    private List<String> names() {
        if (isOfTable() || kind.equals("default privileges")) {
            return List.of(name);
        }
        String plain = kind.equals("function") ? name.replaceFirst("\\(.*", "") : name;
        List<String> names = new ArrayList<>(List.of(plain));
        ADDED.matcher(plain).results().forEach(added -> names.add(1, plain.substring(0, added.start())));
        return names;
    }

    private boolean isOfTable() {
        return List.of("policy", "column", "foreign key", "constraint", "trigger", "rule")
                .contains(kind);
    }

    private OptionalInt place(String written, Code code) {
        List<String> parts = parts(written, isOfTable() ? 3 : 2);
        if (isOfTable() && parts.size() < 3) {
            return OptionalInt.empty();
        }
        return switch (kind) {
            case "policy", "trigger", "rule" -> {
                String made =
                        "create\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?" + kind + "\\s+" + word(parts.get(2));
                yield last(code.statements(), made + "[^;]*?\\son\\s+" + qualified(parts.subList(0, 2)));
            }
            case "column", "foreign key", "constraint" -> inTable(parts, code);
            case "table" -> table(parts, code);
            case "default privileges" -> last(code.statements(), "alter\\s+default\\s+privileges(?![\\w$])");
            default ->
                either(
                        last(code.statements(), "create\\s+" + words() + ifNotExists() + qualified(parts)),
                        kind.equals("publication") || kind.equals("index")
                                ? first(code.outside(), "alter\\s+" + kind + "\\s+" + qualified(parts))
                                : OptionalInt.empty());
        };
    }

    /** The words between CREATE and the name. */
    private String words() {
        return switch (kind) {
            case "index" -> "(?:unique\\s+)?index\\s+(?:concurrently\\s+)?";
            case "function" -> "(?:or\\s+replace\\s+)?(?:function|procedure)\\s+";
            case "view" -> "(?:or\\s+replace\\s+)?(?:temp(?:orary)?\\s+)?(?:recursive\\s+)?view\\s+";
            case "materialized view" -> "materialized\\s+view\\s+";
            case "type" -> "(?:type|domain)\\s+";
            case "role" -> "(?:role|user|group)\\s+";
            default -> kind + "\\s+";
        };
    }

    private static String ifNotExists() {
        return "(?:if\\s+not\\s+exists\\s+)?";
    }

    private static String tableMade(List<String> table) {
        return "create\\s+(?:(?:unlogged|foreign|global|local|temp|temporary)\\s+)*table\\s+" + ifNotExists()
                + qualified(table);
    }

    private static String tableAltered(List<String> table) {
        return "alter\\s+(?:foreign\\s+)?table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?" + qualified(table);
    }

    /** Where it is made, or else where its first policy is, or where it is changed, granted or published. */
    private static OptionalInt table(List<String> parts, Code code) {
        OptionalInt made = first(code.statements(), tableMade(parts));
        OptionalInt policy = first(
                code.statements(), "create\\s+policy\\s+(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)\\s+on\\s+" + qualified(parts));
        OptionalInt altered = first(code.statements(), tableAltered(parts));
        return either(
                made,
                policy,
                altered,
                first(
                        code.outside(),
                        "(?:(?:grant|revoke)\\b[^;]*?\\son|alter\\s+publication)\\s[^;]*?" + qualified(parts)));
    }

    /** Where the table's statements name it; what they do not name comes of the table. */
    private static OptionalInt inTable(List<String> parts, Code code) {
        List<String> table = parts.subList(0, 2);
        Pattern inner = Pattern.compile(word(parts.get(2)), Pattern.CASE_INSENSITIVE);
        Pattern statement = pattern("(?:" + tableMade(table) + "|" + tableAltered(table) + ")([^;]*)");
        // a default may hold a semicolon, and a comment on a column its name: strings are left out
        Matcher outside = statement.matcher(code.outside());
        while (outside.find()) {
            Matcher named = inner.matcher(code.outside()).region(outside.start(1), outside.end(1));
            if (named.useTransparentBounds(true).find()) {
                return OptionalInt.of(named.start());
            }
        }
        return first(code.statements(), tableMade(table));
    }

    private static OptionalInt either(OptionalInt... places) {
        return Stream.of(places).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
    }

    private static OptionalInt first(String text, String regex) {
        Matcher found = pattern(regex).matcher(text);
        return found.find() ? OptionalInt.of(found.start()) : OptionalInt.empty();
    }

    /** What is made anew is as the last of its statements says. */
    private static OptionalInt last(String text, String regex) {
        return pattern(regex)
                .matcher(text)
                .results()
                .mapToInt(found -> found.start())
                .max();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile("\\b" + regex, Pattern.CASE_INSENSITIVE);
    }

    /** The name in its schema, which may be left out. */
    private static String qualified(List<String> parts) {
        String own = word(parts.get(parts.size() - 1));
        return parts.size() == 1 ? own : "(?:" + word(parts.get(0)) + "\\s*\\.\\s*)?" + own;
    }

    /** A name as a statement may write it: in quotes, and without where they are not needed. */
    private static String word(String name) {
        String quoted = "\"(?-i:" + Pattern.quote(name.replace("\"", "\"\"")) + ")\"";
        return PLAIN.matcher(name).matches() && name.equals(name.toLowerCase(Locale.ROOT))
                ? "(?:" + quoted + "|(?<![\\w$\"])" + Pattern.quote(name) + "(?![\\w$\"]))"
                : quoted;
    }

    /** The names between the first dots, without quotes; the last one is all the rest. */
    private static List<String> parts(String written, int most) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        Matcher part = PART.matcher(written);
        while (parts.size() < most - 1 && part.find(from) && part.end() < written.length()) {
            parts.add(unquoted(part.group()));
            from = part.end() + 1;
        }
        parts.add(unquoted(written.substring(from)));
        return List.copyOf(parts);
    }

    private static String unquoted(String part) {
        return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"")
                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                : part;
    }
}
