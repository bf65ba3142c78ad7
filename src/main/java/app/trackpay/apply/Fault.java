package app.trackpay.apply;

import app.trackpay.apply.Lexer.Token;
import app.trackpay.apply.SqlFailure.At;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Where in a file a server's error belongs.
 *
 * @param offset in the file's text
 * @param at what it has to do with the character there
 */
record Fault(int offset, At at) {

    /** The same in every language of the server: {@code COPY t, line 3, column b}. */
    private static final Pattern ROW = Pattern.compile("(?m)^COPY [^,]+, [^\\d,]*(\\d+)");

    private static final Pattern INLINE_LINE = Pattern.compile("inline_code_block\\D+(\\d+)");

    /** An error of a text that was sent in one message. */
    static Fault of(Script script, Piece.Sql piece, Session.RefusedException refused) {
        return of(script, piece, refused.completed(), refused.position(), refused.error());
    }

    /** An error of a COPY TO STDOUT. */
    static Fault of(Script script, Piece.CopyOut piece, SQLException error) {
        return of(script, new Piece.Sql(List.of(piece.statement())), 0, position(error), error);
    }

    private static Fault of(Script script, Piece.Sql piece, int completed, int position, SQLException error) {
        if (position > 0) {
            return new Fault(script.offset(piece.start(), position), At.CHARACTER);
        }
        Statement failed =
                piece.statements().get(Math.min(completed, piece.statements().size() - 1));
        return inBlock(script, failed, error).orElseGet(() -> new Fault(failed.start(), At.STATEMENT));
    }

    /** An error of a statement that was sent by itself. */
    static Fault of(Script script, Piece.CopyIn piece, SQLException error) {
        int position = position(error);
        if (position > 0) {
            return new Fault(script.offset(piece.start(), position), At.CHARACTER);
        }
        Matcher row = ROW.matcher(where(error));
        return row.find()
                ? new Fault(lineFrom(script, piece.data(), Integer.parseInt(row.group(1))), At.CHARACTER)
                : new Fault(piece.start(), At.STATEMENT);
    }

    /** Which character of its message the server points at, from 1; 0 for none. */
    static int position(SQLException error) {
        return message(error).map(ServerErrorMessage::getPosition).orElse(0);
    }

    static Optional<ServerErrorMessage> message(SQLException error) {
        return error instanceof PSQLException refusal
                ? Optional.ofNullable(refusal.getServerErrorMessage())
                : Optional.empty();
    }

    /** A DO block's lines are counted from its opening quote. */
    private static Optional<Fault> inBlock(Script script, Statement statement, SQLException error) {
        String text = script.source().text();
        // The trail goes from the inside out.
        int line = INLINE_LINE
                .matcher(where(error))
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .reduce(0, (inner, outer) -> outer);
        Lexer lexer = new Lexer(text);
        lexer.jump(statement.start());
        lexer.escapes(statement.escapes());
        Token token = lexer.next();
        if (line == 0 || !text.substring(token.start(), token.end()).equalsIgnoreCase("do")) {
            return Optional.empty();
        }
        while (token.kind() != Lexer.Kind.QUOTED && token.end() < statement.end()) {
            token = lexer.next();
        }
        int offset = lineFrom(script, token.start(), line);
        while (offset < statement.end() && " \t".indexOf(text.charAt(offset)) >= 0) {
            offset++;
        }
        return offset < token.end() ? Optional.of(new Fault(offset, At.CHARACTER)) : Optional.empty();
    }

    private static String where(SQLException error) {
        return message(error).map(ServerErrorMessage::getWhere).orElse("");
    }

    private static int lineFrom(Script script, int start, int number) {
        int offset = start;
        for (int i = 1; i < number; i++) {
            int end = script.source().text().indexOf('\n', offset);
            if (end < 0) {
                return start;
            }
            offset = end + 1;
        }
        return offset;
    }
}
