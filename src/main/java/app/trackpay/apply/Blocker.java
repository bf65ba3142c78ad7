package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session that holds a lock that somebody else waits for. What the login may not see is empty.
 *
 * @param state such as {@code idle in transaction}
 * @param since when its transaction began
 * @param query its last one
 */
record Blocker(
        int pid,
        Optional<String> application,
        Optional<String> user,
        Optional<String> state,
        Optional<OffsetDateTime> since,
        Optional<String> query) {

    private static final int QUERY_LENGTH = 80;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'");

    /** {@code pid 4711 (psql, user postgres, idle in transaction since 2026-11-26 06:20:42 UTC, query: LOCK TABLE t)}. */
    String line() {
        List<String> known = new ArrayList<>();
        application.filter(text -> !text.isBlank()).ifPresent(known::add);
        user.ifPresent(name -> known.add("user " + name));
        String start = since.map(time ->
                        " since " + time.withOffsetSameInstant(ZoneOffset.UTC).format(SECOND))
                .orElse("");
        state.map(text -> text + start)
                .or(() -> Optional.of(start.strip()))
                .filter(text -> !text.isBlank())
                .ifPresent(known::add);
        query.filter(text -> !text.isBlank()).ifPresent(text -> known.add("query: " + shown(text)));
        return "pid " + pid
                + (known.isEmpty() ? "" : known.stream().collect(java.util.stream.Collectors.joining(", ", " (", ")")));
    }

    /** On one line, without what stands in quotes: somebody else's values are nobody's business, and may be secrets. */
    private static String shown(String query) {
        StringBuilder text = new StringBuilder();
        Lexer lexer = new Lexer(query);
        int end = 0;
        for (Token token = lexer.next();
                token.kind() != Kind.END && text.length() <= QUERY_LENGTH;
                token = lexer.next()) {
            if (token.kind() == Kind.LINE_COMMENT) {
                end = token.end();
                continue;
            }
            if (token.start() > end && !text.isEmpty()) {
                text.append(' ');
            }
            boolean value = token.kind() == Kind.QUOTED && query.charAt(token.start()) != '"';
            text.append(value ? "'\u2026'" : query.substring(token.start(), token.end()));
            end = token.end();
        }
        return text.length() > QUERY_LENGTH
                ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, QUERY_LENGTH))) + "\u2026"
                : text.toString();
    }
}
