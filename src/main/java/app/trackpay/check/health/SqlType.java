package app.trackpay.check.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A type in PostgreSQL's own spelling, so that {@code int4} and {@code integer}, {@code varchar( 20 )} and {@code character varying(20)} are
 * one.
 *
 * @param canonical lower case, aliases resolved, as {@code format_type} spells it
 */
record SqlType(String canonical) {

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("serial", "integer"),
            Map.entry("serial4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("bigserial", "bigint"),
            Map.entry("serial8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("smallserial", "smallint"),
            Map.entry("serial2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("varchar", "character varying"),
            Map.entry("char varying", "character varying"),
            Map.entry("char", "character"),
            Map.entry("bpchar", "character"),
            Map.entry("varbit", "bit varying"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"));

    private static final Pattern MODIFIER = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern ARRAY = Pattern.compile("(\\s+array)?(\\s*\\[[0-9\\s]*])*$");

    /** The type of a column. */
    static SqlType of(String written) {
        return new SqlType(canonical(written, true));
    }

    /** The type of an argument, of which PostgreSQL keeps no length and no precision. */
    static SqlType ofArgument(String written) {
        return new SqlType(canonical(written, false));
    }

    /** What a function returns: a type, {@code SETOF} a type, or {@code TABLE(name type, ...)}. */
    static SqlType ofResult(String written) {
        String text = tidy(written);
        if (text.startsWith("setof ")) {
            return new SqlType("setof " + ofArgument(text.substring(6)).canonical);
        }
        if (text.startsWith("table(") && text.endsWith(")")) {
            return new SqlType(splitAtCommas(text.substring(6, text.length() - 1)).stream()
                    .map(String::strip)
                    .map(column -> column.contains(" ")
                            ? column.substring(0, column.indexOf(' ') + 1)
                                    + ofArgument(column.substring(column.indexOf(' ') + 1)).canonical
                            : column)
                    .collect(Collectors.joining(", ", "table(", ")")));
        }
        return ofArgument(text);
    }

    /** The same type; a schema counts only where both sides name one. */
    boolean matches(SqlType other) {
        return canonical.equals(other.canonical)
                || isQualified(canonical) != isQualified(other.canonical)
                        && unqualified(canonical).equals(unqualified(other.canonical));
    }

    private static boolean isQualified(String type) {
        return type.contains(".");
    }

    private static String unqualified(String type) {
        return type.replaceFirst("^((?:setof )?)(?:[^.\"]+|\"[^\"]*\")\\.", "$1");
    }

    private static String canonical(String written, boolean withModifier) {
        String text = tidy(written).replaceFirst("^pg_catalog\\.", "");
        Matcher array = ARRAY.matcher(text);
        boolean isArray = array.find() && !array.group().isBlank();
        String element = isArray ? text.substring(0, array.start()).strip() : text;
        Matcher modifier = MODIFIER.matcher(element);
        Optional<String> size = modifier.find() ? Optional.of(modifier.group(1).replace(" ", "")) : Optional.empty();
        String bare = modifier.replaceAll("").replaceAll("\\s+", " ").strip();
        // Without a length bpchar is a type of its own, but not as an argument
        boolean endless = bare.equals("bpchar") && size.isEmpty() && withModifier;
        String name = bare.equals("float") ? floating(size) : endless ? bare : ALIASES.getOrDefault(bare, bare);
        String kept = withModifier && !bare.equals("float") ? size(name, size) : "";
        return sized(name, kept) + (isArray ? "[]" : "");
    }

    /** PostgreSQL fills in what was left away: char is char(1), numeric(10) is numeric(10,0). */
    private static String size(String name, Optional<String> size) {
        if (size.isEmpty()) {
            return name.equals("character") || name.equals("bit") ? "(1)" : "";
        }
        return name.equals("numeric") && !size.get().contains(",") ? "(" + size.get() + ",0)" : "(" + size.get() + ")";
    }

    private static String floating(Optional<String> digits) {
        return digits.filter(d -> d.matches("[0-9]|1[0-9]|2[0-4]")).isPresent() ? "real" : "double precision";
    }

    /** The modifier's place: {@code timestamp(3) with time zone}, but {@code character varying(20)}. */
    private static String sized(String name, String size) {
        int zone = name.indexOf(" with");
        return zone < 0 ? name + size : name.substring(0, zone) + size + name.substring(zone);
    }

    private static String tidy(String written) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (char c : written.strip().toCharArray()) {
            quoted ^= c == '"';
            text.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
        }
        return text.toString()
                .replaceAll("\\s+", " ")
                .replaceAll(" ?\\( ?", "(")
                .replaceAll(" \\)", ")");
    }

    private static List<String> splitAtCommas(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    @Override
    public String toString() {
        return canonical;
    }
}
