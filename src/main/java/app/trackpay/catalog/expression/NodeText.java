package app.trackpay.catalog.expression;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a {@code pg_node_tree}. Its grammar has been the same for many releases; only the names in it change, and they are not
 * this class's business.
 */
final class NodeText {

    private static final String END = "";

    private final String text;
    private int at;
    private String token = END;
    private boolean escaped;

    private NodeText(String text) {
        this.text = text;
        advance();
    }

    /**
     * The tree of a text.
     *
     * @throws IllegalArgumentException when the text is no tree
     */
    static Node read(String text) {
        NodeText reader = new NodeText(text);
        Node node = reader.node();
        if (!reader.is(END)) {
            throw reader.unexpected();
        }
        return node;
    }

    private Node node() {
        if (is("{")) {
            return struct();
        }
        if (is("(")) {
            return many();
        }
        if (is("<>")) {
            advance();
            return Node.EMPTY;
        }
        if (is(END) || is(")") || is("}")) {
            throw unexpected();
        }
        Node word = new Node.Word(token);
        advance();
        return word;
    }

    private Node struct() {
        advance();
        String name = token;
        advance();
        Map<String, Node> fields = new LinkedHashMap<>();
        while (!is("}")) {
            if (!token.startsWith(":") || escaped) {
                throw unexpected();
            }
            String field = token.substring(1);
            advance();
            fields.put(field, value());
        }
        advance();
        return new Node.Struct(name, fields);
    }

    /** The first token after a field's name is its value even where it begins with a colon: a name may. */
    private Node value() {
        Node first = node();
        if (is("[")) {
            return datum();
        }
        List<Node> all = new ArrayList<>(List.of(first));
        while (!is("}") && !(token.startsWith(":") && !escaped)) {
            all.add(node());
        }
        return all.size() == 1 ? first : new Node.Many(List.copyOf(all));
    }

    private Node datum() {
        advance();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!is("]")) {
            bytes.write(Integer.parseInt(token));
            advance();
        }
        advance();
        return new Node.Datum(bytes.toByteArray());
    }

    private Node many() {
        advance();
        List<Node> nodes = new ArrayList<>();
        // (i 1 2), (o 1 2), (b 1 2), (x 1 2): lists of numbers of a kind
        if (token.length() == 1 && "iobx".contains(token) && !escaped) {
            advance();
        }
        while (!is(")")) {
            nodes.add(node());
        }
        advance();
        return new Node.Many(List.copyOf(nodes));
    }

    private boolean is(String expected) {
        return !escaped && token.equals(expected);
    }

    private void advance() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        escaped = false;
        if (at == text.length()) {
            token = END;
            return;
        }
        char first = text.charAt(at);
        if (isBracket(first)) {
            at++;
            token = String.valueOf(first);
            return;
        }
        StringBuilder read = new StringBuilder();
        boolean quoted = first == '"';
        while (at < text.length() && !isBlank(text.charAt(at)) && !isBracket(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escaped = true;
                c = text.charAt(at++);
            }
            read.append(c);
        }
        if (quoted) {
            escaped = true;
            token = read.length() > 1 ? read.substring(1, read.length() - 1) : "";
        } else {
            token = read.toString();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static boolean isBracket(char c) {
        return c == '(' || c == ')' || c == '{' || c == '}';
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected \"" + token + "\" before position " + at + " of a tree of "
                + text.length() + " characters");
    }
}
