package app.trackpay.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an SQL file, with spaces in the place of what must not be looked into, so that every character keeps its place.
 *
 * @param statements without comments; what a DO block or a string executes is still there
 * @param outside without comments, strings and bodies
 */
record Code(String statements, String outside) {

    private static final Pattern TOKEN = Pattern.compile("(?<comment>--[^\\r\\n]*+|/\\*(?s:.*?)\\*/)"
            + "|\"[^\"]*+\""
            + "|(?<string>(?<![\\w$])[eE]'[^'\\\\]*+(?:(?:\\\\(?s:.)|'')[^'\\\\]*+)*+'|'[^']*+')"
            + "|(?<![\\w$])(?<tag>\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*+)?\\$)(?<body>(?s:.*?))\\k<tag>");

    static Code of(String text) {
        StringBuilder statements = new StringBuilder(text);
        StringBuilder outside = new StringBuilder(text);
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group("comment") != null) {
                blank(statements, token.start(), token.end());
                blank(outside, token.start(), token.end());
            } else if (token.group("body") != null) {
                statements.replace(
                        token.start("body"),
                        token.end("body"),
                        of(token.group("body")).statements());
                blank(outside, token.start(), token.end());
            } else if (token.group("string") != null) {
                blank(outside, token.start(), token.end());
            }
        }
        return new Code(statements.toString(), outside.toString());
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }

    /** The number of the line that a place is in, from 1. */
    int line(int place) {
        return 1 + (int) statements.chars().limit(place).filter(c -> c == '\n').count();
    }
}
