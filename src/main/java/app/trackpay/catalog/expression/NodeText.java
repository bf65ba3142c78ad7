package app.trackpay.catalog.expression;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a {@code pg_node_tree}. Its grammar has been the same for many releases; only the names in it change, and they are not
 * this class's business.
 */
final class NodeText {

    private static final Token END = new Token("", false);

    /**
     * A word of the text.
     *
     * @param literal quoted or escaped, so that it is not punctuation whatever it looks like
     */
    private record Token(String text, boolean literal) {

        boolean is(String punctuation) {
            return !literal && text.equals(punctuation);
        }

        boolean namesField() {
            return !literal && text.startsWith(":");
        }
    }

    private final int length;
    private final Deque<Token> tokens;

    private NodeText(String text) {
        this.length = text.length();
        this.tokens = tokens(text);
    }

    /**
     * The tree of a text.
     *
     * @throws IllegalArgumentException when the text is no tree
     */
    static Node read(String text) {
        NodeText reader = new NodeText(text);
        Node node = reader.node();
        if (!reader.tokens.isEmpty()) {
            throw reader.unexpected();
        }
        return node;
    }

    private Token next() {
        return tokens.isEmpty() ? END : tokens.peek();
    }

    private boolean isNext(String punctuation) {
        return !tokens.isEmpty() && next().is(punctuation);
    }

    private Token take() {
        if (tokens.isEmpty()) {
            throw unexpected();
        }
        return tokens.poll();
    }

    private Node node() {
        if (isNext("{")) {
            return struct();
        }
        if (isNext("(")) {
            return many();
        }
        if (isNext(")") || isNext("}")) {
            throw unexpected();
        }
        Token word = take();
        return word.is("<>") ? Node.EMPTY : new Node.Word(word.text());
    }

    private Node struct() {
        take();
        String name = take().text();
        Map<String, Node> fields = new LinkedHashMap<>();
        while (!isNext("}")) {
            if (!next().namesField()) {
                throw unexpected();
            }
            fields.put(take().text().substring(1), value());
        }
        take();
        return new Node.Struct(name, fields);
    }

    /** The first token after a field's name is its value even where it begins with a colon: a name may. */
    private Node value() {
        Node first = node();
        if (isNext("[")) {
            return datum();
        }
        List<Node> all = new ArrayList<>(List.of(first));
        while (!isNext("}") && !next().namesField()) {
            all.add(node());
        }
        return all.size() == 1 ? first : new Node.Many(List.copyOf(all));
    }

    private Node datum() {
        take();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!isNext("]")) {
            bytes.write(Integer.parseInt(take().text()));
        }
        take();
        return new Node.Datum(bytes.toByteArray());
    }

    private Node many() {
        take();
        List<Node> nodes = new ArrayList<>();
        // (i 1 2), (o 1 2), (b 1 2), (x 1 2): lists of numbers of a kind
        if (!next().literal() && next().text().length() == 1 && "iobx".contains(next().text())) {
            take();
        }
        while (!isNext(")")) {
            nodes.add(node());
        }
        take();
        return new Node.Many(List.copyOf(nodes));
    }

    private static Deque<Token> tokens(String text) {
        Deque<Token> tokens = new ArrayDeque<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (isBlank(first)) {
                at++;
            } else if (isBracket(first)) {
                tokens.add(new Token(String.valueOf(first), false));
                at++;
            } else {
                at = word(text, at, tokens);
            }
        }
        return tokens;
    }

    /** Answers where the word ends. */
    private static int word(String text, int start, Deque<Token> tokens) {
        StringBuilder read = new StringBuilder();
        boolean quoted = text.charAt(start) == '"';
        boolean escaped = false;
        int at = start;
        while (at < text.length() && !isBlank(text.charAt(at)) && !isBracket(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escaped = true;
                c = text.charAt(at++);
            }
            read.append(c);
        }
        String word = read.toString();
        tokens.add(new Token(quoted ? word.substring(1, Math.max(1, word.length() - 1)) : word, quoted || escaped));
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static boolean isBracket(char c) {
        return c == '(' || c == ')' || c == '{' || c == '}';
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException((tokens.isEmpty() ? "the end" : "\"" + next().text() + "\"")
                + " where it does not belong, in a tree of " + length + " characters");
    }
}
