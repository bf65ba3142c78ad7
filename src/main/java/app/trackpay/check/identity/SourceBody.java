package app.trackpay.check.identity;

import app.trackpay.catalog.expression.Function;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a function that is stored as text, as far as it does one plain thing. The server keeps no tree of it, so anything less plain is
 * left alone.
 */
record SourceBody(String text) {

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final String START = "(?:begin )?(?:select |return (?:\\( ?select )?)";
    private static final String END = "(?: ?::\\w+)?(?: as \\w+)?(?: limit 1)? ?\\)? ?;?(?: end ?;?)?";
    private static final Pattern CALL =
            Pattern.compile(START + "(?:\\( ?select )?(?:(\\w+)\\.)?(\\w+) ?\\( ?\\) ?\\)?" + END);
    private static final Pattern COLUMN = Pattern.compile(START
            + "(?:(\\w+)\\.)?(\\w+) from (?:only )?(?:(\\w+)\\.)?(\\w+)(?: (?:as )?(?!where\\b)(\\w+))? where .*");
    private static final Pattern SEVERAL = Pattern.compile("\\b(?:union|intersect|except|join|case)\\b");

    /** What a plain body gives: a function's result or a table's column; a schema is empty where none is written. */
    record Given(boolean call, String schema, String name, String column) {}

    static SourceBody of(Function function) {
        String plain = COMMENT.matcher(function.body()).replaceAll(" ");
        return new SourceBody(
                plain.replaceAll("\\s+", " ").replace("\"", "").strip().toLowerCase(Locale.ROOT));
    }

    Optional<Given> given() {
        Matcher call = CALL.matcher(text);
        if (call.matches()) {
            return Optional.of(new Given(true, orEmpty(call, 1), call.group(2), ""));
        }
        Matcher column = COLUMN.matcher(text);
        return column.matches() && !SEVERAL.matcher(text).find()
                ? Optional.of(new Given(false, orEmpty(column, 3), column.group(4), column.group(2)))
                : Optional.empty();
    }

    /** Takes the subject of the token and nothing else. */
    boolean isSubject() {
        boolean legacy = text.contains("request.jwt.claim.sub");
        boolean claims = (text.contains("request.jwt.claims") || text.contains("auth.jwt()"))
                && Pattern.compile("->> ?'sub'").matcher(text).find();
        return (legacy || claims) && !text.contains(" from ");
    }

    private static String orEmpty(Matcher matcher, int group) {
        return Optional.ofNullable(matcher.group(group)).orElse("");
    }
}
