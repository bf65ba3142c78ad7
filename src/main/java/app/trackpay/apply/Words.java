package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.List;

/** The words of a text of SQL: without comments, spacing and semicolons, which mean nothing between statements. */
final class Words {

    private Words() {}

    static List<String> of(String text) {
        Lexer lexer = new Lexer(text);
        List<String> words = new ArrayList<>();
        for (Token token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
            if (token.kind() != Kind.LINE_COMMENT && token.kind() != Kind.SEMICOLON) {
                words.add(text.substring(token.start(), token.end()));
            }
        }
        return words;
    }
}
