package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit as it can be tried in a transaction that is taken back: what it does CONCURRENTLY is done without that word, which locks more and
 * leaves the same behind. The word is blank in what is sent, so that every place in the file stays where it is.
 */
final class WithoutConcurrently {

    private WithoutConcurrently() {}

    static Unit of(Unit unit) {
        StringBuilder sent = new StringBuilder(unit.script().sendable());
        List<Part> parts = new ArrayList<>();
        for (Part part : unit.parts()) {
            Optional<Token> word = part.alone() ? word(unit.script(), part) : Optional.empty();
            word.ifPresent(token -> sent.replace(token.start(), token.end(), " ".repeat(token.end() - token.start())));
            parts.add(word.isPresent() ? new Part(false, part.pieces(), Optional.empty()) : part);
        }
        return unit.with(parts, unit.script().sending(sent.toString()));
    }

    /** Not the one in {@code REINDEX (CONCURRENTLY)}: the parentheses would be left. */
    private static Optional<Token> word(Script script, Part part) {
        Lexer lexer = new Lexer(script.sendable());
        lexer.jump(part.start());
        lexer.escapes(((Piece.Sql) part.pieces().get(0)).statements().get(0).escapes());
        for (Token token = lexer.next(); token.start() < part.end(); token = lexer.next()) {
            if (token.kind() == Kind.OPEN) {
                return Optional.empty();
            }
            if (token.kind() == Kind.WORD
                    && script.sent(token.start(), token.end()).equalsIgnoreCase("concurrently")) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }
}
